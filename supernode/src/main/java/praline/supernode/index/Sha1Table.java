package praline.supernode.index;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import praline.protocol.Sha1;

/**
 * From a hash, of a content or of its torrent, to the documents that have it. The hashes themselves stay in the
 * records.
 *
 * <p>The documents lie in buckets by hash, some 32 in each. When there are more, one bucket after another is split in
 * two, in order, so that the table never stops everything in order to grow (linear hashing, Litwin 1980). Each number
 * in a bucket carries seven more bits of the hash, so that few records are read in vain.
 *
 * <p>A popular content has thousands of documents, and a hostile leaf publishes one hash a hundred thousand times. So
 * the second document of a content makes a {@link DocSet}, whose number stands in the bucket, marked as such.
 */
final class Sha1Table {

    private static final int BUCKET_MEAN = 32;
    /** A table that has lost so much gives buckets back. */
    private static final int BUCKET_MEAN_MIN = BUCKET_MEAN / 4;

    private static final int NUMBER_MASK = DocumentSpace.DOCUMENTS_MAX - 1;
    private static final int IS_SET = DocumentSpace.DOCUMENTS_MAX;
    /** Above the number and the mark. */
    private static final int HASH_BITS_SHIFT = 25;

    private static final int[] NONE = {};
    private static final int NOWHERE = -1;

    private final IntFunction<Sha1> sha1Of;
    private final long seed;
    private final DocSets sets = new DocSets();
    private int[][] buckets = {NONE};
    private int bucketCount = 1;
    private int count;

    /**
     * @param sha1Of the hash of a document that is in the table
     * @param seed that strangers do not know (spec/hardening.md R2)
     */
    Sha1Table(IntFunction<Sha1> sha1Of, long seed) {
        this.sha1Of = sha1Of;
        this.seed = seed;
    }

    /** Adds a document that is not there yet. True: it is the first with its hash. */
    boolean add(int document) {
        Sha1 sha1 = sha1Of.apply(document);
        long hash = hash(sha1);
        int number = bucketOf(hash);
        int[] bucket = buckets[number];
        int at = find(bucket, hash, sha1);
        if (at == NOWHERE) {
            buckets[number] = with(bucket, hashBits(hash) | document);
            count++;
            if (count > BUCKET_MEAN * bucketCount) {
                split();
            }
            return true;
        }
        if (isSet(bucket[at])) {
            set(bucket[at]).add(document);
        } else {
            DocSet set = new DocSet();
            set.add(bucket[at] & NUMBER_MASK);
            set.add(document);
            bucket[at] = hashBits(hash) | IS_SET | sets.keep(set);
        }
        return false;
    }

    /** Removes a document that is there. True: it was the last with its hash. */
    boolean remove(int document) {
        Sha1 sha1 = sha1Of.apply(document);
        long hash = hash(sha1);
        int number = bucketOf(hash);
        int[] bucket = buckets[number];
        int at = find(bucket, hash, sha1);
        if (!isSet(bucket[at])) {
            buckets[number] = without(bucket, at);
            count--;
            if (bucketCount > 1 && count < BUCKET_MEAN_MIN * bucketCount) {
                merge();
            }
            return true;
        }
        int setNumber = bucket[at] & NUMBER_MASK;
        DocSet set = sets.get(setNumber);
        set.remove(document);
        if (set.size() == 1) {
            bucket[at] = hashBits(hash) | set.first();
            sets.free(setNumber);
        }
        return false;
    }

    /**
     * Shows the documents with this hash until {@code visitor} says false, and returns what it said last; true if there
     * are none. {@link DocSet#visit} tells the order.
     */
    boolean visit(Sha1 sha1, int first, IntPredicate visitor) {
        long hash = hash(sha1);
        int[] bucket = buckets[bucketOf(hash)];
        int at = find(bucket, hash, sha1);
        if (at == NOWHERE) {
            return true;
        }
        return isSet(bucket[at]) ? set(bucket[at]).visit(first, visitor) : visitor.test(bucket[at] & NUMBER_MASK);
    }

    private int find(int[] bucket, long hash, Sha1 sha1) {
        int hashBits = hashBits(hash);
        for (int i = 0; i < bucket.length; i++) {
            if ((bucket[i] ^ hashBits) >>> HASH_BITS_SHIFT == 0
                    && sha1(bucket[i]).equals(sha1)) {
                return i;
            }
        }
        return NOWHERE;
    }

    /** The first buckets up to a power of two are there, and of the next power some are. */
    private int bucketOf(long hash) {
        int power = Integer.highestOneBit(bucketCount);
        int number = (int) hash & (2 * power - 1);
        return number < bucketCount ? number : number - power;
    }

    /** Makes one more bucket, of half of the one that held its hashes so far. */
    private void split() {
        int added = bucketCount;
        int from = added - Integer.highestOneBit(added);
        if (added == buckets.length) {
            buckets = Arrays.copyOf(buckets, 2 * added);
        }
        bucketCount++;
        int[] old = buckets[from];
        int[] moving = new int[old.length];
        int[] staying = new int[old.length];
        int movingCount = 0;
        int stayingCount = 0;
        for (int value : old) {
            if (bucketOf(hash(sha1(value))) == added) {
                moving[movingCount++] = value;
            } else {
                staying[stayingCount++] = value;
            }
        }
        buckets[added] = Arrays.copyOf(moving, movingCount);
        buckets[from] = Arrays.copyOf(staying, stayingCount);
    }

    /** Takes back the last split. */
    private void merge() {
        bucketCount--;
        int[] last = buckets[bucketCount];
        int into = bucketCount - Integer.highestOneBit(bucketCount);
        int[] both = Arrays.copyOf(buckets[into], buckets[into].length + last.length);
        System.arraycopy(last, 0, both, buckets[into].length, last.length);
        buckets[into] = both;
        buckets[bucketCount] = NONE;
    }

    private static int[] with(int[] bucket, int value) {
        int[] more = Arrays.copyOf(bucket, bucket.length + 1);
        more[bucket.length] = value;
        return more;
    }

    private static int[] without(int[] bucket, int at) {
        int[] fewer = Arrays.copyOf(bucket, bucket.length - 1);
        System.arraycopy(bucket, at + 1, fewer, at, fewer.length - at);
        return fewer;
    }

    private static boolean isSet(int value) {
        return (value & IS_SET) != 0;
    }

    private DocSet set(int value) {
        return sets.get(value & NUMBER_MASK);
    }

    private Sha1 sha1(int value) {
        return sha1Of.apply(isSet(value) ? set(value).first() : value & NUMBER_MASK);
    }

    /** Bits that do not choose the bucket. */
    private static int hashBits(long hash) {
        return (int) (hash >>> 32) << HASH_BITS_SHIFT;
    }

    private long hash(Sha1 sha1) {
        long mixed = (sha1.first() ^ seed) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32) ^ sha1.second()) * 0xBF58476D1CE4E5B9L;
        return mixed ^ (mixed >>> 29);
    }
}
