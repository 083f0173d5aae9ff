package praline.node.swarm;

import praline.protocol.bittorrent.PeerMessage;

/**
 * How many blocks one peer is asked for ahead, so that its uplink never waits for our next request, and no block waits
 * in its queue that another peer could give sooner: its rate times the delay, and a reserve. Until the rate is known it
 * grows by one with each block (libtorrent's slow start; spec/bittorrent.md 5.6).
 */
final class Pipeline {

    /** As libtorrent and Transmission begin. */
    private static final int START = 4;

    /**
     * Two would keep a steady sender busy. One that finishes a piece for somebody else first is not steady, and chooses
     * better among more requests: with 2, 4 and 8 a file reached the last of 10 peers after 1.05, 1.04 and 1.03 times
     * the least time, the last of 30 after 1.09, 1.08 and 1.07 times; with slots for all of 30, 1.3, 1.1 and 1.1 times.
     */
    private static final int DEPTH_MIN = 8;

    /** The rate is looked at over this time: long enough for whole blocks of a slow peer. */
    private static final int RATE_SECONDS = 3;
    /** The start is over when a second brings less than this more than the one before. */
    private static final double GROWTH = 1.1;

    private static final int SECOND_MILLIS = 1_000;

    /** Beyond the delay: some clients look at requests twice a second only. */
    private static final int RESERVE_MILLIS = 500;

    private final RateMeter rate;
    private int depth = START;
    private boolean isStarting = true;
    private long lookedAt;
    private long totalThen;
    private long growthThen;
    private long delayMillis = Long.MAX_VALUE;

    /** {@code rate}: of what the peer sends. */
    Pipeline(RateMeter rate) {
        this.rate = rate;
    }

    /** A block has come that was asked for {@code millis} ago. */
    void onBlock(long millis, long now) {
        delayMillis = Math.min(delayMillis, millis);
        if (isStarting) {
            depth++;
        }
        if (now - lookedAt >= SECOND_MILLIS) {
            look(now);
        }
    }

    /** It did not keep up: begin anew, with one. */
    void restart() {
        depth = 1;
        isStarting = true;
        growthThen = 0;
    }

    /** How many blocks may be open. */
    int depth() {
        return depth;
    }

    private void look(long now) {
        long growth = rate.total() - totalThen;
        if (isStarting && lookedAt > 0 && growth < GROWTH * growthThen) {
            isStarting = false;
        }
        growthThen = growth;
        totalThen = rate.total();
        lookedAt = now;
        if (!isStarting) {
            long ahead = delayMillis + RESERVE_MILLIS;
            long bytes = rate.rate(now, RATE_SECONDS) * ahead / SECOND_MILLIS;
            depth = (int) Math.min(DEPTH_MIN + bytes / PeerMessage.BLOCK, Integer.MAX_VALUE / 2);
        }
    }
}
