package praline.cli.control;

import org.jspecify.annotations.Nullable;

/**
 * One line of the answer to a search: a hit, or the end. An answer without an end was cut off.
 *
 * @param hit null in the last line
 * @param end null in all others
 */
public record SearchLine(@Nullable HitLine hit, @Nullable End end) {

    /** How the search ended. {@code askedBy}: where the node listens that asked. */
    public record End(int hits, long ms, String askedBy) {}

    static SearchLine of(HitLine hit) {
        return new SearchLine(hit, null);
    }
}
