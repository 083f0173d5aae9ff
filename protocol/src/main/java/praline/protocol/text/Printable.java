package praline.protocol.text;

/**
 * Makes text harmless for terminals, logs and tables (spec/hardening.md O1, O2): whatever could move a cursor, end a
 * line, turn the direction of writing or break an encoding is shown as {@code \x1b} or <code>&#92;u202e</code>.
 * Everything else is left as it is, backslashes too.
 */
public final class Printable {

    private static final char ELLIPSIS = '\u2026';

    private Printable() {}

    /** {@code text} with the dangerous characters written out. */
    public static String of(String text) {
        int clean = 0;
        while (clean < text.length() && !mustEscape(text, clean)) {
            clean++;
        }
        if (clean == text.length()) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, clean);
        for (int i = clean; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!mustEscape(text, i)) {
                shown.append(c);
            } else if (c <= 0xFF) {
                shown.append("\\x").append(hex(c >> 4)).append(hex(c));
            } else {
                shown.append("\\u").append(hex(c >> 12)).append(hex(c >> 8));
                shown.append(hex(c >> 4)).append(hex(c));
            }
        }
        return shown.toString();
    }

    /**
     * {@code text} escaped and cut to at most {@code columns} columns of a terminal, 1 or more; what is cut ends with
     * an ellipsis. Where terminals disagree about a width, the larger one is assumed.
     */
    public static String cut(String text, int columns) {
        String shown = of(text);
        int end = fitting(shown, columns);
        return end == shown.length() ? shown : shown.substring(0, fitting(shown, columns - 1)) + ELLIPSIS;
    }

    /** How many columns {@code text} takes at most, once escaped. */
    public static int width(String text) {
        String shown = of(text);
        int width = 0;
        for (int i = 0; i < shown.length(); i += Character.charCount(shown.codePointAt(i))) {
            width += widthOf(shown.codePointAt(i));
        }
        return width;
    }

    /** How many characters from the start fit; marks without a width of their own are bounded too. */
    private static int fitting(String shown, int columns) {
        int width = 0;
        int marks = 0;
        int end = 0;
        while (end < shown.length()) {
            int codePoint = shown.codePointAt(end);
            int own = widthOf(codePoint);
            width += own;
            marks += own == 0 ? 1 : 0;
            if (width > columns || marks > columns) {
                return end;
            }
            end += Character.charCount(codePoint);
        }
        return end;
    }

    private static boolean mustEscape(String text, int index) {
        char c = text.charAt(index);
        if (c < 0x7F) {
            return c < ' ';
        }
        if (Character.isSurrogate(c)) {
            return !isPaired(text, index);
        }
        return c <= 0x9F || isLineSeparator(c) || turnsDirection(c);
    }

    private static boolean isPaired(String text, int index) {
        if (Character.isHighSurrogate(text.charAt(index))) {
            return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
        }
        return index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }

    private static boolean isLineSeparator(char c) {
        return c == '\u2028' || c == '\u2029';
    }

    private static boolean turnsDirection(char c) {
        return c == '\u061C'
                || c == '\u200E'
                || c == '\u200F'
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069');
    }

    private static int widthOf(int codePoint) {
        if (codePoint < 0x300) {
            return 1;
        }
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return mayBeWide(codePoint) ? 2 : 1;
    }

    /** East Asian wide characters and emoji, with whatever lies between them. */
    private static boolean mayBeWide(int codePoint) {
        return (codePoint >= 0x1100 && codePoint <= 0x115F)
                || (codePoint >= 0x2300 && codePoint <= 0x23FF)
                || (codePoint >= 0x2600 && codePoint <= 0x27BF)
                || (codePoint >= 0x2B00 && codePoint <= 0x2BFF)
                || (codePoint >= 0x2E80 && codePoint <= 0xA4CF)
                || (codePoint >= 0xA960 && codePoint <= 0xA97F)
                || (codePoint >= 0xAC00 && codePoint <= 0xD7A3)
                || (codePoint >= 0xF900 && codePoint <= 0xFAFF)
                || (codePoint >= 0xFE10 && codePoint <= 0xFE6F)
                || (codePoint >= 0xFF00 && codePoint <= 0xFFE6)
                || codePoint >= 0x16FE0;
    }

    private static char hex(int value) {
        return Character.forDigit(value & 0xF, 16);
    }
}
