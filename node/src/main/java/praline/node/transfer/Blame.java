package praline.node.transfer;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who gave the bytes that are stored of one download, so that wrong ones are laid at the right door.
 *
 * <p>A source that gave all of them is banned. When several had part in them, nobody knows which one lied: from then on
 * each may give the whole file only by itself, after those who had no part. So every honest source gets its turn, and a
 * liar costs one file at most.
 */
final class Blame {

    private final Set<Source> givers = new LinkedHashSet<>(2);
    private boolean hasEarlierBytes;

    /** The only source that may go on, when what is stored came from one that must stay alone. */
    private @Nullable Source alone;

    /** Some bytes were on the disk already: either ours, or from an earlier run that nobody answers for. */
    void foundBytes() {
        hasEarlierBytes |= givers.isEmpty();
    }

    void gave(Source source) {
        givers.add(source);
    }

    /** Nothing is stored, and {@code source} is about to give the first byte. */
    void beginWith(Source source) {
        alone = source.isAlone ? source : null;
    }

    /** Whether {@code source} may go on where the stored bytes end. */
    boolean allows(Source source) {
        return alone == (source.isAlone ? source : null);
    }

    /** The source that alone may go on with what is stored; null when there is none, or it is given up. */
    @Nullable
    Source onlyOne() {
        return alone != null && !alone.isGone ? alone : null;
    }

    /** {@code source} cannot go on where the stored bytes end, and begins anew if it ever gives again. */
    void cannotGoOn(Source source) {
        source.canGoOn = false;
        source.isAlone = true;
        alone = null;
    }

    /** The stored bytes were wrong. */
    void convict(Sources sources) {
        boolean isCertain = givers.size() == 1 && !hasEarlierBytes;
        for (Source giver : givers) {
            giver.isAlone = true;
            if (isCertain) {
                sources.ban(giver);
            }
        }
        clear();
    }

    /** Nothing is stored any more. */
    void clear() {
        givers.clear();
        hasEarlierBytes = false;
        alone = null;
    }
}
