package praline.node.net;

/**
 * Bounds what one link may bring, counted in uncompressed bytes, so that a deflated stream is no way around it
 * (spec/hardening.md W4): so much a second in the long run, twice as much at once. Beyond it nothing is lost; the link
 * is not read for a while, and the sender feels it.
 */
final class Inflow {

    private static final long PARTS = 1_000;
    private static final long BURST_MILLIS = 2_000;

    private final long bytesPerSecond;
    private long countedBytes;
    /** In thousandths of a byte; below 0 is a debt that time pays off. */
    private long held;

    private long countedUntil;

    /** {@code bytesPerSecond} is 1 or more. */
    Inflow(long bytesPerSecond, long now) {
        this.bytesPerSecond = bytesPerSecond;
        this.held = burst();
        this.countedUntil = now;
    }

    /** How long not to read, when {@code bytesSoFar} have come since the beginning; 0: go on. */
    long pauseMillis(long bytesSoFar, long now) {
        held = Math.min(burst(), held + earned(now - countedUntil));
        countedUntil = now;
        held -= (bytesSoFar - countedBytes) * PARTS;
        countedBytes = bytesSoFar;
        return held >= 0 ? 0 : (-held + bytesPerSecond - 1) / bytesPerSecond;
    }

    private long earned(long elapsedMillis) {
        // A debt is never deeper than what one turn decodes, so that longer times need not be told apart.
        return Math.min(elapsedMillis, 2 * BURST_MILLIS) * bytesPerSecond;
    }

    private long burst() {
        return BURST_MILLIS * bytesPerSecond;
    }
}
