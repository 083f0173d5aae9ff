package praline.node.net;

import java.nio.ByteBuffer;
import praline.node.engine.LinkPurpose;
import praline.protocol.Decoded;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.Message;
import praline.protocol.gnutella.OverlayCodec;
import praline.protocol.gnutella.OverlayFrame;

/** The overlay on the node's port: Gnutella's handshake and descriptors, deflated where both ends agreed to. */
final class OverlayLinks implements FrameCodec<OverlayFrame> {

    private final OverlayCodec codec;

    private OverlayLinks(OverlayCodec codec) {
        this.codec = codec;
    }

    static Protocol<OverlayFrame> protocol(HostConfig config) {
        NetLimits.Net limits = config.limits().net();
        WireLimits wire = config.wire();
        long bytesPerSecond = (long) limits.inflow() * NetLimits.Net.rateFactor(config.profile());
        return new Protocol<>(
                LinkPurpose.OVERLAY,
                dialled -> new OverlayLinks(dialled ? OverlayCodec.connector(wire) : OverlayCodec.acceptor(wire)),
                new Protocol.Sending(limits.overlaySendBudget(), "limits.net.overlaySendBudget", 0),
                new Protocol.Receiving(bytesPerSecond, limits.turnBytes(), false));
    }

    @Override
    public void receive(ByteBuffer chunk) {
        codec.receive(chunk);
    }

    @Override
    public Decoded<OverlayFrame> next() {
        return codec.next();
    }

    @Override
    public long plainBytes() {
        return codec.plainBytes();
    }

    @Override
    public int sizeOf(OverlayFrame frame) {
        return frame.wireSize();
    }

    @Override
    public boolean isControl(OverlayFrame frame) {
        return frame instanceof Handshake
                || switch (((Message) frame).type()) {
                    case BYE, QRP, VENDOR, STANDARD_VENDOR -> true;
                    case PING, PONG, PUSH, QUERY, QUERY_HIT, OTHER -> false;
                };
    }

    @Override
    public void send(OverlayFrame frame) {
        codec.send(frame);
    }

    @Override
    public byte[] takeOutgoing() {
        return codec.takeOutgoing();
    }

    @Override
    public int heldBytes() {
        return codec.heldBytes();
    }

    @Override
    public boolean awaitsOpening() {
        return !codec.isOpen();
    }

    @Override
    public void close() {
        codec.close();
    }
}
