package praline.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Utf8;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import praline.protocol.Limits;
import praline.protocol.WireLimits;
import praline.protocol.testing.Seeds;

/**
 * File names from strangers, over every code point there is and in every trick that spec/hardening.md section 7 names.
 */
class SafeNameTest {

    private static final WireLimits LIMITS = WireLimits.STANDARD;

    @Test
    void everyCodePointIsSafeAtTheStartAtTheEndAndAlone() {
        for (int codePoint = 0; codePoint <= 0x10FFFF; codePoint = Texts.next(codePoint)) {
            String character = Character.toString(codePoint);
            checkSafe(character + "a" + character);
            if (Character.isBmpCodePoint(codePoint)) {
                checkSafe(character);
            }
        }
    }

    @Test
    void everyHardTextIsSafe() {
        WireLimits[] all = {LIMITS, Limits.minimum(WireLimits.class), Limits.maximum(WireLimits.class)};
        Seeds.checkMany(20_000, random -> {
            String remote = Texts.hard(random);
            for (WireLimits limits : all) {
                checkSafe(remote, limits);
            }
        });
    }

    @Test
    void tricksLookLikeWhatTheyAre() {
        String[][] table = {
            {"", "_"},
            {".", "_"},
            {"..", "_"},
            {"../../etc/passwd", "___.._etc_passwd"},
            {"..\\boot.ini", "___boot.ini"},
            {"/etc/passwd", "_etc_passwd"},
            {"a\0b", "a_b"},
            {"photo\u202Egpj.exe", "photogpj.exe"},
            {"a\u200Bb", "ab"},
            {"-rf", "_rf"},
            {"--", "__"},
            {".bashrc", "_bashrc"},
            {"~root", "_root"},
            {"  a", "__a"},
            {"a. . ", "a"},
            {"CON", "_CON"},
            {"con.txt", "_con.txt"},
            {"Lpt9.tar.gz", "_Lpt9.tar.gz"},
            {"COM\u00B9", "_COM\u00B9"},
            {"nul .txt", "_nul .txt"},
            {"CONSOLE", "CONSOLE"},
            {"COM10", "COM10"},
            {"a<b>:\"|?*c", "a_b______c"},
            {"e\u0301", "\u00e9"},
            {"\ud800", "_"},
            {"a\u2028b", "a_b"},
            {"straight name.txt", "straight name.txt"},
        };
        for (String[] row : table) {
            assertThat(SafeName.of(row[0], LIMITS)).as(Printable.of(row[0])).isEqualTo(row[1]);
        }
    }

    @Test
    void aLongNameKeepsItsEndingAndWholeCharacters() {
        assertThat(SafeName.of("a".repeat(300) + ".txt", LIMITS)).isEqualTo("a".repeat(236) + ".txt");
        assertThat(SafeName.of("\u65e5".repeat(100), LIMITS)).isEqualTo("\u65e5".repeat(80));
        assertThat(SafeName.of("\ud83d\ude00".repeat(100) + ".txt", LIMITS))
                .isEqualTo("\ud83d\ude00".repeat(59) + ".txt");
        assertThat(SafeName.of("a".repeat(300) + "." + "b".repeat(16), LIMITS)).isEqualTo("a".repeat(240));
    }

    @Test
    void aTakenNameGetsANumber() {
        Set<String> taken = new HashSet<>();
        assertThat(free("Song.mp3", taken)).isEqualTo("Song.mp3");
        assertThat(free("song.MP3", taken)).isEqualTo("song (2).MP3");
        assertThat(free("Song.mp3", taken)).isEqualTo("Song (3).mp3");
        assertThat(free("stra\u00dfe", taken)).isEqualTo("stra\u00dfe");
        assertThat(free("STRASSE", taken)).isEqualTo("STRASSE (2)");
    }

    @Test
    void afterFiveHundredCopiesChanceNamesTheNext() {
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            free("a.txt", taken);
        }
        assertThat(free("a.txt", taken)).matches("a \\([0-9a-f]{8,16}\\)\\.txt");
        assertThat(taken).hasSize(501);
    }

    @Test
    void aNumberedNameIsSafeToo() {
        Predicate<String> isTaken = key -> !key.contains("(9)");
        Seeds.check(5_000, random -> {
            String numbered = SafeName.free(SafeName.of(Texts.hard(random), LIMITS), isTaken, random, LIMITS);
            checkSafe(numbered);
            assertThat(SafeName.of(numbered, LIMITS)).isEqualTo(numbered);
        });
    }

    private static String free(String name, Set<String> taken) {
        String free = SafeName.free(name, taken::contains, Seeds.generator(1), LIMITS);
        assertThat(taken.add(SafeName.key(free))).isTrue();
        return free;
    }

    private static void checkSafe(String remote) {
        checkSafe(remote, LIMITS);
    }

    /** Written without matchers: it runs half a million times. */
    private static void checkSafe(String remote, WireLimits limits) {
        String name = SafeName.of(remote, limits);
        boolean isSafe = !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && isElement(name)
                && Utf8.encodedLength(name) <= limits.name().size()
                && Normalizer.isNormalized(name, Normalizer.Form.NFC)
                && "-.~ ".indexOf(name.charAt(0)) < 0
                && ". ".indexOf(name.charAt(name.length() - 1)) < 0
                && SafeName.of(name, limits).equals(name);
        if (!isSafe) {
            throw new AssertionError(Printable.of(remote) + " became " + Printable.of(name));
        }
    }

    private static boolean isElement(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ("/\\<>:\"|?*".indexOf(c) >= 0 || Character.isISOControl(c)) {
                return false;
            }
        }
        return true;
    }
}
