package praline.protocol.http;

import com.google.common.base.Ascii;

/** Reads the value of a range header from left to right; blanks may stand between its parts. */
final class RangeText {

    private static final String UNIT = "bytes";
    /** So many digits always fit into a long. */
    private static final int DIGITS_MAX = 18;

    private final String text;
    private int at;
    private boolean hadBlank;

    RangeText(String text) {
        this.text = text;
    }

    /** Whether the unit is bytes. */
    boolean unit() {
        skipBlanks();
        if (text.length() - at < UNIT.length()
                || !Ascii.equalsIgnoreCase(text.substring(at, at + UNIT.length()), UNIT)) {
            return false;
        }
        at += UNIT.length();
        return true;
    }

    boolean mark(char mark) {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == mark) {
            at++;
            return true;
        }
        return false;
    }

    /** Whether blanks stood before the part that was read last. */
    boolean hadBlank() {
        return hadBlank;
    }

    /** The number that comes next, or -1 when none does. */
    long number() {
        skipBlanks();
        int start = at;
        long value = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9' && at - start < DIGITS_MAX) {
            value = 10 * value + text.charAt(at) - '0';
            at++;
        }
        return at == start ? -1 : value;
    }

    boolean ends() {
        skipBlanks();
        return at == text.length();
    }

    private void skipBlanks() {
        hadBlank = at < text.length() && text.charAt(at) == ' ';
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }
}
