package praline.node.library;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import praline.protocol.Bytes;

/**
 * Names of files as others are told them.
 *
 * <p>Java reads names by the locale: under {@code LC_ALL=POSIX} every byte above 127 turns into U+FFFD, and two names
 * may look the same (spec/hardening.md N7). The path itself keeps the bytes, and its URI writes them out; from there a
 * name is read again as UTF-8, whatever the locale.
 */
final class FileNames {

    /** What a batch of an index publication takes (spec/praline.md section 2). */
    static final int SIZE_MAX = 255;

    private static final char REPLACEMENT = '\uFFFD';

    private FileNames() {}

    /** The last element of {@code path} in NFC, without separators and control characters, cut at a character. */
    static Bytes published(Path path) {
        String name = Normalizer.normalize(textOf(path), Form.NFC);
        StringBuilder safe = new StringBuilder(name.length());
        int size = 0;
        for (int at = 0; at < name.length(); at += Character.charCount(name.codePointAt(at))) {
            int character = isUnsafe(name.codePointAt(at)) ? '_' : name.codePointAt(at);
            size += utf8Size(character);
            if (size > SIZE_MAX) {
                break;
            }
            safe.appendCodePoint(character);
        }
        return Bytes.ofUtf8(safe.toString());
    }

    /** Whether the locale hides what the path really is, so that its text must not stand for it. */
    static boolean isUnclear(Path path) {
        return path.toString().indexOf(REPLACEMENT) >= 0;
    }

    private static String textOf(Path path) {
        Path name = path.getFileName();
        if (name == null) {
            throw new IllegalArgumentException("a file has a name, but this is a root: " + path);
        }
        return isUnclear(name) ? fromUri(path.toUri()) : name.toString();
    }

    private static String fromUri(URI uri) {
        String encoded = uri.getRawPath();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = encoded.lastIndexOf('/') + 1; at < encoded.length(); at++) {
            if (encoded.charAt(at) == '%') {
                bytes.write(Integer.parseInt(encoded, at + 1, at + 3, 16));
                at += 2;
            } else {
                bytes.write(encoded.charAt(at));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static boolean isUnsafe(int character) {
        return Character.isISOControl(character) || character == '/' || character == '\\';
    }

    private static int utf8Size(int character) {
        if (character < 0x80) {
            return 1;
        }
        if (character < 0x800) {
            return 2;
        }
        return character < 0x10000 ? 3 : 4;
    }
}
