package praline.node.overlay;

import com.google.common.base.Utf8;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import praline.protocol.Sha1;
import praline.protocol.gnutella.QrpHash;
import praline.protocol.gnutella.QrpWords;
import praline.protocol.gnutella.QueryTerms;

/**
 * A query as it is looked up in query routing tables: the hashes of its words and of the content that it names. A table
 * matches if it has the content, or both of two words, or two thirds of more, as gtk-gnutella has it (spec/gnutella.md
 * 9.4). Words of one or two bytes do not count.
 */
final class LookUp {

    /** Words that are looked up; the rest of a longer query is left out. */
    static final int WORDS_MAX = 15;

    private static final int WORD_SIZE_MIN = 3;

    private final int[] words;
    private final boolean hasContent;
    private final int content;

    private LookUp(int[] words, @Nullable Sha1 content) {
        this.words = words;
        this.hasContent = content != null;
        this.content = content == null ? 0 : QrpWords.hashOf(content);
    }

    static LookUp of(QueryTerms terms) {
        int[] hashes = new int[Math.min(terms.words().size(), WORDS_MAX)];
        int count = 0;
        for (String word : terms.words()) {
            if (count < hashes.length && Utf8.encodedLength(word) >= WORD_SIZE_MIN) {
                hashes[count++] = QrpHash.of(word);
            }
        }
        return new LookUp(count == hashes.length ? hashes : Arrays.copyOf(hashes, count), terms.sha1());
    }

    int wordCount() {
        return words.length;
    }

    /** The {@link QrpHash} of a word. */
    int word(int index) {
        return words[index];
    }

    /** How many of its words a table must have; 0: its words say nothing. */
    int wordsNeeded() {
        return words.length <= 2 ? words.length : (2 * words.length + 2) / 3;
    }

    boolean hasContent() {
        return hasContent;
    }

    /** The {@link QrpHash} of the content's name. */
    int content() {
        return content;
    }
}
