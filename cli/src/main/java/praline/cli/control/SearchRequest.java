package praline.cli.control;

import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/v1/search}; what is not given has its default.
 *
 * @param query words, or {@code urn:sha1:} and a hash
 * @param ttl how far the question may travel; null: as far as the network's kind lets it
 * @param limit hits at most; null: {@link #LIMIT}
 * @param waitSeconds seconds; null: {@link #WAIT_SECONDS}
 * @param node number of the node of a cluster that is to ask; null: one that the cluster's seed chooses
 */
public record SearchRequest(
        String query,
        @Nullable Integer ttl,
        @Nullable Integer limit,
        @Nullable Double waitSeconds,
        @Nullable Integer node) {

    /** Hits that one question brings at most, as a stranger could send any number (spec/hardening.md R6). */
    public static final int LIMIT = 1_000;

    /** How long hits are waited for when nobody says. */
    public static final double WAIT_SECONDS = 3;

    /** Longer than anybody waits. */
    public static final double WAIT_SECONDS_MAX = 3_600;
}
