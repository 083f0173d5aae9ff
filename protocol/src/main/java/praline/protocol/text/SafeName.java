package praline.protocol.text;

import com.google.common.base.Utf8;
import com.google.common.collect.ImmutableSet;
import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import praline.protocol.WireLimits;

/**
 * Makes a stranger's file name one path element that every system takes and that looks like what it is
 * (spec/hardening.md section 7). Total and idempotent; the result is never empty, never hidden, never a device, and at
 * most 240 bytes of UTF-8.
 */
public final class SafeName {

    private static final ImmutableSet<String> DEVICES =
            ImmutableSet.of("CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$");
    private static final ImmutableSet<String> PORTS = ImmutableSet.of("COM", "LPT");
    /** Windows takes the raised digits for digits too. */
    private static final String PORT_NUMBERS = "0123456789\u00B9\u00B2\u00B3";

    private static final String NOTHING = "_";

    private SafeName() {}

    /** A name to write {@code remote} under. */
    public static String of(String remote, WireLimits limits) {
        String name = Normalizer.normalize(replaced(remote), Normalizer.Form.NFC);
        name = coveredStart(withoutEnd(name));
        if (isDevice(name)) {
            name = "_" + name;
        }
        return cut(name, "", limits.name());
    }

    /**
     * {@code name} itself if it is free, else with {@code " (2)"}, {@code " (3)"}, … before its ending, and after 500
     * of them with digits drawn by chance: an existing file is never named.
     *
     * @param name a safe name
     * @param isTaken told {@link #key keys}, says whether a file has a name with that key
     */
    public static String free(String name, Predicate<String> isTaken, RandomGenerator random, WireLimits limits) {
        if (!isTaken.test(key(name))) {
            return name;
        }
        for (int copy = 2; copy <= limits.name().copies(); copy++) {
            String numbered = cut(name, " (" + copy + ")", limits.name());
            if (!isTaken.test(key(numbered))) {
                return numbered;
            }
        }
        String chosen;
        do {
            chosen = cut(name, " (" + Long.toHexString(random.nextLong()) + ")", limits.name());
        } while (isTaken.test(key(chosen)));
        return chosen;
    }

    /** Equal for names that some file system takes for one: case folded, composed. */
    public static String key(String name) {
        String folded = name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    /** Without characters that nobody sees; an underscore for what no file name may hold. */
    private static String replaced(String remote) {
        StringBuilder name = new StringBuilder(remote.length());
        for (int i = 0; i < remote.length(); ) {
            int codePoint = remote.codePointAt(i);
            i += Character.charCount(codePoint);
            if (!isInvisible(codePoint)) {
                name.appendCodePoint(isForbidden(codePoint) ? '_' : codePoint);
            }
        }
        return name.toString();
    }

    /** Characters that hide, or that turn the direction of what follows: {@code photo} U+202E {@code gpj.exe}. */
    private static boolean isInvisible(int codePoint) {
        return codePoint == 0x061C
                || (codePoint >= 0x200B && codePoint <= 0x200F)
                || (codePoint >= 0x202A && codePoint <= 0x202E)
                || (codePoint >= 0x2060 && codePoint <= 0x2064)
                || (codePoint >= 0x2066 && codePoint <= 0x2069)
                || codePoint == 0xFEFF;
    }

    private static boolean isForbidden(int codePoint) {
        return codePoint < ' '
                || (codePoint >= 0x7F && codePoint <= 0x9F)
                || codePoint == 0x2028
                || codePoint == 0x2029
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)
                || "/\\<>:\"|?*".indexOf(codePoint) >= 0;
    }

    /** A name that begins with a dash is an option, with a dot hidden, with a tilde a home. */
    private static String coveredStart(String name) {
        int end = 0;
        while (end < name.length() && "-.~ ".indexOf(name.charAt(end)) >= 0) {
            end++;
        }
        return "_".repeat(end) + name.substring(end);
    }

    /** Windows takes dots and blanks off the end. */
    private static String withoutEnd(String name) {
        int end = name.length();
        while (end > 0 && ". ".indexOf(name.charAt(end - 1)) >= 0) {
            end--;
        }
        return end == 0 ? NOTHING : name.substring(0, end);
    }

    /** CON, LPT1 and their like, with whatever ending. */
    private static boolean isDevice(String name) {
        int dot = name.indexOf('.');
        String stem = (dot < 0 ? name : name.substring(0, dot)).stripTrailing().toUpperCase(Locale.ROOT);
        return DEVICES.contains(stem)
                || (stem.length() == 4
                        && PORTS.contains(stem.substring(0, 3))
                        && PORT_NUMBERS.indexOf(stem.charAt(3)) >= 0);
    }

    /** {@code name} with {@code insert} before its ending, the stem cut so that all of it fits. */
    private static String cut(String name, String insert, WireLimits.Name limits) {
        if (insert.isEmpty() && Utf8.encodedLength(name) <= limits.size()) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        boolean hasEnding = dot > 0 && Utf8.encodedLength(name.substring(dot)) <= limits.ending();
        String stem = hasEnding ? name.substring(0, dot) : name;
        String end = insert + (hasEnding ? name.substring(dot) : "");
        String kept = startOf(stem, limits.size() - Utf8.encodedLength(end));
        return (end.isEmpty() ? withoutEnd(kept) : kept) + end;
    }

    /** The longest start of {@code text} that takes at most {@code sizeMax} bytes. */
    private static String startOf(String text, int sizeMax) {
        int size = 0;
        int end = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            size += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (size > sizeMax) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return text.substring(0, end);
    }
}
