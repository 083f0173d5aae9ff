package praline.node.library;

/**
 * When to look through the share folders: soon after something has changed, but not while it goes on changing; again
 * when files were still being written; and now and then in any case, because no system tells of every change. A scan
 * that took long is not repeated at once, so that a great library costs a bounded share of the machine.
 *
 * <p>Times are the host's milliseconds.
 */
public final class ScanTimes {

    /** What changes together is found together. */
    private static final long QUIET_MILLIS = 1_000;

    /** Changes that never end do not put the scan off for ever. */
    private static final long PATIENCE_MILLIS = 5_000;

    /** What changes in a share folder is known to others within a minute (spec/hardening.md D11). */
    private static final long PERIOD_MILLIS = 30_000;

    /** Of the time at most a sixth goes into scans that changes ask for, and a fiftieth into those in between. */
    private static final int PAUSE_PER_SCAN = 5;

    private static final int PERIOD_PER_SCAN = 50;

    private long notBefore = Long.MIN_VALUE;
    private long periodic = Long.MIN_VALUE;
    private long firstNews = Long.MAX_VALUE;
    private long lastNews = Long.MAX_VALUE;

    /** Something has changed. */
    public void onNews(long now) {
        firstNews = Math.min(firstNews, now);
        lastNews = now;
    }

    /** A scan begins that will see what has changed so far. */
    public void onBegin() {
        firstNews = Long.MAX_VALUE;
        lastNews = Long.MAX_VALUE;
    }

    /**
     * A scan has ended.
     *
     * @param took milliseconds that it walked through the folders, without what it hashed
     * @param isSettled whether no file was passed over because somebody is still writing it
     */
    public void onEnd(long now, long took, boolean isSettled) {
        notBefore = now + PAUSE_PER_SCAN * took;
        periodic = now + Math.max(PERIOD_MILLIS, PERIOD_PER_SCAN * took);
        if (!isSettled) {
            onNews(now);
        }
    }

    /** Whether a scan is due. */
    public boolean isDue(long now) {
        boolean isQuiet = lastNews != Long.MAX_VALUE && now - lastNews >= QUIET_MILLIS;
        boolean isOverdue = firstNews != Long.MAX_VALUE && now - firstNews >= PATIENCE_MILLIS;
        return now >= periodic || ((isQuiet || isOverdue) && now >= notBefore);
    }
}
