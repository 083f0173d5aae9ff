package praline.node.overlay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import praline.protocol.Endpoint;

/**
 * Addresses that may be worth dialling: the seeds that the user named, and what others told us. Bounded in all and by
 * teller; when it is full, newcomers are refused (spec/hardening.md section 14, host cache). The oldest untried comes
 * first. An address that failed waits longer each time, and one from a stranger is forgotten after three failures (C4).
 */
final class HostCache {

    private static final long SEED_PAUSE_MILLIS = 1_000;
    private static final long SEED_PAUSE_MILLIS_MAX = 60_000;
    private static final long PAUSE_MILLIS = 60_000;
    private static final int FAILURES_MAX = 3;
    /** Doublings after which a pause grows no more. */
    private static final int DOUBLINGS_MAX = 6;

    private final OverlayLimits limits;
    private final Map<Endpoint, Entry> entries = new LinkedHashMap<>(4);
    private final Map<Endpoint, Integer> told = new LinkedHashMap<>(4);

    HostCache(OverlayLimits limits) {
        this.limits = limits;
    }

    private static final class Entry {
        final boolean seed;
        final Endpoint teller;
        int failures;
        long notBefore = Long.MIN_VALUE;

        Entry(boolean seed, Endpoint teller) {
            this.seed = seed;
            this.teller = teller;
        }
    }

    /** What the user named: never forgotten. */
    void addSeed(Endpoint seed) {
        entries.put(seed, new Entry(true, seed));
    }

    /** What {@code teller} told, or showed by dialling us. False: it was known, or there is no room for it. */
    boolean add(Endpoint host, Endpoint teller) {
        int toldBefore = told.getOrDefault(teller, 0);
        if (entries.containsKey(host)
                || entries.size() >= limits.hostsMax()
                || toldBefore >= limits.hostsPerTellerMax()) {
            return false;
        }
        entries.put(host, new Entry(false, teller));
        told.put(teller, toldBefore + 1);
        return true;
    }

    /**
     * The address to dial now: of those with the fewest failures the oldest. Null when there is none.
     *
     * @param seedsOnly whether only what the user named counts
     * @param taken what is linked or being dialled already
     */
    @Nullable
    Endpoint next(long now, boolean seedsOnly, Predicate<Endpoint> taken) {
        Endpoint best = null;
        int bestFailures = Integer.MAX_VALUE;
        for (Map.Entry<Endpoint, Entry> candidate : entries.entrySet()) {
            Entry entry = candidate.getValue();
            boolean mayBe = entry.seed || !seedsOnly;
            if (mayBe && entry.notBefore <= now && entry.failures < bestFailures && !taken.test(candidate.getKey())) {
                best = candidate.getKey();
                bestFailures = entry.failures;
            }
        }
        return best;
    }

    /** When the next address that waits may be dialled; {@link Long#MAX_VALUE} when none waits. */
    long nextTry(long now) {
        long next = Long.MAX_VALUE;
        for (Entry entry : entries.values()) {
            if (entry.notBefore > now) {
                next = Math.min(next, entry.notBefore);
            }
        }
        return next;
    }

    void succeeded(Endpoint host) {
        Entry entry = entries.get(host);
        if (entry != null) {
            entry.failures = 0;
            entry.notBefore = Long.MIN_VALUE;
        }
    }

    /** The dial or the handshake with {@code host} came to nothing. */
    void failed(Endpoint host, long now, RandomGenerator random) {
        Entry entry = entries.get(host);
        if (entry == null) {
            return;
        }
        entry.failures++;
        if (!entry.seed && entry.failures >= FAILURES_MAX) {
            forget(host, entry);
            return;
        }
        long pause = entry.seed ? SEED_PAUSE_MILLIS : PAUSE_MILLIS;
        pause <<= Math.min(entry.failures - 1, DOUBLINGS_MAX);
        if (entry.seed) {
            pause = Math.min(pause, SEED_PAUSE_MILLIS_MAX);
        }
        entry.notBefore = now + pause * (80 + random.nextInt(41)) / 100;
    }

    int size() {
        return entries.size();
    }

    private void forget(Endpoint host, Entry entry) {
        entries.remove(host);
        told.computeIfPresent(entry.teller, (teller, count) -> count > 1 ? count - 1 : null);
    }
}
