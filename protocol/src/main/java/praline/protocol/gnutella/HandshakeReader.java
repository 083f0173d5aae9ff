package praline.protocol.gnutella;

import com.google.common.base.CharMatcher;
import com.google.common.primitives.Ints;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import praline.protocol.Defect;
import praline.protocol.WireLimits;

/** Reads one handshake block, line by line, and leaves the buffer's position alone. */
final class HandshakeReader {

    private static final String PROTOCOL = "GNUTELLA";
    private static final String GREETING = "GNUTELLA CONNECT/";
    private static final String ANSWER = "GNUTELLA/";
    private static final CharMatcher BLANK = CharMatcher.anyOf(" \t");
    private static final CharMatcher NAME = CharMatcher.inRange('A', 'Z')
            .or(CharMatcher.inRange('a', 'z'))
            .or(CharMatcher.inRange('0', '9'))
            .or(CharMatcher.is('-'));

    private final ByteBuffer in;
    private final WireLimits.HandshakeBlock limits;
    private final int start;
    private int at;
    private int lines;

    HandshakeReader(ByteBuffer in, WireLimits.HandshakeBlock limits) {
        this.in = in;
        this.limits = limits;
        this.start = in.position();
        this.at = start;
    }

    /** The block, or null when its end has not arrived. */
    @Nullable
    Handshake read() throws Defective {
        checkFirstBytes();
        String first = line();
        if (first == null) {
            return null;
        }
        if (first.equals(HandshakeCodec.GREETING_0_4) || first.equals(HandshakeCodec.ANSWER_0_4)) {
            return readOldEnd(first);
        }
        Handshake bare = parseFirstLine(first);
        Headers headers = readHeaders();
        return headers == null
                ? null
                : new Handshake(bare.step(), bare.version(), bare.status(), bare.reason(), headers);
    }

    /** Index behind the last byte that was read. */
    int end() {
        return at;
    }

    /** So that another protocol's greeting is not waited for. */
    private void checkFirstBytes() throws Defective {
        int size = Math.min(PROTOCOL.length(), in.limit() - start);
        for (int i = 0; i < size; i++) {
            if (in.get(start + i) != PROTOCOL.charAt(i)) {
                throw new Defective(Defect.BAD_HEADER_BLOCK, i);
            }
        }
    }

    private @Nullable Handshake readOldEnd(String first) throws Defective {
        String empty = line();
        if (empty == null) {
            return null;
        }
        if (!empty.isEmpty()) {
            throw badLine();
        }
        boolean greeting = first.equals(HandshakeCodec.GREETING_0_4);
        return new Handshake(
                greeting ? Handshake.Step.GREETING : Handshake.Step.ANSWER,
                Handshake.Version.V0_4,
                greeting ? 0 : 200,
                "",
                Headers.NONE);
    }

    private Handshake parseFirstLine(String line) throws Defective {
        if (line.startsWith(GREETING)) {
            needModernVersion(line.substring(GREETING.length()));
            return Handshake.greeting(Headers.NONE);
        }
        int space = line.indexOf(' ');
        if (!line.startsWith(ANSWER) || space < 0) {
            throw badLine();
        }
        needModernVersion(line.substring(ANSWER.length(), space));
        String rest = line.substring(space + 1);
        int statusEnd = rest.indexOf(' ') < 0 ? rest.length() : rest.indexOf(' ');
        Integer status = statusEnd == 3 ? Ints.tryParse(rest.substring(0, statusEnd)) : null;
        if (status == null || status < 100) {
            throw badLine();
        }
        return Handshake.answer(status, BLANK.trimFrom(rest.substring(statusEnd)), Headers.NONE);
    }

    /** 0.6 or above: a newer servent speaks 0.6 with us. */
    private void needModernVersion(String version) throws Defective {
        int dot = version.indexOf('.');
        Integer major = dot < 0 ? null : Ints.tryParse(version.substring(0, dot));
        Integer minor = dot < 0 ? null : Ints.tryParse(BLANK.trimTrailingFrom(version.substring(dot + 1)));
        if (major == null || minor == null || major < 0 || (major == 0 && minor < 6)) {
            throw badLine();
        }
    }

    private @Nullable Headers readHeaders() throws Defective {
        Headers.Builder headers = Headers.builder();
        String name = "";
        String value = "";
        while (true) {
            String line = line();
            if (line == null) {
                return null;
            }
            boolean continues = !line.isEmpty() && BLANK.matches(line.charAt(0));
            if (continues && name.isEmpty()) {
                throw badLine();
            }
            if (continues) {
                value = BLANK.trimFrom(value + " " + BLANK.trimFrom(line));
                continue;
            }
            if (!name.isEmpty()) {
                headers.add(name, value);
            }
            if (line.isEmpty()) {
                return headers.build();
            }
            name = nameOf(line);
            value = BLANK.trimFrom(line.substring(name.length() + 1));
        }
    }

    private String nameOf(String line) throws Defective {
        int colon = line.indexOf(':');
        if (colon < 1 || colon > limits.name() || !NAME.matchesAllOf(line.substring(0, colon))) {
            throw badLine();
        }
        return line.substring(0, colon);
    }

    /** The next line without its end, or null when that has not arrived. */
    private @Nullable String line() throws Defective {
        int lineStart = at;
        int blockEnd = Math.min(in.limit(), start + limits.block());
        int lineEnd = Math.min(blockEnd, lineStart + limits.line());
        int end = lineStart;
        while (end < lineEnd && in.get(end) != '\n') {
            checkText(end);
            end++;
        }
        if (end == lineEnd) {
            if (lineEnd < in.limit()) {
                throw new Defective(Defect.BAD_HEADER_BLOCK, lineEnd - start);
            }
            return null;
        }
        if (++lines > limits.lines()) {
            throw new Defective(Defect.BAD_HEADER_BLOCK, lineStart - start);
        }
        at = end + 1;
        boolean crLf = end > lineStart && in.get(end - 1) == '\r';
        byte[] text = new byte[end - lineStart - (crLf ? 1 : 0)];
        in.get(lineStart, text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** Text and tabs, and a CR only before the end of its line. */
    private void checkText(int index) throws Defective {
        int c = in.get(index) & 0xFF;
        boolean atEnd = c == '\r' && (index + 1 == in.limit() || in.get(index + 1) == '\n');
        if ((c < ' ' && c != '\t' && !atEnd) || c == 0x7F) {
            throw new Defective(Defect.BAD_HEADER_BLOCK, index - start);
        }
    }

    /** The line just read is none that a block may have. */
    private Defective badLine() {
        return new Defective(Defect.BAD_HEADER_BLOCK, at - start);
    }
}
