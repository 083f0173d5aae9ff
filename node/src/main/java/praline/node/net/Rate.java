package praline.node.net;

/**
 * A token bucket: so many a second or a minute in the long run, so many at once after a pause. A token is 60,000 parts,
 * so that every millisecond earns a whole number of them at either rate.
 */
final class Rate {

    private static final long TOKEN = 60_000;

    private final long earnedPerMilli;
    private final long full;
    private long held;
    private long countedUntil;

    private Rate(long earnedPerMilli, long burst, long now) {
        this.earnedPerMilli = earnedPerMilli;
        this.full = burst * TOKEN;
        this.held = full;
        this.countedUntil = now;
    }

    /** {@code perSecond} and {@code burst} are 1 or more; the bucket begins full. */
    static Rate perSecond(long perSecond, long burst, long now) {
        return new Rate(perSecond * (TOKEN / 1_000), burst, now);
    }

    /** {@code perMinute} and {@code burst} are 1 or more; the bucket begins full. */
    static Rate perMinute(long perMinute, long burst, long now) {
        return new Rate(perMinute * (TOKEN / 60_000), burst, now);
    }

    /** Takes one token; false: there is none. */
    boolean take(long now) {
        earn(now);
        if (held < TOKEN) {
            return false;
        }
        held -= TOKEN;
        return true;
    }

    /** Milliseconds from {@code now} until {@link #take} will say yes; 0 when it would now. */
    long waitMillis(long now) {
        earn(now);
        long missing = TOKEN - held;
        return missing <= 0 ? 0 : (missing + earnedPerMilli - 1) / earnedPerMilli;
    }

    private void earn(long now) {
        long elapsed = Math.min(now - countedUntil, full / earnedPerMilli + 1);
        held = Math.min(full, held + elapsed * earnedPerMilli);
        countedUntil = now;
    }
}
