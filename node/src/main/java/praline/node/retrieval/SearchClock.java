package praline.node.retrieval;

/**
 * When to look again for sources of one content: when nothing came for a while, or when there are few sources; each
 * time after twice the pause, for ever (spec/hardening.md S10).
 */
final class SearchClock {

    private final long pauseMin;
    private final long pauseMax;
    private long pause;
    private long searchAt;
    private long movedAt;
    private boolean isStalled;

    SearchClock(long pauseMin, long pauseMax, long now) {
        this.pauseMin = pauseMin;
        this.pauseMax = pauseMax;
        this.pause = pauseMin;
        this.searchAt = now + pauseMin;
        this.movedAt = now;
    }

    /** Bytes came. */
    void moved(long now) {
        movedAt = now;
        isStalled = false;
    }

    /** Whether nothing came for a while. */
    boolean isStalled(long now) {
        return now - movedAt >= pauseMin;
    }

    /** Whether it is time to search; true once for each time. */
    boolean take(long now, boolean hasFewSources) {
        if (isStalled(now) && !isStalled) {
            isStalled = true;
            pause = pauseMin;
            searchAt = now;
        }
        if (now < searchAt) {
            return false;
        }
        boolean searches = isStalled || hasFewSources;
        if (searches) {
            pause = Math.min(2 * pause, pauseMax);
        }
        searchAt = now + pause;
        return searches;
    }

    /** When {@link #take} is to be asked again. */
    long next() {
        return isStalled ? searchAt : Math.min(searchAt, movedAt + pauseMin);
    }
}
