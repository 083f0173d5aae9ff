package praline.node.swarm;

import java.util.Optional;
import praline.protocol.Bytes;
import praline.protocol.bittorrent.PeerMessage;

/**
 * Gives an info dictionary to one peer, block by block (BEP 9). Nobody needs a block more often than three times, in
 * which two were lost to a mistake; whoever goes on asking is refused (spec/bittorrent.md section 5.9).
 */
final class MetadataService {

    private static final int TIMES_MAX = 3;

    private final Bytes info;
    private int left;

    /** @param info the raw dictionary; all links share it */
    MetadataService(Bytes info) {
        this.info = info;
        this.left = TIMES_MAX * blockCount(info.size());
    }

    /** How many blocks a dictionary of {@code size} bytes has. */
    static int blockCount(int size) {
        return (size + PeerMessage.BLOCK - 1) / PeerMessage.BLOCK;
    }

    /** The block to answer with; empty: the request is to be rejected. */
    Optional<Bytes> piece(int index) {
        if (index < 0 || index >= blockCount(info.size()) || left == 0) {
            return Optional.empty();
        }
        left--;
        int begin = index * PeerMessage.BLOCK;
        return Optional.of(info.slice(begin, Math.min(begin + PeerMessage.BLOCK, info.size())));
    }

    /** Bytes of the whole dictionary. */
    int size() {
        return info.size();
    }
}
