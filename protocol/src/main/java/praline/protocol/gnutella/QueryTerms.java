package praline.protocol.gnutella;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.text.Keywords;

/**
 * What a query asks for: a file matches if all words match its name, or if its content has the hash (spec/gnutella.md
 * 6).
 *
 * @param words canonical, see {@link Keywords}; empty when only the hash is asked for, and when the text is longer than
 *     anybody would mean: such a text asks for nothing, rather than for more than it says
 * @param sha1 the content, from a text URN or from GGEP {@code H} or {@code u}
 */
@Immutable
public record QueryTerms(
        ImmutableList<String> words, @Nullable Sha1 sha1) {

    /** LimeWire moves long texts here. */
    private static final String EXTENDED_TEXT = "XQ";

    /** The fewest characters of a word that tells one file from another. */
    private static final int TELLING_SIZE = 2;

    /** Reads {@code query}; never throws. */
    public static QueryTerms of(Query query, WireLimits limits) {
        Huge huge = Huge.read(query.extensions(), limits);
        Bytes text = huge.ggep().get(EXTENDED_TEXT).orElse(query.text());
        ImmutableList<String> words = ImmutableList.of();
        if (text.size() <= limits.query().text()) {
            ImmutableList<String> all = Keywords.of(text.utf8());
            words = all.size() <= limits.query().words() ? all : words;
        }
        return new QueryTerms(words, huge.sha1().orElse(null));
    }

    /** Whether nothing can match. */
    public boolean isEmpty() {
        return words.isEmpty() && sha1 == null;
    }

    /** Whether this is worth other nodes' time: a hash, or a word of two characters or more (spec/hardening.md R8). */
    public boolean isTelling() {
        return sha1 != null || !tellingWords().isEmpty();
    }

    /** The words to look for in names: all of them, or none if each is a single character. */
    public ImmutableList<String> tellingWords() {
        for (String word : words) {
            if (word.codePointCount(0, word.length()) >= TELLING_SIZE) {
                return words;
            }
        }
        return ImmutableList.of();
    }
}
