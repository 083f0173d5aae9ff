package praline.node.swarm;

/**
 * How many bytes came or went in the last seconds, counted in whole seconds of the host's clock. Takes no memory until
 * the first byte.
 */
final class RateMeter {

    /** How far it looks back: the average that Cohen's choker ranks by (spec/bittorrent.md 7.1). */
    static final int SECONDS = 20;

    private static final int MILLIS = 1_000;
    private static final long[] NOTHING = {};

    /** Bytes of each second, by its number modulo the length. */
    private long[] bySecond = NOTHING;
    /** The second that was counted last. */
    private long latest;
    /** The second of the first byte. */
    private long first;

    private long total;

    void add(int bytes, long now) {
        long second = now / MILLIS;
        if (bySecond.length == 0) {
            bySecond = new long[SECONDS + 1];
            first = second;
            latest = second;
        }
        advance(second);
        bySecond[(int) (second % bySecond.length)] += bytes;
        total += bytes;
    }

    /** All bytes since the beginning. */
    long total() {
        return total;
    }

    /**
     * Bytes a second over the last {@code seconds}, 1..{@link #SECONDS}, the running one counted as far as it has come.
     */
    long rate(long now, int seconds) {
        if (bySecond.length == 0) {
            return 0;
        }
        long second = now / MILLIS;
        advance(second);
        int looked = (int) Math.min(seconds, second - first);
        long bytes = 0;
        for (int back = 0; back <= looked; back++) {
            bytes += bySecond[(int) ((second - back) % bySecond.length)];
        }
        long millis = (long) looked * MILLIS + now % MILLIS;
        return bytes * MILLIS / Math.max(millis, MILLIS);
    }

    private void advance(long second) {
        long empty = Math.min(second - latest, bySecond.length);
        for (long i = 0; i < empty; i++) {
            bySecond[(int) ((second - i) % bySecond.length)] = 0;
        }
        latest = Math.max(latest, second);
    }
}
