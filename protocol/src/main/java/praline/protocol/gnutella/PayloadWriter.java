package praline.protocol.gnutella;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.Sha1;

/** Writes the fields of one message into a buffer with room for them: the counterpart of {@link PayloadReader}. */
final class PayloadWriter {

    private final ByteBuffer out;
    private final boolean swap;

    PayloadWriter(ByteBuffer out) {
        this.out = out;
        this.swap = out.order() == ByteOrder.BIG_ENDIAN;
    }

    void oneByte(int value) {
        out.put((byte) value);
    }

    void shortLe(int value) {
        out.putShort(swap ? Short.reverseBytes((short) value) : (short) value);
    }

    void shortBe(int value) {
        out.putShort(swap ? (short) value : Short.reverseBytes((short) value));
    }

    void intLe(long value) {
        out.putInt(swap ? Integer.reverseBytes((int) value) : (int) value);
    }

    void intBe(int value) {
        out.putInt(swap ? value : Integer.reverseBytes(value));
    }

    void longLe(long value) {
        out.putLong(swap ? Long.reverseBytes(value) : value);
    }

    void guid(Guid guid) {
        guid.writeTo(out);
    }

    void sha1(Sha1 sha1) {
        sha1.writeTo(out);
    }

    void portThenAddress(Endpoint endpoint) {
        shortLe(endpoint.port());
        intBe(endpoint.ipv4());
    }

    void addressThenPort(Endpoint endpoint) {
        intBe(endpoint.ipv4());
        shortLe(endpoint.port());
    }

    void bytes(Bytes bytes) {
        bytes.writeTo(out);
    }

    void zeroTerminated(Bytes bytes) {
        bytes.writeTo(out);
        out.put((byte) 0);
    }
}
