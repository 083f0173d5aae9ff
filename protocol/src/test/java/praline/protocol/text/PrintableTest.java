package praline.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import praline.protocol.Bytes;
import praline.protocol.testing.Seeds;

/** Text for people, over every code point there is (spec/hardening.md O1, O2). */
class PrintableTest {

    @Test
    void everyCodePointIsEitherHarmlessOrWrittenOut() {
        for (int codePoint = 0; codePoint <= 0x10FFFF; codePoint++) {
            String text = Character.toString(codePoint);
            String shown = Printable.of(text);
            if (isDangerous(codePoint)) {
                assertThat(shown).matches("\\\\(x[0-9a-f]{2}|u[0-9a-f]{4})");
            } else if (!shown.equals(text)) {
                throw new AssertionError("changed: " + Integer.toHexString(codePoint));
            }
        }
    }

    @Test
    void escapesLookAsPeopleExpect() {
        assertThat(Printable.of("\u001b]52;c;\u0007\r\n\u202egpj.exe \ud800"))
                .isEqualTo("\\x1b]52;c;\\x07\\x0d\\x0a\\u202egpj.exe \\ud800");
        assertThat(Printable.of("C:\\x1b")).isEqualTo("C:\\x1b");
        assertThat(RemoteText.of(Bytes.ofHex("1b5b324aff"))).hasToString("\\x1b[2J\ufffd");
    }

    @Test
    void showingTwiceIsShowingOnce() {
        Seeds.checkMany(20_000, random -> {
            String shown = Printable.of(Texts.hard(random));
            assertThat(Printable.of(shown)).isEqualTo(shown);
        });
    }

    @Test
    void aCellNeverOutgrowsItsColumns() {
        Seeds.checkMany(20_000, random -> {
            String text = Texts.hard(random);
            int columns = 1 + random.nextInt(30);
            String cut = Printable.cut(text, columns);
            assertThat(Printable.width(cut)).isLessThanOrEqualTo(columns);
            assertThat(cut.codePointCount(0, cut.length())).isLessThanOrEqualTo(2 * columns + 1);
            if (Printable.width(text) <= columns && cut.endsWith("\u2026")) {
                assertThat(text.chars().filter(c -> c != 'a').count())
                        .as("only marks are cut then")
                        .isPositive();
            }
            assertThat(Printable.cut(cut, columns)).isEqualTo(cut);
        });
    }

    @Test
    void widthsAreThoseOfATerminal() {
        assertThat(Printable.width("abc")).isEqualTo(3);
        assertThat(Printable.width("e\u0301te\u0301")).isEqualTo(3);
        assertThat(Printable.width("\u65e5\u672c")).isEqualTo(4);
        assertThat(Printable.width("\ud83d\ude00")).isEqualTo(2);
        assertThat(Printable.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Printable.cut("abcdefg", 6)).isEqualTo("abcde\u2026");
        assertThat(Printable.cut("\u65e5\u672c\u8a9e", 5)).isEqualTo("\u65e5\u672c\u2026");
        assertThat(Printable.cut("a\r\nforged row", 8)).isEqualTo("a\\x0d\\x\u2026");
    }

    private static boolean isDangerous(int codePoint) {
        int type = Character.getType(codePoint);
        byte direction = Character.getDirectionality(codePoint);
        boolean turns = codePoint == 0x061C
                || codePoint == 0x200E
                || codePoint == 0x200F
                || (direction >= Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING
                        && direction <= Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE
                        && type == Character.FORMAT);
        return type == Character.CONTROL
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || turns;
    }
}
