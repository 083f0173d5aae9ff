package praline.protocol.bittorrent;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;

/**
 * Addresses packed into a string, as trackers and peer exchange write them (BEP 7, 11, 23): address, then port, both in
 * network order; 6 bytes of IPv4 or 18 of IPv6.
 */
final class CompactPeers {

    static final int IPV4_SIZE = 6;
    static final int IPV6_SIZE = 18;

    private CompactPeers() {}

    /**
     * The entries of {@code entrySize} bytes in {@code packed}, with all their ports; an incomplete end is left out.
     */
    static List<Endpoint> read(Bytes packed, int entrySize) {
        int count = packed.size() / entrySize;
        List<Endpoint> peers = new ArrayList<>(count);
        ByteBuffer in = ByteBuffer.wrap(packed.toArray());
        byte[] address = new byte[entrySize - Short.BYTES];
        for (int i = 0; i < count; i++) {
            in.get(address);
            peers.add(Endpoint.of(address, in.getShort() & 0xFFFF));
        }
        return peers;
    }

    /** Those among {@code peers} that are IPv4, packed. */
    static Bytes ipv4(ImmutableList<Endpoint> peers) {
        return packed(peers.stream().filter(Endpoint::isIpv4).toList(), IPV4_SIZE);
    }

    /** Those among {@code peers} that are IPv6, packed. */
    static Bytes ipv6(ImmutableList<Endpoint> peers) {
        return packed(peers.stream().filter(peer -> !peer.isIpv4()).toList(), IPV6_SIZE);
    }

    /** The address alone, 4 or 16 bytes. */
    static Bytes address(Endpoint endpoint) {
        ByteBuffer out = ByteBuffer.allocate(endpoint.isIpv4() ? 4 : 16);
        putAddress(endpoint, out);
        return Bytes.copyOf(out.array());
    }

    static void put(Endpoint endpoint, ByteBuffer out) {
        putAddress(endpoint, out);
        out.putShort((short) endpoint.port());
    }

    private static void putAddress(Endpoint endpoint, ByteBuffer out) {
        if (endpoint.isIpv4()) {
            out.putInt(endpoint.ipv4());
        } else {
            out.putLong(endpoint.high()).putLong(endpoint.low());
        }
    }

    private static Bytes packed(List<Endpoint> peers, int entrySize) {
        ByteBuffer out = ByteBuffer.allocate(peers.size() * entrySize);
        peers.forEach(peer -> put(peer, out));
        return Bytes.copyOf(out.array());
    }
}
