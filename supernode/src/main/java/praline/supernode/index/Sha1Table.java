package praline.supernode.index;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import praline.protocol.Sha1;

/**
 * From a hash, of a content or of its torrent, to the documents that have it. The hashes themselves stay in the
 * records.
 *
 * <p>A popular content has thousands of documents, and a hostile leaf publishes one hash a hundred thousand times. So
 * the second document of a content makes a {@link DocSet}, whose number stands in the table as a complement. The table
 * is many small ones, because one large table would stop everything for a tenth of a second whenever it grows.
 */
final class Sha1Table {

    private static final int PARTS = 64;
    private static final int PART_SHIFT = 64 - 6;

    private final IntFunction<Sha1> sha1Of;
    private final long seed;
    private final @Nullable IntTable[] parts = new IntTable[PARTS];
    private final List<@Nullable DocSet> sets = new ArrayList<>(0);
    private final DocSet freeSets = new DocSet();

    /**
     * @param sha1Of the hash of a document that is in the table
     * @param seed that strangers do not know
     */
    Sha1Table(IntFunction<Sha1> sha1Of, long seed) {
        this.sha1Of = sha1Of;
        this.seed = seed;
    }

    /** Adds a document that is not there yet. True: it is the first with its hash. */
    boolean add(int document) {
        Sha1 sha1 = sha1Of.apply(document);
        long hash = hash(sha1);
        IntTable part = part(hash);
        int found = part.find((int) hash, value -> hasHash(value, sha1));
        if (found == IntTable.NONE) {
            part.add((int) hash, document);
        } else if (found >= 0) {
            DocSet set = new DocSet();
            set.add(found);
            set.add(document);
            part.replace((int) hash, found, ~keep(set));
        } else {
            set(~found).add(document);
        }
        return found == IntTable.NONE;
    }

    /** Removes a document that is there. True: it was the last with its hash. */
    boolean remove(int document) {
        Sha1 sha1 = sha1Of.apply(document);
        long hash = hash(sha1);
        IntTable part = part(hash);
        int found = part.find((int) hash, value -> hasHash(value, sha1));
        if (found >= 0) {
            part.remove((int) hash, document);
            return true;
        }
        DocSet set = set(~found);
        set.remove(document);
        if (set.size() == 1) {
            part.replace((int) hash, found, set.first());
            sets.set(~found, null);
            freeSets.add(~found);
        }
        return false;
    }

    /**
     * Shows the documents with this hash until {@code visitor} says false, and returns what it said last; true if there
     * are none. {@link DocSet#visit} tells the order.
     */
    boolean visit(Sha1 sha1, int first, IntPredicate visitor) {
        long hash = hash(sha1);
        int found = part(hash).find((int) hash, value -> hasHash(value, sha1));
        if (found == IntTable.NONE) {
            return true;
        }
        return found >= 0 ? visitor.test(found) : set(~found).visit(first, visitor);
    }

    private int keep(DocSet set) {
        if (freeSets.isEmpty()) {
            sets.add(set);
            return sets.size() - 1;
        }
        int number = freeSets.first();
        freeSets.remove(number);
        sets.set(number, set);
        return number;
    }

    private DocSet set(int number) {
        DocSet set = sets.get(number);
        if (set == null) {
            throw new IllegalStateException("set " + number + " is free");
        }
        return set;
    }

    private Sha1 sha1(int value) {
        return sha1Of.apply(value >= 0 ? value : set(~value).first());
    }

    private boolean hasHash(int value, Sha1 sha1) {
        return sha1(value).equals(sha1);
    }

    private IntTable part(long hash) {
        int number = (int) (hash >>> PART_SHIFT);
        IntTable part = parts[number];
        if (part == null) {
            part = new IntTable(value -> (int) hash(sha1(value)));
            parts[number] = part;
        }
        return part;
    }

    private long hash(Sha1 sha1) {
        long mixed = (sha1.first() ^ seed) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32) ^ sha1.second()) * 0xBF58476D1CE4E5B9L;
        return mixed ^ (mixed >>> 29);
    }
}
