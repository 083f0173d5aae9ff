package praline.protocol.bittorrent;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;

/**
 * The pieces that a peer may ask for while it is choked (BEP 6; spec/bittorrent.md 5.8). They follow from the first
 * three bytes of its IPv4 address and the infohash, so that it gains nothing by connecting again, nor by asking others
 * of the same torrent.
 */
public final class AllowedFastSet {

    private static final int NETWORK_MASK = 0xFFFFFF00;

    private AllowedFastSet() {}

    /**
     * The set for {@code peer} as we see it, in the order of its making.
     *
     * @param pieceCount pieces of the torrent, 1 or more
     * @param size how many are wanted; all pieces if there are no more than that, none for a peer with IPv6
     */
    public static ImmutableList<Integer> of(Endpoint peer, Sha1 infohash, int pieceCount, int size) {
        if (!peer.isIpv4()) {
            return ImmutableList.of();
        }
        int wanted = Math.min(size, pieceCount);
        Set<Integer> pieces = new LinkedHashSet<>();
        ByteBuffer seed = ByteBuffer.allocate(Integer.BYTES + Sha1.SIZE).putInt(peer.ipv4() & NETWORK_MASK);
        infohash.writeTo(seed);
        byte[] state = seed.array();
        while (pieces.size() < wanted) {
            state = Sha1.newDigest().digest(state);
            ByteBuffer words = ByteBuffer.wrap(state);
            while (words.hasRemaining() && pieces.size() < wanted) {
                pieces.add(Integer.remainderUnsigned(words.getInt(), pieceCount));
            }
        }
        return ImmutableList.copyOf(pieces);
    }
}
