package praline.lab.sim;

import java.nio.ByteBuffer;
import praline.node.engine.LinkPurpose;
import praline.node.swarm.SwarmFrame;
import praline.node.swarm.SwarmFrame.OwnBlock;
import praline.node.swarm.SwarmFrame.ReceivedBlock;
import praline.node.swarm.SwarmFrame.Said;
import praline.protocol.Decoded;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.PeerCodec;
import praline.protocol.bittorrent.PeerMessage;
import praline.protocol.bittorrent.PeerMessage.PieceHead;

/** BitTorrent's frames. A block that is sent arrives without bytes, as good as its sender. */
public enum SwarmWire implements Wire<SwarmFrame, Void> {
    /** Of a node that sends what it was asked for. */
    HONEST,
    /** Of a node all of whose blocks are wrong, whatever its engine believes. */
    POISONED;

    private static final int SEND_BUDGET = 262_144;

    @Override
    public LinkPurpose purpose() {
        return LinkPurpose.SWARM;
    }

    @Override
    public int wireSize(SwarmFrame frame) {
        return frame.wireSize();
    }

    @Override
    public boolean isControl(SwarmFrame frame) {
        return frame instanceof SwarmFrame.Said;
    }

    @Override
    public int sendBudget() {
        return SEND_BUDGET;
    }

    @Override
    public boolean isPlain() {
        return false;
    }

    @Override
    public SwarmFrame arriving(SwarmFrame frame) {
        return frame instanceof OwnBlock own
                ? new ReceivedBlock(own.piece(), own.begin(), new VirtualBlock(own.length(), this == HONEST))
                : frame;
    }

    /** Of a block only its head becomes bytes: there are no others. */
    @Override
    public SwarmFrame throughBytes(SwarmFrame frame) {
        PeerMessage sent = frame instanceof ReceivedBlock block
                ? new PieceHead(block.piece(), block.begin(), block.block().size())
                : ((Said) frame).message();
        ByteBuffer bytes = ByteBuffer.allocate(sent.wireSize());
        PeerCodec.encode(sent, bytes);
        Decoded<? extends PeerMessage> decoded = sent instanceof PeerMessage.Hello
                ? PeerCodec.decodeHello(bytes.flip())
                : PeerCodec.decode(bytes.flip(), WireLimits.STANDARD);
        if (decoded instanceof Decoded.Complete<? extends PeerMessage> complete
                && complete.message().equals(sent)
                && !bytes.hasRemaining()) {
            return frame instanceof ReceivedBlock ? frame : new Said(complete.message());
        }
        throw new IllegalStateException(frame + " came out of its bytes as " + decoded);
    }
}
