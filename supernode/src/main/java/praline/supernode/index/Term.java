package praline.supernode.index;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One distinct word of a query: the documents of all words that it begins, as they lie in the dictionary. For one query
 * only.
 */
final class Term {

    /** What is looked for in a set that holds so many times more is looked up, one by one. */
    private static final int MUCH_MORE = 8;

    private final List<byte[]> few = new ArrayList<>();
    private @Nullable List<DocSet> many;
    private int wordCount;
    private long sum;

    void addFew(byte[] entry) {
        few.add(entry);
        wordCount++;
        sum += WordEntry.count(entry);
    }

    void addMany(DocSet set) {
        if (many == null) {
            many = new ArrayList<>(4);
        }
        many.add(set);
        wordCount++;
        sum += set.size();
    }

    /** How many words it begins. */
    int wordCount() {
        return wordCount;
    }

    /** How many documents that makes, each counted as often as it holds one of the words. */
    long sum() {
        return sum;
    }

    /** Makes the documents from {@code from} up to {@code to}, without the last, candidates. */
    void addTo(Candidates candidates, int from, int to) {
        if (from == to) {
            return;
        }
        for (byte[] entry : few) {
            int at = from == 0 ? WordEntry.start(entry) : WordEntry.position(entry, from);
            for (; at < entry.length; at += WordEntry.DOCUMENT_SIZE) {
                int document = WordEntry.documentAt(entry, at);
                if (document >= to) {
                    break;
                }
                candidates.add(document);
            }
        }
        if (many != null) {
            many.forEach(set -> set.visitRange(from, to, candidates::add));
        }
    }

    /**
     * Keeps the candidates that are documents of this term, all of which lie from {@code from} up to {@code to}.
     *
     * @param share the part of all documents that lies there
     */
    void keepIn(Candidates candidates, int from, int to, double share) {
        if (from == to) {
            return;
        }
        for (byte[] entry : few) {
            int at = from == 0 ? WordEntry.start(entry) : WordEntry.position(entry, from);
            for (; at < entry.length; at += WordEntry.DOCUMENT_SIZE) {
                int document = WordEntry.documentAt(entry, at);
                if (document >= to) {
                    break;
                }
                candidates.keep(document);
            }
        }
        if (many != null) {
            for (DocSet set : many) {
                if (set.size() * share > MUCH_MORE * (double) candidates.count()) {
                    candidates.keepAllIn(set);
                } else {
                    set.visitRange(from, to, candidates::keep);
                }
            }
        }
    }
}
