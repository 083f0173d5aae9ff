package praline.supernode.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All words of all names in order, each with the documents that hold it.
 *
 * <p>Queries ask for words by their beginning, so order is what matters: sorted blocks of at most 256 words in one
 * sorted array. Finding a word takes two binary searches over neighbouring numbers; adding one moves a few kilobytes.
 * Unlike a hash table it never pauses to grow, and nobody can choose words that make it slow (spec/hardening.md R2).
 */
final class Dictionary {

    private static final int BLOCK_WORDS_MAX = 256;
    private static final int BLOCK_WORDS_MIN = 8;

    /** Words in order, in parallel arrays. */
    private static final class Block {
        private long[] heads = new long[BLOCK_WORDS_MIN];
        private byte[][] tails = new byte[BLOCK_WORDS_MIN][];
        private DocSet[] sets = new DocSet[BLOCK_WORDS_MIN];
        private int count;

        /** Where the word stands, or the complement of where it would. */
        int find(Word word) {
            int low = 0;
            int high = count - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int order = word.compareTo(heads[middle], tails[middle]);
                if (order == 0) {
                    return middle;
                }
                if (order > 0) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return ~low;
        }

        void insert(int at, Word word, DocSet set) {
            if (count == heads.length) {
                resize(Math.min(BLOCK_WORDS_MAX, count + count / 2));
            }
            move(at, at + 1, count - at);
            heads[at] = word.head;
            tails[at] = word.tail;
            sets[at] = set;
            count++;
        }

        void remove(int at) {
            move(at + 1, at, count - at - 1);
            count--;
            Arrays.fill(tails, count, count + 1, null);
            Arrays.fill(sets, count, count + 1, null);
            if (count < heads.length / 2 && heads.length > BLOCK_WORDS_MIN) {
                resize(Math.max(count, BLOCK_WORDS_MIN));
            }
        }

        /** Takes the upper half out, as a block of its own. */
        Block split() {
            Block upper = new Block();
            int half = count / 2;
            upper.count = count - half;
            upper.heads = Arrays.copyOfRange(heads, half, count);
            upper.tails = Arrays.copyOfRange(tails, half, count);
            upper.sets = Arrays.copyOfRange(sets, half, count);
            count = half;
            resize(half);
            return upper;
        }

        private void move(int from, int to, int size) {
            System.arraycopy(heads, from, heads, to, size);
            System.arraycopy(tails, from, tails, to, size);
            System.arraycopy(sets, from, sets, to, size);
        }

        private void resize(int capacity) {
            heads = Arrays.copyOf(heads, capacity);
            tails = Arrays.copyOf(tails, capacity);
            sets = Arrays.copyOf(sets, capacity);
        }
    }

    private final List<Block> blocks = new ArrayList<>(1);
    private int size;

    /** Notes that {@code document} holds {@code word}. True: it is the first. */
    boolean add(Word word, int document) {
        if (blocks.isEmpty()) {
            blocks.add(new Block());
        }
        int blockIndex = blockOf(word);
        Block block = blocks.get(blockIndex);
        int at = block.find(word);
        if (at >= 0) {
            block.sets[at].add(document);
            return false;
        }
        DocSet set = new DocSet();
        set.add(document);
        if (block.count == BLOCK_WORDS_MAX) {
            blocks.add(blockIndex + 1, block.split());
            block = blocks.get(blockOf(word));
            at = block.find(word);
        }
        block.insert(~at, word, set);
        size++;
        return true;
    }

    /** Forgets that {@code document} holds {@code word}. True: it was the last, and the word is forgotten too. */
    boolean remove(Word word, int document) {
        if (blocks.isEmpty()) {
            return false;
        }
        int blockIndex = blockOf(word);
        Block block = blocks.get(blockIndex);
        int at = block.find(word);
        if (at < 0) {
            return false;
        }
        block.sets[at].remove(document);
        if (!block.sets[at].isEmpty()) {
            return false;
        }
        block.remove(at);
        size--;
        if (block.count == 0) {
            blocks.remove(blockIndex);
        }
        return true;
    }

    /**
     * The documents of each word that begins with {@code prefix}, in order of the words; of the first {@code wordsMax}
     * words if there are more. The sets are the dictionary's own and not to be changed.
     */
    List<DocSet> withPrefix(Word prefix, int wordsMax) {
        List<DocSet> sets = new ArrayList<>();
        if (blocks.isEmpty()) {
            return sets;
        }
        int blockIndex = blockOf(prefix);
        int found = blocks.get(blockIndex).find(prefix);
        int at = found < 0 ? ~found : found;
        for (; blockIndex < blocks.size(); blockIndex++) {
            Block block = blocks.get(blockIndex);
            for (; at < block.count; at++) {
                if (sets.size() == wordsMax || !prefix.isPrefixOf(block.heads[at], block.tails[at])) {
                    return sets;
                }
                sets.add(block.sets[at]);
            }
            at = 0;
        }
        return sets;
    }

    /** How many words there are. */
    int size() {
        return size;
    }

    /** The last block whose first word is not after {@code word}; the first block if there is none. */
    private int blockOf(Word word) {
        int low = 1;
        int high = blocks.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Block block = blocks.get(middle);
            if (word.compareTo(block.heads[0], block.tails[0]) < 0) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        return low - 1;
    }
}
