package praline.node.overlay;

import com.google.common.primitives.Longs;
import java.util.Arrays;
import praline.protocol.gnutella.Query;

/**
 * How many queries a link may bring, and whether a leaf asks the same again and again (spec/hardening.md R7). What is
 * too much is dropped, not queued. The rate is kept as the time up to which the queries so far have used it up.
 */
final class QueryRates {

    /** A rate that is none. */
    private static final int UNLIMITED = 1_000_000;

    private static final long MICROS = 1_000_000;
    private static final int MICROS_PER_MILLI = 1_000;
    /** Texts of one leaf that are remembered. */
    private static final int TEXTS_MAX = 64;

    private QueryRates() {}

    /** Whether {@code query} is within what {@code from} may ask; then it counts. */
    static boolean allows(Context context, LinkState from, Query query) {
        OverlayLimits limits = context.config.limits();
        long now = context.host.now();
        int rate = from.isLeaf() ? limits.leafQueriesPerSecond() : limits.neighbourQueriesPerSecond();
        if (rate < UNLIMITED && !isInTime(from.conduct(), rate, limits.queryBurstSeconds(), now)) {
            context.limitHits.hit(
                    from.isLeaf() ? "limits.overlay.leafQueriesPerSecond" : "limits.overlay.neighbourQueriesPerSecond");
            return false;
        }
        if (from.isLeaf() && limits.sameQueryMillis() > 0 && isRepeated(from.conduct(), query, limits, now)) {
            context.limitHits.hit("limits.overlay.sameQueryMillis");
            return false;
        }
        return true;
    }

    private static boolean isInTime(Conduct conduct, int rate, int burstSeconds, long now) {
        long nowMicros = now * MICROS_PER_MILLI;
        long step = MICROS / rate;
        long used = Math.max(conduct.queriesUsedUntil, nowMicros);
        if (used + step > nowMicros + burstSeconds * MICROS) {
            return false;
        }
        conduct.queriesUsedUntil = used + step;
        return true;
    }

    /** Remembers text and extensions by a hash, and when they came; a collision costs one query of one leaf. */
    private static boolean isRepeated(Conduct conduct, Query query, OverlayLimits limits, long now) {
        long hash = (31L * query.text().hashCode() + query.extensions().hashCode()) << Integer.SIZE;
        long[] texts = conduct.texts;
        int kept = 0;
        boolean isKnown = false;
        for (long text : texts) {
            boolean isYoung = (int) now - (int) text < limits.sameQueryMillis();
            if (isYoung) {
                texts[kept++] = text;
                isKnown |= (text ^ hash) >>> Integer.SIZE == 0;
            }
        }
        int from = kept == TEXTS_MAX ? 1 : 0;
        long[] young = Arrays.copyOfRange(texts, from, kept);
        conduct.texts = isKnown ? young : Longs.concat(young, new long[] {hash | Integer.toUnsignedLong((int) now)});
        return isKnown;
    }
}
