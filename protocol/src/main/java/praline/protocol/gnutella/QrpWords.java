package praline.protocol.gnutella;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import praline.protocol.Sha1;
import praline.protocol.Urn;
import praline.protocol.text.Keywords;

/**
 * What goes into a query routing table for a file (spec/gnutella.md 9.2): the words of its name, their beginnings, so
 * that a search for a beginning is routed, and the name of its content as one word. gtk-gnutella and LimeWire differ in
 * where a name is split and in how far a word is shortened; we tell what either would.
 */
public final class QrpWords {

    /** Characters that gtk-gnutella cuts off a word, one by one. */
    private static final int CUT_MAX = 5;

    /** Bytes of UTF-8 that it leaves of a word at least. */
    private static final int CUT_SIZE_MIN = 4;

    /** LimeWire cuts one and two characters off words that have as many as this. */
    private static final int SHORTENED_LENGTH_MIN = 5;

    private static final int SHORTENED_MAX = 2;

    /** Where LimeWire splits a name; other signs are a part of its words, but for apostrophes, which it drops. */
    private static final Splitter LIMEWIRE_WORDS =
            Splitter.on(CharMatcher.anyOf(" -._+/*()\\,")).omitEmptyStrings();

    private static final CharMatcher APOSTROPHES = CharMatcher.anyOf("'\u2019");

    private QrpWords() {}

    /** Gives the {@link QrpHash} of all that a file of this name and content brings to {@code sink}, some twice. */
    public static void hashesOf(String name, Sha1 content, IntConsumer sink) {
        for (String word : wordsOf(name)) {
            hashesOf(word, sink);
        }
        sink.accept(hashOf(content));
    }

    /** Gives the hashes of a word and of its beginnings. */
    public static void hashesOf(String word, IntConsumer sink) {
        sink.accept(QrpHash.of(word));
        for (int cut = 1; cut < word.length() && cut <= CUT_MAX; cut++) {
            if (isTold(word, cut)) {
                sink.accept(QrpHash.of(word, word.length() - cut));
            }
        }
    }

    /** The hash of a content's name. */
    public static int hashOf(Sha1 content) {
        return QrpHash.of(Urn.sha1(content).toString());
    }

    /** The words of a name as we split it, and where LimeWire has another one, that too. */
    static ImmutableSet<String> wordsOf(String name) {
        ImmutableSet.Builder<String> words = ImmutableSet.builder();
        words.addAll(Keywords.of(name));
        for (String whole : LIMEWIRE_WORDS.split(name)) {
            List<String> parts = Keywords.of(whole);
            if (parts.size() > 1) {
                boolean isOneWord = APOSTROPHES.matchesAnyOf(whole);
                words.add(isOneWord ? String.join("", parts) : whole.toLowerCase(Locale.ROOT));
            }
        }
        return words.build();
    }

    private static boolean isTold(String word, int cut) {
        boolean byLimeWire = word.length() >= SHORTENED_LENGTH_MIN && cut <= SHORTENED_MAX;
        return byLimeWire || hasSize(word, word.length() - cut);
    }

    /** Whether the first {@code length} characters of {@code word} have the bytes that gtk-gnutella asks for. */
    private static boolean hasSize(String word, int length) {
        return length >= CUT_SIZE_MIN
                || word.substring(0, length).getBytes(StandardCharsets.UTF_8).length >= CUT_SIZE_MIN;
    }
}
