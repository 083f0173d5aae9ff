package praline.protocol;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import com.google.errorprone.annotations.Immutable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Where a node listens: an IP address and a port, 0..65535. An IPv4 address is kept in its IPv6 form
 * ({@code ::ffff:a.b.c.d}), so that the two spellings of one address are equal.
 */
@Immutable
public record Endpoint(long high, long low, int port) implements Comparable<Endpoint> {

    private static final long MAPPED_PREFIX = 0x0000_FFFF_0000_0000L;
    private static final long MAPPED_MASK = 0xFFFF_FFFF_0000_0000L;

    public Endpoint {
        if (port < 0 || port > 0xFFFF) {
            throw new IllegalArgumentException("a port lies in 0..65535, not " + port);
        }
    }

    /** {@code ipv4} in network order: 127.0.0.1 is 0x7F000001. */
    public static Endpoint ofIpv4(int ipv4, int port) {
        return new Endpoint(0, MAPPED_PREFIX | Integer.toUnsignedLong(ipv4), port);
    }

    /** {@code address} of 4 or 16 bytes in network order. */
    public static Endpoint of(byte[] address, int port) {
        ByteBuffer bytes = ByteBuffer.wrap(address);
        return switch (address.length) {
            case 4 -> ofIpv4(bytes.getInt(), port);
            case 16 -> new Endpoint(bytes.getLong(), bytes.getLong(), port);
            default -> throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + address.length);
        };
    }

    /** Reads {@code 192.0.2.1:6346} or {@code [2001:db8::1]:6346}; names are not resolved. Empty for anything else. */
    public static Optional<Endpoint> parse(String text) {
        HostAndPort parts;
        try {
            parts = HostAndPort.fromString(text.strip());
        } catch (IllegalArgumentException notAnEndpoint) {
            return Optional.empty();
        }
        if (!parts.hasPort() || !InetAddresses.isInetAddress(parts.getHost())) {
            return Optional.empty();
        }
        return Optional.of(of(InetAddresses.forString(parts.getHost()).getAddress(), parts.getPort()));
    }

    public boolean isIpv4() {
        return high == 0 && (low & MAPPED_MASK) == MAPPED_PREFIX;
    }

    /** The IPv4 address in network order; 0 for an IPv6 address. */
    public int ipv4() {
        return isIpv4() ? (int) low : 0;
    }

    public Endpoint withPort(int newPort) {
        return new Endpoint(high, low, newPort);
    }

    /** Whether {@code other} has the same address, whatever the ports. */
    public boolean sameAddress(Endpoint other) {
        return high == other.high && low == other.low;
    }

    /** The address alone, as text: {@code 192.0.2.1} or {@code 2001:db8::1}. */
    public String host() {
        return InetAddresses.toAddrString(address());
    }

    @Override
    public int compareTo(Endpoint other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        if (byHigh != 0) {
            return byHigh;
        }
        int byLow = Long.compareUnsigned(low, other.low);
        return byLow != 0 ? byLow : Integer.compare(port, other.port);
    }

    @Override
    public String toString() {
        return isIpv4() ? host() + ":" + port : "[" + host() + "]:" + port;
    }

    private InetAddress address() {
        if (isIpv4()) {
            return InetAddresses.fromInteger(ipv4());
        }
        try {
            return InetAddress.getByAddress(
                    ByteBuffer.allocate(16).putLong(high).putLong(low).array());
        } catch (UnknownHostException notSixteenBytes) {
            throw new IllegalStateException(notSixteenBytes);
        }
    }
}
