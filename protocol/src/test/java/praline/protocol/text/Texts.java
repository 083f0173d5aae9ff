package praline.protocol.text;

import java.util.random.RandomGenerator;

/** Strings that are hard on functions of text. */
final class Texts {

    private static final String[] PIECES = {
        "a",
        "Z",
        "9",
        " ",
        ".",
        "..",
        "-",
        "~",
        "_",
        "/",
        "\\",
        "CON",
        "lpt1",
        ".txt",
        "\0",
        "\u001b[2J",
        "\u009b",
        "\u007f",
        "\u00e9",
        "e\u0301",
        "\u0301",
        "\u00df",
        "\u0130",
        "\u03a3",
        "\ufb01",
        "\u3099",
        "\u30ab",
        "\u65e5",
        "\uac00",
        "\u202e",
        "\u200b",
        "\u2028",
        "\ufeff",
        "\ud83d\ude00",
        "\ud800",
        "\udc00",
        "\u212a",
        "\u037e",
        "\u0345",
        "\u00b9"
    };

    private Texts() {}

    /**
     * The code point to test after {@code codePoint}: each one where characters are assigned, some of the private ones.
     */
    static int next(int codePoint) {
        int plane = codePoint >>> 16;
        return codePoint + (plane <= 3 || plane == 14 ? 1 : 101);
    }

    /** A few pieces that are known to be hard, and now and then any character at all. */
    static String hard(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        int size = random.nextInt(10) == 0 ? 200 : random.nextInt(12);
        for (int i = 0; i < size; i++) {
            if (random.nextInt(4) == 0) {
                text.appendCodePoint(random.nextInt(0x110000));
            } else {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return text.toString();
    }
}
