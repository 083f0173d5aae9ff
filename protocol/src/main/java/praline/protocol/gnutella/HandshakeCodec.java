package praline.protocol.gnutella;

import java.nio.charset.StandardCharsets;

/** Between handshake blocks and bytes (spec/gnutella.md section 2.1). */
public final class HandshakeCodec {

    private static final String CRLF = "\r\n";

    private HandshakeCodec() {}

    static int sizeOf(Handshake handshake) {
        return render(handshake).getBytes(StandardCharsets.UTF_8).length;
    }

    private static String render(Handshake handshake) {
        boolean greeting = handshake.step() == Handshake.Step.GREETING;
        if (handshake.version() == Handshake.Version.V0_4) {
            return greeting ? "GNUTELLA CONNECT/0.4\n\n" : "GNUTELLA OK\n\n";
        }
        StringBuilder text = new StringBuilder();
        text.append(
                greeting ? "GNUTELLA CONNECT/0.6" : "GNUTELLA/0.6 " + handshake.status() + " " + handshake.reason());
        text.append(CRLF);
        for (Headers.Line line : handshake.headers().lines()) {
            text.append(line.name()).append(": ").append(line.value()).append(CRLF);
        }
        return text.append(CRLF).toString();
    }
}
