package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Block;
import praline.protocol.Endpoint;
import praline.protocol.bittorrent.PeerMessage;

/**
 * A piece that is being fetched: which of its blocks are asked for, and those that have come. They are kept in memory
 * until the piece is whole, so that no byte reaches the disk that was not verified.
 */
final class PartialPiece {

    final int index;
    /** Bytes. */
    final int size;

    /** Only this peer may be asked: whoever is under suspicion answers for whole pieces (spec/hardening.md S3). */
    final @Nullable Peer exclusive;

    private final byte[] asked;
    private final @Nullable Block[] blocks;
    private final @Nullable Endpoint[] senders;
    private int unasked;
    private int missing;

    PartialPiece(int index, int size, @Nullable Peer exclusive) {
        this.index = index;
        this.size = size;
        this.exclusive = exclusive;
        int count = (size + PeerMessage.BLOCK - 1) / PeerMessage.BLOCK;
        this.asked = new byte[count];
        this.blocks = new Block[count];
        this.senders = new Endpoint[count];
        this.unasked = count;
        this.missing = count;
    }

    int blockCount() {
        return blocks.length;
    }

    /** Blocks that nobody is asked for and that have not come. */
    int unasked() {
        return unasked;
    }

    /** Blocks that have not come. */
    int missing() {
        return missing;
    }

    int blockSize(int block) {
        return Math.min(PeerMessage.BLOCK, size - block * PeerMessage.BLOCK);
    }

    boolean hasArrived(int block) {
        return blocks[block] != null;
    }

    /** How many peers are asked for a block. */
    int asked(int block) {
        return asked[block];
    }

    /** A block that nobody is asked for; -1: there is none. */
    int nextUnasked() {
        for (int block = 0; block < blocks.length && unasked > 0; block++) {
            if (asked[block] == 0 && blocks[block] == null) {
                return block;
            }
        }
        return -1;
    }

    void ask(int block) {
        if (asked[block]++ == 0 && blocks[block] == null) {
            unasked--;
        }
    }

    /** One peer less is asked for a block. */
    void unask(int block) {
        if (--asked[block] == 0 && blocks[block] == null) {
            unasked++;
        }
    }

    /** Takes a block over; false: it was there already, and stays the caller's. */
    boolean arrive(int block, Block content, Endpoint sender) {
        if (blocks[block] != null) {
            return false;
        }
        if (asked[block] == 0) {
            unasked--;
        }
        blocks[block] = content;
        senders[block] = sender;
        missing--;
        return true;
    }

    boolean isWhole() {
        return missing == 0;
    }

    /** Hands all blocks over; the piece is not used afterwards. */
    ImmutableList<Block> takeBlocks() {
        ImmutableList.Builder<Block> all = ImmutableList.builderWithExpectedSize(blocks.length);
        for (Block block : blocks) {
            if (block != null) {
                all.add(block);
            }
        }
        Arrays.fill(blocks, null);
        return all.build();
    }

    /** Who sent each block of a whole piece. */
    ImmutableList<Endpoint> senders() {
        ImmutableList.Builder<Endpoint> all = ImmutableList.builderWithExpectedSize(senders.length);
        for (Endpoint sender : senders) {
            if (sender != null) {
                all.add(sender);
            }
        }
        return all.build();
    }

    /** Bytes that have come. */
    int held() {
        int held = 0;
        for (Block block : blocks) {
            held += block == null ? 0 : block.size();
        }
        return held;
    }
}
