package praline.protocol.gnutella;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import praline.protocol.Bytes;
import praline.protocol.Defect;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.Sha1;

/**
 * Reads the fields of one message out of a buffer and alone checks that they are there: width and byte order are in the
 * method's name, and whoever reads beyond the end gets {@link Defect#TRUNCATED}.
 */
final class PayloadReader {

    private final ByteBuffer in;
    private final int start;
    private final int end;
    private final boolean swap;

    /**
     * Reads what follows the position of {@code in}, up to the absolute index {@code end}; offsets count from
     * {@code start}.
     */
    PayloadReader(ByteBuffer in, int start, int end) {
        this.in = in;
        this.start = start;
        this.end = end;
        this.swap = in.order() == ByteOrder.BIG_ENDIAN;
    }

    int remaining() {
        return end - in.position();
    }

    int offset() {
        return in.position() - start;
    }

    int unsignedByte() throws Defective {
        need(1);
        return in.get() & 0xFF;
    }

    /** The next byte, which stays. */
    int peekUnsignedByte() throws Defective {
        need(1);
        return in.get(in.position()) & 0xFF;
    }

    int unsignedShortLe() throws Defective {
        need(2);
        return (swap ? Short.reverseBytes(in.getShort()) : in.getShort()) & 0xFFFF;
    }

    int unsignedShortBe() throws Defective {
        need(2);
        return (swap ? in.getShort() : Short.reverseBytes(in.getShort())) & 0xFFFF;
    }

    long unsignedIntLe() throws Defective {
        need(4);
        return Integer.toUnsignedLong(swap ? Integer.reverseBytes(in.getInt()) : in.getInt());
    }

    int intBe() throws Defective {
        need(4);
        return swap ? in.getInt() : Integer.reverseBytes(in.getInt());
    }

    long longLe() throws Defective {
        need(8);
        return swap ? Long.reverseBytes(in.getLong()) : in.getLong();
    }

    Guid guid() throws Defective {
        need(Guid.SIZE);
        return Guid.read(in);
    }

    Sha1 sha1() throws Defective {
        need(Sha1.SIZE);
        return Sha1.read(in);
    }

    /** Port (LE), then IPv4 address (BE), as pongs and hits write them. */
    Endpoint portThenAddress() throws Defective {
        int port = unsignedShortLe();
        return Endpoint.ofIpv4(intBe(), port);
    }

    /** IPv4 address (BE), then port (LE), as pushes write them. */
    Endpoint addressThenPort() throws Defective {
        int address = intBe();
        return Endpoint.ofIpv4(address, unsignedShortLe());
    }

    Bytes bytes(int size) throws Defective {
        need(size);
        return Bytes.read(in, size);
    }

    /** The bytes up to the next zero, which is taken and left out. */
    Bytes untilZero() throws Defective {
        int from = in.position();
        int zero = from;
        while (zero < end && in.get(zero) != 0) {
            zero++;
        }
        if (zero == end) {
            throw new Defective(Defect.TRUNCATED, end - start);
        }
        Bytes bytes = Bytes.read(in, zero - from);
        in.position(zero + 1);
        return bytes;
    }

    Bytes rest() {
        return Bytes.read(in, remaining());
    }

    void needEnd() throws Defective {
        if (remaining() > 0) {
            throw defective(Defect.TRAILING_BYTES);
        }
    }

    /** A defect of what comes next. */
    Defective defective(Defect defect) {
        return new Defective(defect, offset());
    }

    private void need(int size) throws Defective {
        if (size > remaining()) {
            throw defective(Defect.TRUNCATED);
        }
    }
}
