package praline.protocol.gnutella;

import java.nio.ByteBuffer;
import praline.protocol.Decoded;
import praline.protocol.WireLimits;

/**
 * Between handshake blocks and bytes (spec/gnutella.md sections 2.1 and 2.10).
 *
 * <pre>
 *   GNUTELLA CONNECT/0.6 CRLF       or   GNUTELLA/0.6 200 OK CRLF       or   GNUTELLA CONNECT/0.4 LF LF
 *   Name: value CRLF                     Name: value CRLF               or   GNUTELLA OK LF LF
 *   CRLF                                 CRLF
 * </pre>
 *
 * <p>Text is ISO-8859-1, one byte a character: so any byte survives, and a block in the form above encodes to the same
 * bytes. Other forms are read too, but not written: lines that end with a bare LF, continued lines, spaces around
 * values, versions above 0.6.
 */
public final class HandshakeCodec {

    static final String GREETING_0_6 = "GNUTELLA CONNECT/0.6";
    static final String ANSWER_0_6 = "GNUTELLA/0.6 ";
    static final String GREETING_0_4 = "GNUTELLA CONNECT/0.4";
    static final String ANSWER_0_4 = "GNUTELLA OK";

    private static final String CRLF = "\r\n";
    private static final String SEPARATOR = ": ";
    private static final int STATUS_DIGITS = 3;

    private HandshakeCodec() {}

    /**
     * Takes the next block out of {@code in}. With too few bytes, or when they are no block within {@code limits},
     * {@code in} stays as it was. Junk is refused as early as its first bytes tell.
     */
    public static Decoded<Handshake> decode(ByteBuffer in, WireLimits limits) {
        HandshakeReader reader = new HandshakeReader(in, limits.handshake());
        try {
            Handshake handshake = reader.read();
            if (handshake == null) {
                return new Decoded.Partial<>(1);
            }
            in.position(reader.end());
            return new Decoded.Complete<>(handshake);
        } catch (Defective e) {
            return new Decoded.Fatal<>(e.defect, e.offset);
        }
    }

    /** Writes {@code handshake} into {@code out}, which must have room for its {@link Handshake#wireSize()} bytes. */
    public static void encode(Handshake handshake, ByteBuffer out) {
        if (handshake.version() == Handshake.Version.V0_4) {
            write(firstLine(handshake) + "\n\n", out);
            return;
        }
        write(firstLine(handshake), out);
        write(CRLF, out);
        for (Headers.Line line : handshake.headers().lines()) {
            write(line.name(), out);
            write(SEPARATOR, out);
            write(line.value(), out);
            write(CRLF, out);
        }
        write(CRLF, out);
    }

    static int sizeOf(Handshake handshake) {
        if (handshake.version() == Handshake.Version.V0_4) {
            return firstLine(handshake).length() + 2;
        }
        int size = firstLineSize(handshake) + 2 * CRLF.length();
        for (Headers.Line line : handshake.headers().lines()) {
            size += line.name().length() + SEPARATOR.length() + line.value().length() + CRLF.length();
        }
        return size;
    }

    private static String firstLine(Handshake handshake) {
        boolean greeting = handshake.step() == Handshake.Step.GREETING;
        if (handshake.version() == Handshake.Version.V0_4) {
            return greeting ? GREETING_0_4 : ANSWER_0_4;
        }
        if (greeting) {
            return GREETING_0_6;
        }
        String status = ANSWER_0_6 + handshake.status();
        return handshake.reason().isEmpty() ? status : status + " " + handshake.reason();
    }

    private static int firstLineSize(Handshake handshake) {
        if (handshake.step() == Handshake.Step.GREETING) {
            return GREETING_0_6.length();
        }
        int reasonSize = handshake.reason().length();
        return ANSWER_0_6.length() + STATUS_DIGITS + (reasonSize == 0 ? 0 : 1 + reasonSize);
    }

    private static void write(String text, ByteBuffer out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.put((byte) (c > 0xFF ? '?' : c));
        }
    }
}
