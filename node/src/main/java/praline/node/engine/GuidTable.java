package praline.node.engine;

import java.util.Arrays;
import java.util.function.IntPredicate;
import praline.protocol.Guid;

/**
 * Remembers GUIDs and who each came from: the memory behind duplicate suppression and the way back of hits.
 *
 * <p>Open addressing over one array, three words an entry (the GUID, then owner, sequence number and a note of four
 * bits), so that a look-up touches one cache line. The table grows lazily and holds at most {@code entriesMax}; then it
 * drops the older half of what the greediest owner put in, so that one flooding neighbour pushes out its own entries
 * first (spec/hardening.md R1). Keys are mixed with a seed that strangers do not know, so chosen GUIDs do not collide
 * on purpose (R2). Entries leave only in sweeps that rebuild the array; there are no tombstones. Time is not known
 * here: {@link #forgetBefore} drops what is older than a sequence number that the caller noted earlier.
 */
public final class GuidTable {

    /** The owner of a GUID that is not in the table. */
    public static final int UNKNOWN = 0;

    /** The largest note that an entry has room for. */
    public static final int NOTE_MAX = 15;

    private static final int WORDS = 3;
    /** Sequence numbers leave the bits of the note free. */
    private static final int SEQUENCE_STEP = NOTE_MAX + 1;

    private static final int CAPACITY_MIN = 8;
    private static final long[] NO_WORDS = {};

    private final long seed;
    private final int entriesMax;
    private long[] words = NO_WORDS;
    /** Slots of {@code words}, kept here so that a look-up need not wait for the array's header. */
    private int capacity;

    private int entries;
    private int newest;

    /**
     * @param seed mixed into every key
     * @param entriesMax how many GUIDs are remembered at most, 1 or more
     */
    public GuidTable(long seed, int entriesMax) {
        this.seed = seed;
        this.entriesMax = entriesMax;
    }

    /**
     * Remembers that {@code guid} came from {@code owner}, which is not 0. False: it was known, and nothing changed.
     *
     * @param note 0..{@link #NOTE_MAX}, what the caller wants to know of it later
     */
    public boolean add(Guid guid, int owner, int note) {
        check(owner, note);
        if (entries >= entriesMax && find(guid) < 0) {
            evict();
        }
        if (needsRoom()) {
            resize(Math.max(CAPACITY_MIN, 2 * capacity));
        }
        int slot = slotOf(guid);
        if (words[slot + 2] != 0) {
            return false;
        }
        words[slot] = guid.high();
        words[slot + 1] = guid.low();
        newest += SEQUENCE_STEP;
        words[slot + 2] = word(owner, newest | note);
        entries++;
        return true;
    }

    /** Changes what is remembered of {@code guid}, which is known; it grows no younger by it. */
    public void set(Guid guid, int owner, int note) {
        check(owner, note);
        int slot = find(guid);
        if (slot < 0) {
            throw new IllegalArgumentException(guid + " is not remembered");
        }
        words[slot + 2] = word(owner, sequence(words[slot + 2]) | note);
    }

    /** Who {@code guid} came from; {@link #UNKNOWN} when it is not remembered. */
    public int owner(Guid guid) {
        int slot = find(guid);
        return slot < 0 ? UNKNOWN : (int) (words[slot + 2] >>> 32);
    }

    /** The note of {@code guid}; 0 when it is not remembered. */
    public int note(Guid guid) {
        int slot = find(guid);
        return slot < 0 ? 0 : (int) words[slot + 2] & NOTE_MAX;
    }

    /** The sequence number of {@code guid}, to compare with {@link #newest}; 0 when it is not remembered. */
    public int sequence(Guid guid) {
        int slot = find(guid);
        return slot < 0 ? 0 : sequence(words[slot + 2]);
    }

    public int size() {
        return entries;
    }

    /** The sequence number of the youngest entry: note it, and later forget all that is not younger. */
    public int newest() {
        return newest;
    }

    /** Forgets all entries up to the sequence number {@code mark}. */
    public void forgetBefore(int mark) {
        rebuild(capacityFor(entries), word -> sequence(word) - mark > 0);
    }

    /** Forgets all entries of owners that {@code isGone} names. */
    public void forgetOwners(IntPredicate isGone) {
        rebuild(capacityFor(entries), word -> !isGone.test((int) (word >>> 32)));
    }

    private interface Keep {
        boolean test(long ownerAndSequence);
    }

    private boolean needsRoom() {
        return 4 * (entries + 1) > 3 * capacity;
    }

    private static int sequence(long word) {
        return (int) word & -SEQUENCE_STEP;
    }

    private static long word(int owner, int sequenceAndNote) {
        return (long) owner << 32 | Integer.toUnsignedLong(sequenceAndNote);
    }

    private static void check(int owner, int note) {
        if (owner == UNKNOWN) {
            throw new IllegalArgumentException("owner 0 means unknown");
        }
        if (note < 0 || note > NOTE_MAX) {
            throw new IllegalArgumentException("notes lie in 0.." + NOTE_MAX + ", not " + note);
        }
    }

    private int find(Guid guid) {
        if (entries == 0) {
            return -1;
        }
        int slot = slotOf(guid);
        return words[slot + 2] == 0 ? -1 : slot;
    }

    /** Where {@code guid} stands, or the free slot where it would stand. */
    private int slotOf(Guid guid) {
        int mask = capacity - 1;
        int index = hash(guid.high(), guid.low()) & mask;
        while (words[WORDS * index + 2] != 0
                && (words[WORDS * index] != guid.high() || words[WORDS * index + 1] != guid.low())) {
            index = (index + 1) & mask;
        }
        return WORDS * index;
    }

    private int hash(long high, long low) {
        long mixed = (high ^ seed) * 0x9E3779B97F4A7C15L;
        mixed = ((mixed ^ mixed >>> 32) + low) * 0xBF58476D1CE4E5B9L;
        return (int) (mixed >>> 32);
    }

    private void evict() {
        int greediest = greediestOwner();
        int[] sequences = new int[entries];
        int count = 0;
        for (int at = 2; at < words.length; at += WORDS) {
            if ((int) (words[at] >>> 32) == greediest && words[at] != 0) {
                sequences[count++] = sequence(words[at]) - newest;
            }
        }
        Arrays.sort(sequences, 0, count);
        int lastDropped = sequences[(count - 1) / 2] + newest;
        rebuild(capacity, word -> (int) (word >>> 32) != greediest || sequence(word) - lastDropped > 0);
    }

    private int greediestOwner() {
        int[] owners = new int[entries];
        int count = 0;
        for (int at = 2; at < words.length; at += WORDS) {
            if (words[at] != 0) {
                owners[count++] = (int) (words[at] >>> 32);
            }
        }
        Arrays.sort(owners);
        int best = owners[0];
        int bestRun = 0;
        int run = 0;
        for (int i = 0; i < count; i++) {
            run = i > 0 && owners[i] == owners[i - 1] ? run + 1 : 1;
            if (run > bestRun) {
                bestRun = run;
                best = owners[i];
            }
        }
        return best;
    }

    private static int capacityFor(int entries) {
        int capacity = CAPACITY_MIN;
        while (4 * (entries + 1) > 3 * capacity) {
            capacity *= 2;
        }
        return capacity;
    }

    private void resize(int newCapacity) {
        rebuild(newCapacity, word -> true);
    }

    private void rebuild(int newCapacity, Keep keep) {
        long[] old = words;
        int mask = newCapacity - 1;
        words = new long[WORDS * newCapacity];
        capacity = newCapacity;
        entries = 0;
        for (int at = 0; at < old.length; at += WORDS) {
            if (old[at + 2] == 0 || !keep.test(old[at + 2])) {
                continue;
            }
            int index = hash(old[at], old[at + 1]) & mask;
            while (words[WORDS * index + 2] != 0) {
                index = (index + 1) & mask;
            }
            System.arraycopy(old, at, words, WORDS * index, WORDS);
            entries++;
        }
    }
}
