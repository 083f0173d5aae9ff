package praline.lab.sim;

import java.nio.ByteBuffer;
import praline.node.engine.LinkPurpose;
import praline.protocol.Decoded;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.GnutellaCodec;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.HandshakeCodec;
import praline.protocol.gnutella.Message;
import praline.protocol.gnutella.MessageType;
import praline.protocol.gnutella.OverlayFrame;

/** Gnutella's frames: handshake blocks and descriptors. */
public enum OverlayWire implements Wire<OverlayFrame, Message> {
    INSTANCE;

    private static final int SEND_BUDGET = 98_304;

    @Override
    public LinkPurpose purpose() {
        return LinkPurpose.OVERLAY;
    }

    @Override
    public int wireSize(OverlayFrame frame) {
        return frame.wireSize();
    }

    @Override
    public boolean isControl(OverlayFrame frame) {
        return !(frame instanceof Message message) || isControl(message.type());
    }

    private static boolean isControl(MessageType type) {
        return switch (type) {
            case BYE, QRP, VENDOR, STANDARD_VENDOR -> true;
            case PING, PONG, QUERY, QUERY_HIT, PUSH, OTHER -> false;
        };
    }

    @Override
    public int sendBudget() {
        return SEND_BUDGET;
    }

    @Override
    public OverlayFrame throughBytes(OverlayFrame frame) {
        ByteBuffer bytes = ByteBuffer.allocate(frame.wireSize());
        Decoded<? extends OverlayFrame> decoded;
        if (frame instanceof Handshake handshake) {
            HandshakeCodec.encode(handshake, bytes);
            decoded = HandshakeCodec.decode(bytes.flip(), WireLimits.STANDARD);
        } else {
            GnutellaCodec.encode((Message) frame, bytes);
            decoded = GnutellaCodec.decode(bytes.flip(), WireLimits.STANDARD);
        }
        if (decoded instanceof Decoded.Complete<? extends OverlayFrame> complete
                && complete.message().equals(frame)
                && !bytes.hasRemaining()) {
            return complete.message();
        }
        throw new IllegalStateException(frame + " came out of its bytes as " + decoded);
    }
}
