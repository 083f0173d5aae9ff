package praline.node.swarm;

import praline.protocol.Endpoint;
import praline.protocol.Sha1;

/**
 * Sources that give ranges of a file by other means than the swarm's: servents that speak Gnutella's HTTP only. Whoever
 * implements it answers later, never from inside, by {@link SwarmEngine#onRangeBlock} and
 * {@link SwarmEngine#onRangeEnd}.
 */
public interface RangeSources {

    /** A node whose swarms have none. */
    RangeSources NONE = new RangeSources() {
        @Override
        public long ask(Endpoint source, Sha1 content, long offset, int length) {
            throw new IllegalStateException("nobody gives ranges here");
        }

        @Override
        public void cancel(long ticket) {}
    };

    /**
     * Asks {@code source} for a part of the file whose SHA-1 is {@code content}. The ticket is ended by
     * {@code onRangeEnd}, exactly once, unless it is cancelled.
     */
    long ask(Endpoint source, Sha1 content, long offset, int length);

    /** What was asked for is not wanted any more; nothing more comes of it. */
    void cancel(long ticket);
}
