package praline.node.swarm;

/**
 * Holds a rate of payload bytes: what is sent or asked for takes tokens, which grow with time. It may be overdrawn by
 * one taking, so that a block larger than what is there does not wait for ever; the debt is paid before the next.
 */
final class TokenBucket {

    /** Unused time that can be made up for: enough for late timers, too little for a burst to be felt. */
    private static final int BURST_MILLIS = 50;

    private static final int MILLIS = 1_000;

    private long rate;
    private double tokens;
    private long filledAt;

    /** @param rate bytes a second; {@link SwarmConfig#UNLIMITED}: it is never empty */
    TokenBucket(long rate, long now) {
        this.rate = rate;
        this.filledAt = now;
    }

    void setRate(long newRate, long now) {
        fill(now);
        rate = newRate;
        tokens = Math.min(tokens, 0);
    }

    boolean isUnlimited() {
        return rate == SwarmConfig.UNLIMITED;
    }

    /** Whether something may be taken now. */
    boolean isOpen(long now) {
        if (isUnlimited()) {
            return true;
        }
        fill(now);
        return tokens >= 0;
    }

    void take(int bytes) {
        if (!isUnlimited()) {
            tokens -= bytes;
        }
    }

    /** What was taken is not used after all. */
    void giveBack(int bytes) {
        take(-bytes);
    }

    /** When it is open again; {@code now} if it is. */
    long openAt(long now) {
        if (isOpen(now)) {
            return now;
        }
        return now + Math.max(1, (long) Math.ceil(-tokens * MILLIS / rate));
    }

    private void fill(long now) {
        double most = (double) rate * BURST_MILLIS / MILLIS;
        tokens = Math.min(most, tokens + (double) (now - filledAt) * rate / MILLIS);
        filledAt = now;
    }
}
