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
        private byte[][] entries = new byte[BLOCK_WORDS_MIN][];
        private int count;

        /** Where the word stands, or the complement of where it would. */
        int find(Word word) {
            int low = 0;
            int high = count - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int order = word.compareTo(heads[middle], entries[middle]);
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

        void insert(int at, Word word, byte[] entry) {
            if (count == heads.length) {
                resize(Math.min(BLOCK_WORDS_MAX, count + count / 4));
            }
            move(at, at + 1, count - at);
            heads[at] = word.head;
            entries[at] = entry;
            count++;
        }

        void remove(int at) {
            move(at + 1, at, count - at - 1);
            count--;
            Arrays.fill(entries, count, count + 1, null);
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
            upper.entries = Arrays.copyOfRange(entries, half, count);
            count = half;
            resize(half);
            return upper;
        }

        private void move(int from, int to, int size) {
            System.arraycopy(heads, from, heads, to, size);
            System.arraycopy(entries, from, entries, to, size);
        }

        private void resize(int capacity) {
            heads = Arrays.copyOf(heads, capacity);
            entries = Arrays.copyOf(entries, capacity);
        }
    }

    private final List<Block> blocks = new ArrayList<>(1);
    /** The documents of words that many hold. */
    private final DocSets sets = new DocSets();

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
            block.entries[at] = with(block.entries[at], document);
            return false;
        }
        if (block.count == BLOCK_WORDS_MAX) {
            blocks.add(blockIndex + 1, block.split());
            block = blocks.get(blockOf(word));
            at = block.find(word);
        }
        block.insert(~at, word, WordEntry.of(word.tail, document));
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
        byte[] entry = without(block.entries[at], document);
        if (WordEntry.isMany(entry) || WordEntry.count(entry) > 0) {
            block.entries[at] = entry;
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
     * Gives {@code term} the documents of each word that begins with {@code prefix}, in order of the words; of the
     * first {@code wordsMax} words if there are more.
     */
    void expand(Word prefix, int wordsMax, Term term) {
        if (blocks.isEmpty()) {
            return;
        }
        int blockIndex = blockOf(prefix);
        int found = blocks.get(blockIndex).find(prefix);
        int at = found < 0 ? ~found : found;
        for (; blockIndex < blocks.size(); blockIndex++) {
            Block block = blocks.get(blockIndex);
            for (; at < block.count; at++) {
                byte[] entry = block.entries[at];
                if (term.wordCount() == wordsMax || !prefix.isPrefixOf(block.heads[at], entry)) {
                    return;
                }
                if (WordEntry.isMany(entry)) {
                    term.addMany(sets.get(WordEntry.set(entry)));
                } else {
                    term.addFew(entry);
                }
            }
            at = 0;
        }
    }

    /** How many words there are. */
    int size() {
        return size;
    }

    private byte[] with(byte[] entry, int document) {
        if (WordEntry.isMany(entry)) {
            sets.get(WordEntry.set(entry)).add(document);
            return entry;
        }
        byte[] more = WordEntry.with(entry, document);
        if (WordEntry.count(more) <= WordEntry.FEW_MAX) {
            return more;
        }
        DocSet set = new DocSet();
        for (int at = WordEntry.start(more); at < more.length; at += WordEntry.DOCUMENT_SIZE) {
            set.add(WordEntry.documentAt(more, at));
        }
        return WordEntry.withSet(more, sets.keep(set));
    }

    private byte[] without(byte[] entry, int document) {
        if (!WordEntry.isMany(entry)) {
            return WordEntry.without(entry, document);
        }
        int number = WordEntry.set(entry);
        DocSet set = sets.get(number);
        set.remove(document);
        if (set.size() > WordEntry.FEW_AGAIN) {
            return entry;
        }
        sets.free(number);
        return WordEntry.withDocuments(entry, set.toArray());
    }

    /** The last block whose first word is not after {@code word}; the first block if there is none. */
    private int blockOf(Word word) {
        int low = 1;
        int high = blocks.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Block block = blocks.get(middle);
            if (word.compareTo(block.heads[0], block.entries[0]) < 0) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        return low - 1;
    }
}
