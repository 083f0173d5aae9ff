package praline.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import praline.protocol.testing.Seeds;

/** The table of spec/gnutella.md 6.4, and that words are words whatever they came from. */
class KeywordsTest {

    @Test
    void theTableOfTheSpecificationHolds() {
        String[][] table = {
            {"Praline-test_File one.txt", "praline test file one txt"},
            {"L'\u00e9t\u00e9 na\u00efve", "l ete naive"},
            {"foo@bar#baz", "foo bar baz"},
            {"C++ Primer (2nd)", "c primer 2nd"},
            {"\u65e5\u672c\u8a9e\u30c6\u30b9\u30c8", "\u65e5\u672c\u8a9e \u30c6\u30b9\u30c8"},
            {"Beethoven_Symphony_No.9", "beethoven symphony no 9"},
            {"stra\u00dfe \ufb01le", "strasse file"},
            {"ABC123def", "abc123def"},
            {"\u0395\u03bb\u03bb\u03ac\u03c2", "\u03b5\u03bb\u03bb\u03b1\u03c2"},
            {"\u00dcbung", "ubung"},
            {"", ""},
            {"\\", ""},
            {"    ", ""},
        };
        for (String[] row : table) {
            assertThat(String.join(" ", Keywords.of(row[0]))).as(row[0]).isEqualTo(row[1]);
        }
    }

    @Test
    void everyWordOfASearchMustBeginAWordOfTheNameAsOftenAsItIsGiven() {
        List<String> name = List.of("duran", "durango", "live");

        assertThat(Keywords.match(name, List.of("li", "duran"))).isTrue();
        assertThat(Keywords.match(name, List.of("duran", "live", "duran"))).isTrue();
        assertThat(Keywords.match(name, List.of("live", "live"))).isFalse();
        assertThat(Keywords.match(name, List.of("uran"))).isFalse();
        assertThat(Keywords.match(name, List.of("duran", "dead"))).isFalse();
        assertThat(Keywords.match(name, List.of())).isTrue();
    }

    @Test
    void composedAndDecomposedTextGiveTheSameWords() {
        assertThat(Keywords.of("e\u0301te\u0301")).isEqualTo(Keywords.of("\u00e9t\u00e9"));
        assertThat(Keywords.of("\u30ab\u3099")).isEqualTo(List.of("\u30ac")).isEqualTo(Keywords.of("\u30ac"));
        assertThat(Keywords.of("\u1112\u1161\u11ab")).isEqualTo(List.of("\ud55c"));
    }

    @Test
    void repeatedWordsStay() {
        assertThat(Keywords.of("la la Land")).isEqualTo(List.of("la", "la", "land"));
    }

    @Test
    void theWordsOfEveryCodePointAreWords() {
        for (int codePoint = 0; codePoint <= 0x10FFFF; codePoint = Texts.next(codePoint)) {
            checkWords("a" + Character.toString(codePoint) + "b");
        }
    }

    @Test
    void theWordsOfHardTextAreWords() {
        Seeds.checkMany(20_000, random -> checkWords(Texts.hard(random)));
    }

    @Test
    void noLocaleChangesAWord() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(new Locale("tr"));
            assertThat(Keywords.of("TITLE \u0130")).isEqualTo(List.of("title", "i"));
        } finally {
            Locale.setDefault(before);
        }
    }

    /** Splitting words gives the words again; they hold no blanks and no capitals. */
    private static void checkWords(String text) {
        List<String> words = Keywords.of(text);
        boolean areWords = Keywords.of(String.join(" ", words)).equals(words);
        for (String word : words) {
            areWords &= !word.isEmpty()
                    && word.indexOf(' ') < 0
                    && word.toLowerCase(Locale.ROOT).equals(word);
        }
        if (!areWords) {
            throw new AssertionError(Printable.of(text) + " became " + words);
        }
    }
}
