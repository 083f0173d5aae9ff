package praline.protocol.gnutella;

import com.google.errorprone.annotations.Immutable;

/**
 * One block of the handshake (spec/gnutella.md section 2): the connector greets, the acceptor answers with a status,
 * the connector confirms with a status. The old form of 0.4 has two lines without headers.
 *
 * @param step what the first line is
 * @param version of the protocol that the first line names
 * @param status 100..999 in an answer, 0 in a greeting; an answer of 0.4 is 200
 * @param reason the words behind the status: a stranger's text
 */
@Immutable
public record Handshake(Step step, Version version, int status, String reason, Headers headers)
        implements OverlayFrame {

    public Handshake {
        if (!Headers.isValue(reason)) {
            throw new IllegalArgumentException("no words for a status: " + reason);
        }
    }

    /** Which first line a block has. */
    public enum Step {
        /** {@code GNUTELLA CONNECT/0.6} */
        GREETING,
        /** {@code GNUTELLA/0.6 200 OK} */
        ANSWER
    }

    /** Protocol versions that a handshake can speak. */
    public enum Version {
        V0_4,
        V0_6
    }

    public static Handshake greeting(Headers headers) {
        return new Handshake(Step.GREETING, Version.V0_6, 0, "", headers);
    }

    public static Handshake answer(int status, String reason, Headers headers) {
        return new Handshake(Step.ANSWER, Version.V0_6, status, reason, headers);
    }

    /** Whether this is an answer that agrees: any 2xx but 204, with which a shielded leaf refuses. */
    public boolean agrees() {
        return step == Step.ANSWER && status / 100 == 2 && status != 204;
    }

    @Override
    public int wireSize() {
        return HandshakeCodec.sizeOf(this);
    }
}
