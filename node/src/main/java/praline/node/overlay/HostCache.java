package praline.node.overlay;

import java.util.ArrayList;
import java.util.List;
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
    /** By age. A list, for most nodes know a handful; the bound keeps a walk over it short. */
    private final List<Entry> entries = new ArrayList<>(0);

    HostCache(OverlayLimits limits) {
        this.limits = limits;
    }

    private static final class Entry {
        final Endpoint host;
        /** Who told us; null when the user did. */
        final @Nullable Endpoint teller;

        int failures;
        long notBefore = Long.MIN_VALUE;

        Entry(Endpoint host, @Nullable Endpoint teller) {
            this.host = host;
            this.teller = teller;
        }

        boolean isSeed() {
            return teller == null;
        }
    }

    /** What the user named: never forgotten. */
    void addSeed(Endpoint seed) {
        Entry known = find(seed);
        if (known != null && known.isSeed()) {
            return;
        }
        entries.remove(known);
        entries.add(new Entry(seed, null));
    }

    /** What {@code teller} told. False: it was known, or there is no room for it. */
    boolean add(Endpoint host, Endpoint teller) {
        if (find(host) != null || entries.size() >= limits.hostsMax()) {
            return false;
        }
        long told =
                entries.stream().filter(entry -> teller.equals(entry.teller)).count();
        return told < limits.hostsPerTellerMax() && entries.add(new Entry(host, teller));
    }

    /**
     * The address to dial now: of those with the fewest failures the oldest. Null when there is none.
     *
     * @param seedsOnly whether only what the user named counts
     * @param taken what is linked or being dialled already
     */
    @Nullable
    Endpoint next(long now, boolean seedsOnly, Predicate<Endpoint> taken) {
        Entry best = null;
        for (Entry entry : entries) {
            boolean mayBe = (entry.isSeed() || !seedsOnly) && entry.notBefore <= now;
            boolean isBetter = best == null || entry.failures < best.failures;
            if (mayBe && isBetter && !taken.test(entry.host)) {
                best = entry;
            }
        }
        return best == null ? null : best.host;
    }

    /** When the next address that waits may be dialled; {@link Long#MAX_VALUE} when none waits. */
    long nextTry(long now) {
        long next = Long.MAX_VALUE;
        for (Entry entry : entries) {
            if (entry.notBefore > now) {
                next = Math.min(next, entry.notBefore);
            }
        }
        return next;
    }

    void succeeded(Endpoint host) {
        Entry entry = find(host);
        if (entry != null) {
            entry.failures = 0;
            entry.notBefore = Long.MIN_VALUE;
        }
    }

    /** The dial or the handshake with {@code host} came to nothing. */
    void failed(Endpoint host, long now, RandomGenerator random) {
        Entry entry = find(host);
        if (entry == null) {
            return;
        }
        entry.failures++;
        if (!entry.isSeed() && entry.failures >= FAILURES_MAX) {
            entries.remove(entry);
            return;
        }
        int doublings = Math.min(entry.failures - 1, DOUBLINGS_MAX);
        long pause = entry.isSeed()
                ? Math.min(SEED_PAUSE_MILLIS << doublings, SEED_PAUSE_MILLIS_MAX)
                : PAUSE_MILLIS << doublings;
        entry.notBefore = now + pause * (80 + random.nextInt(41)) / 100;
    }

    int size() {
        return entries.size();
    }

    private @Nullable Entry find(Endpoint host) {
        for (Entry entry : entries) {
            if (entry.host.equals(host)) {
                return entry;
            }
        }
        return null;
    }
}
