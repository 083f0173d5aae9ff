package praline.node.swarm;

import praline.node.engine.Block;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.PeerMessage;

/** What goes over one link of a swarm: the messages of BitTorrent, with the data of a piece apart from its head. */
public sealed interface SwarmFrame {

    /** The exact number of bytes that this frame takes on the wire. */
    int wireSize();

    /** Any message but a piece. */
    record Said(PeerMessage message) implements SwarmFrame {
        @Override
        public int wireSize() {
            return message.wireSize();
        }
    }

    /**
     * A block to be sent: coordinates only. The host reads it when its turn on the socket comes, and cuts the link when
     * it cannot, because the head has promised it.
     */
    record OwnBlock(Sha1 torrent, int piece, int begin, int length) implements SwarmFrame {
        @Override
        public int wireSize() {
            return PeerMessage.PieceHead.SIZE + length;
        }
    }

    /** A block that arrived. Whoever holds the frame owns the block. */
    record ReceivedBlock(int piece, int begin, Block block) implements SwarmFrame {
        @Override
        public int wireSize() {
            return PeerMessage.PieceHead.SIZE + block.size();
        }
    }
}
