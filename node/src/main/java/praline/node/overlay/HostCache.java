package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import praline.protocol.Endpoint;

/**
 * Addresses that may be worth dialling: the seeds that the user named, what others told us, and what an earlier run
 * knew. Bounded in all and by teller; when it is full of hosts that may live, newcomers are refused (spec/hardening.md
 * section 14, host cache).
 *
 * <p>Those with the fewest failures come first, among them the ones that were seen to live, the latest of them first,
 * then the oldest untried. A host that was full is asked again after a while. One that did not answer waits longer each
 * time; a stranger's is left alone for an hour after three failures (C4), even if it is told again.
 */
final class HostCache {

    private static final long SEED_PAUSE_MILLIS = 1_000;
    private static final long SEED_PAUSE_MILLIS_MAX = 60_000;
    private static final long GIVEN_UP_MILLIS = 3_600_000;
    private static final int FAILURES_MAX = 3;
    /** Doublings after which a pause grows no more. */
    private static final int DOUBLINGS_MAX = 6;

    /** The same for a host that was full. */
    private static final int FULL_DOUBLINGS_MAX = 3;

    private static final Entry[] NONE = {};

    private final OverlayLimits limits;
    private final TierLimits.Hosts pauses;
    /** By age. Most nodes know a handful; the bound keeps a walk over it short. */
    private Entry[] entries = NONE;

    private int count;

    HostCache(OverlayLimits limits, TierLimits.Hosts pauses) {
        this.limits = limits;
        this.pauses = pauses;
    }

    private static final class Entry {
        final Endpoint host;
        /** Who told us; null when the user did. */
        final @Nullable Endpoint teller;

        /** Dials in a row that led to no link; few, for they are counted no further than they matter. */
        byte failures;
        /** Whether it was ever seen to live. */
        boolean isProven;
        /** Whether it lived last time, and had no room. */
        boolean isFull;
        /** After a failure: when it may be dialled again; else when it was last seen to live. */
        long since = Long.MIN_VALUE;

        Entry(Endpoint host, @Nullable Endpoint teller) {
            this.host = host;
            this.teller = teller;
        }

        boolean isSeed() {
            return teller == null;
        }

        boolean isGivenUp() {
            return !isSeed() && !isFull && failures >= FAILURES_MAX;
        }

        boolean waits(long now) {
            return failures > 0 && since > now;
        }

        boolean isBetterThan(Entry other) {
            if (failures != other.failures) {
                return failures < other.failures;
            }
            return isProven && (!other.isProven || (failures == 0 && since > other.since));
        }
    }

    /** What the user named: never forgotten. */
    void addSeed(Endpoint seed) {
        Entry known = find(seed);
        if (known != null && known.isSeed()) {
            return;
        }
        if (known != null) {
            remove(known);
        }
        append(new Entry(seed, null));
    }

    /** What {@code teller} told. False: it was known, or there is no room for it. */
    boolean add(Endpoint host, Endpoint teller) {
        if (find(host) != null || !hasRoom()) {
            return false;
        }
        int told = 0;
        for (int i = 0; i < count; i++) {
            told += teller.equals(entries[i].teller) ? 1 : 0;
        }
        return told < limits.hostsPerTellerMax() && append(new Entry(host, teller));
    }

    /** What an earlier run of {@code self} knew. */
    void restore(KnownHost known, Endpoint self) {
        if (find(known.host()) == null && hasRoom()) {
            Entry entry = new Entry(known.host(), self);
            entry.isProven = known.isProven();
            append(entry);
        }
    }

    /**
     * The address to dial now; null when there is none.
     *
     * @param seedsOnly whether only what the user named counts
     * @param taken what is linked or being dialled already
     */
    @Nullable
    Endpoint next(long now, boolean seedsOnly, Predicate<Endpoint> taken) {
        Entry best = null;
        for (int i = 0; i < count; i++) {
            Entry entry = entries[i];
            boolean mayBe = (entry.isSeed() || !seedsOnly) && !entry.waits(now);
            if (mayBe && (best == null || entry.isBetterThan(best)) && !taken.test(entry.host)) {
                best = entry;
            }
        }
        return best == null ? null : best.host;
    }

    /** Any address that may be dialled now and is not {@code taken}, each as likely; null when there is none. */
    @Nullable
    Endpoint any(long now, RandomGenerator random, Predicate<Endpoint> taken) {
        Endpoint chosen = null;
        int seen = 0;
        for (int i = 0; i < count; i++) {
            Entry entry = entries[i];
            if (!entry.waits(now) && !taken.test(entry.host) && random.nextInt(++seen) == 0) {
                chosen = entry.host;
            }
        }
        return chosen;
    }

    /** When the next address that waits may be dialled; {@link Long#MAX_VALUE} when none waits. */
    long nextTry(long now) {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            if (entries[i].waits(now)) {
                next = Math.min(next, entries[i].since);
            }
        }
        return next;
    }

    /** {@code host} was seen to live. */
    void succeeded(Endpoint host, long now) {
        Entry entry = find(host);
        if (entry != null) {
            entry.failures = 0;
            entry.isProven = true;
            entry.isFull = false;
            entry.since = now;
        }
    }

    /** The dial or the handshake with {@code host} came to nothing. */
    void failed(Endpoint host, long now, RandomGenerator random) {
        Entry entry = find(host);
        if (entry != null) {
            entry.isFull = false;
            fail(entry, now, random);
        }
    }

    /** {@code host} lives and had no room for us: it is asked less and less often, up to eight times the pause. */
    void full(Endpoint host, long now, RandomGenerator random) {
        Entry entry = find(host);
        if (entry != null) {
            int before = entry.isFull ? Math.min(entry.failures, FULL_DOUBLINGS_MAX) : 0;
            entry.isProven = true;
            entry.isFull = true;
            entry.failures = (byte) (before + 1);
            wait(entry, now, (long) pauses.fullMillis() << before, 80 + random.nextInt(41));
        }
    }

    /** Whether supernodes are known beside those that are {@code taken}, and each was full or dead when asked last. */
    boolean isExhausted(Predicate<Endpoint> taken) {
        int full = 0;
        for (int i = 0; i < count; i++) {
            if (entries[i].failures == 0 && !taken.test(entries[i].host)) {
                return false;
            }
            full += entries[i].isFull ? 1 : 0;
        }
        return full > 0;
    }

    boolean knows(Endpoint host) {
        return find(host) != null;
    }

    /** Whether the user named {@code host}, whom no rule for strangers' addresses concerns. */
    boolean isSeed(Endpoint host) {
        Entry entry = find(host);
        return entry != null && entry.isSeed();
    }

    /** What is known at the address of {@code host}, whatever its port. */
    ImmutableList<Endpoint> portsOf(Endpoint host) {
        ImmutableList.Builder<Endpoint> ports = ImmutableList.builder();
        for (int i = 0; i < count; i++) {
            if (host.sameAddress(entries[i].host)) {
                ports.add(entries[i].host);
            }
        }
        return ports.build();
    }

    /** What answered at {@code host} was no servent: it is left alone as if it had failed for good (C12). */
    void penalise(Endpoint host, long now, RandomGenerator random) {
        Entry entry = find(host);
        if (entry != null) {
            entry.isFull = false;
            entry.isProven = false;
            entry.failures = FAILURES_MAX - 1;
            fail(entry, now, random);
        }
    }

    /** Whether a supernode is known that lived and had no room when it was asked last. */
    boolean hasFull() {
        return Arrays.stream(entries, 0, count).anyMatch(entry -> entry.isFull);
    }

    /** Hosts that were seen to live and did not fail since, {@code max} at most, the oldest first. */
    ImmutableList<Endpoint> proven(int max) {
        return Arrays.stream(entries, 0, count)
                .filter(entry -> entry.isProven && (entry.failures == 0 || entry.isFull))
                .limit(max)
                .map(entry -> entry.host)
                .collect(ImmutableList.toImmutableList());
    }

    /** What a later run may want to know, best first; seeds are the user's to name again. */
    ImmutableList<KnownHost> known() {
        return Arrays.stream(entries, 0, count)
                .filter(entry -> !entry.isSeed() || entry.isProven)
                .filter(entry -> !entry.isGivenUp())
                .sorted((one, other) -> one.isBetterThan(other) ? -1 : other.isBetterThan(one) ? 1 : 0)
                .map(entry -> new KnownHost(entry.host, entry.isProven && (entry.failures == 0 || entry.isFull)))
                .collect(ImmutableList.toImmutableList());
    }

    int size() {
        return count;
    }

    private void fail(Entry entry, long now, RandomGenerator random) {
        int doublings = Math.min(entry.failures, DOUBLINGS_MAX);
        entry.failures = (byte) Math.min(entry.failures + 1, DOUBLINGS_MAX + 1);
        if (entry.isGivenUp()) {
            wait(entry, now, GIVEN_UP_MILLIS, 100 + random.nextInt(41));
            return;
        }
        long pause = entry.isSeed()
                ? Math.min(SEED_PAUSE_MILLIS << doublings, SEED_PAUSE_MILLIS_MAX)
                : (long) pauses.redialMillis() << doublings;
        wait(entry, now, pause, 80 + random.nextInt(41));
    }

    private static void wait(Entry entry, long now, long pause, int percent) {
        entry.since = now + pause * percent / 100;
    }

    /** Whether one more fits, if need be in the place of one that was given up and never lived. */
    private boolean hasRoom() {
        if (count < limits.hostsMax()) {
            return true;
        }
        for (int i = 0; i < count; i++) {
            if (entries[i].isGivenUp() && !entries[i].isProven) {
                remove(entries[i]);
                return true;
            }
        }
        return false;
    }

    private boolean append(Entry entry) {
        if (count == entries.length) {
            entries = Arrays.copyOf(entries, count < 4 ? count + 1 : count + count / 2);
        }
        entries[count++] = entry;
        return true;
    }

    private void remove(Entry gone) {
        int index = Arrays.asList(entries).indexOf(gone);
        System.arraycopy(entries, index + 1, entries, index, count - index - 1);
        entries[--count] = null;
    }

    private @Nullable Entry find(Endpoint host) {
        for (int i = 0; i < count; i++) {
            if (entries[i].host.equals(host)) {
                return entries[i];
            }
        }
        return null;
    }
}
