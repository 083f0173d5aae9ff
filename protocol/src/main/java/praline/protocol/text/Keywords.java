package praline.protocol.text;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.text.Normalizer;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The words of a file name or of a search, in the one form in which they are compared (spec/gnutella.md 6.4): letters
 * and digits in lower case, without accents, apart where anything else stands and where the Unicode block changes.
 *
 * <p>A name matches a search if every word of the search begins some word of the name; a word that is there n times
 * must begin n of them.
 */
public final class Keywords {

    /**
     * Marks that are more than accents, so that gtk-gnutella keeps them: of Japanese, of the scripts of India, Tibet
     * and their neighbours, and the Greek iota below.
     */
    private static final ImmutableSet<Integer> MEANINGFUL_MARKS = ImmutableSet.of(
            0x0345, 0x093C, 0x094D, 0x0951, 0x0952, 0x09BC, 0x09CD, 0x0A3C, 0x0A4D, 0x0ABC, 0x0ACD, 0x0B3C, 0x0B4D,
            0x0BCD, 0x0C4D, 0x0CBC, 0x0CCD, 0x0DCA, 0x0E3A, 0x0EB8, 0x0EB9, 0x0F18, 0x0F19, 0x0F35, 0x0F37, 0x0F39,
            0x0F71, 0x0F72, 0x0F74, 0x0F7A, 0x0F7B, 0x0F7C, 0x0F7D, 0x0F80, 0x0F82, 0x0F83, 0x0F84, 0x0F86, 0x0F87,
            0x0FC6, 0x1037, 0x1039, 0x1714, 0x1734, 0x18A9, 0x1939, 0x193A, 0x193B, 0x3099, 0x309A);

    private Keywords() {}

    /** The words of {@code text} in their order, repeated ones too; never throws. */
    public static ImmutableList<String> of(String text) {
        return CharMatcher.ascii().matchesAllOf(text) ? wordsOfAscii(text) : words(canonical(text));
    }

    /** Whether a name of these words matches a search for those. A search for nothing matches every name. */
    public static boolean match(List<String> name, List<String> search) {
        for (String wanted : search) {
            int missing = Collections.frequency(search, wanted);
            for (String word : name) {
                if (word.startsWith(wanted)) {
                    missing--;
                }
            }
            if (missing > 0) {
                return false;
            }
        }
        return true;
    }

    /** What most names are, without normalizing. */
    private static ImmutableList<String> wordsOfAscii(String text) {
        ImmutableList.Builder<String> words = ImmutableList.builder();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean isInWord = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
            if (isInWord && start < 0) {
                start = i;
            } else if (!isInWord && start >= 0) {
                words.add(text.substring(start, i).toLowerCase(Locale.ROOT));
                start = -1;
            }
        }
        return words.build();
    }

    private static String canonical(String text) {
        String folded = folded(Normalizer.normalize(text, Normalizer.Form.NFC));
        // What was one letter in a frame or a font may come out as a capital, so it is folded again.
        String apart = folded(Normalizer.normalize(folded, Normalizer.Form.NFKD));
        StringBuilder kept = new StringBuilder(apart.length());
        for (int i = 0; i < apart.length(); ) {
            int codePoint = apart.codePointAt(i);
            i += Character.charCount(codePoint);
            if (isWordCharacter(codePoint)) {
                kept.appendCodePoint(codePoint);
            } else if (Character.getType(codePoint) != Character.NON_SPACING_MARK) {
                kept.append(' ');
            }
        }
        return Normalizer.normalize(kept, Normalizer.Form.NFC);
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT).replace("\u00DF", "ss");
    }

    private static boolean isWordCharacter(int codePoint) {
        return Character.isLetterOrDigit(codePoint) || MEANINGFUL_MARKS.contains(codePoint);
    }

    /** Splits at spaces and where the block changes. */
    private static ImmutableList<String> words(String canonical) {
        ImmutableList.Builder<String> words = ImmutableList.builder();
        StringBuilder word = new StringBuilder();
        Character.@Nullable UnicodeBlock block = null;
        for (int i = 0; i < canonical.length(); ) {
            int codePoint = canonical.codePointAt(i);
            i += Character.charCount(codePoint);
            Character.UnicodeBlock next = Character.UnicodeBlock.of(codePoint);
            if ((codePoint == ' ' || !next.equals(block)) && word.length() > 0) {
                words.add(word.toString());
                word.setLength(0);
            }
            if (codePoint != ' ') {
                word.appendCodePoint(codePoint);
            }
            block = next;
        }
        if (word.length() > 0) {
            words.add(word.toString());
        }
        return words.build();
    }
}
