package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Iterables;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Endpoint;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.HandshakeCodec;
import praline.protocol.gnutella.OverlayCodec;
import praline.protocol.gnutella.OverlayFrame;

/**
 * A servent of which only the recorded bytes are left, linked with an engine on a {@link Stage}: its bytes reach the
 * engine through the codec of a real link, and what the engine says comes back as bytes, which another codec reads.
 */
final class RecordedPeer {

    final HandLink link;

    /** All that the engine said, read from its bytes. */
    final List<OverlayFrame> heard = new ArrayList<>();

    private final Stage stage;
    private final OverlayCodec ours;
    private final OverlayCodec theirs;
    private Bytes bytesHeard = Bytes.EMPTY;

    private RecordedPeer(Stage stage, HandLink link, OverlayCodec ours, OverlayCodec theirs) {
        this.stage = stage;
        this.link = link;
        this.ours = ours;
        this.theirs = theirs;
    }

    /** Somebody who dials the engine from {@code address}. */
    static RecordedPeer dialling(Stage stage, String address) {
        RecordedPeer peer = new RecordedPeer(
                stage,
                new HandLink(address),
                OverlayCodec.acceptor(WireLimits.STANDARD),
                OverlayCodec.connector(WireLimits.STANDARD));
        stage.engine.onLinkOpen(peer.link, 0);
        return peer;
    }

    /** Somebody at {@code address} whom the engine dials; it has greeted. */
    static RecordedPeer dialled(Stage stage, String address) {
        RecordedPeer peer = new RecordedPeer(
                stage,
                new HandLink(address),
                OverlayCodec.connector(WireLimits.STANDARD),
                OverlayCodec.acceptor(WireLimits.STANDARD));
        stage.engine.connect(Endpoint.parse(address).orElseThrow());
        stage.engine.onLinkOpen(peer.link, stage.host.takeDial().ticket());
        peer.listen();
        return peer;
    }

    /** Says a recorded block of the handshake. */
    void shake(Bytes block) {
        Decoded<Handshake> read = HandshakeCodec.decode(ByteBuffer.wrap(block.toArray()), WireLimits.STANDARD);
        theirs.send(((Decoded.Complete<Handshake>) read).message());
        assertThat(Bytes.copyOf(theirs.takeOutgoing())).as("as it was recorded").isEqualTo(block);
        say(block);
    }

    /** Says recorded bytes; the link hands them on in two pieces. */
    void say(Bytes bytes) {
        int half = bytes.size() / 2;
        receive(bytes.slice(0, half));
        receive(bytes.slice(half, bytes.size()));
    }

    /** Forgets what the engine has said until now. */
    void forget() {
        listen();
        heard.clear();
        bytesHeard = Bytes.EMPTY;
    }

    /** Takes in what the engine has said since. */
    void listen() {
        List<OverlayFrame> said = List.copyOf(link.sent);
        link.sent.clear();
        said.forEach(ours::send);
        Bytes bytes = Bytes.copyOf(ours.takeOutgoing());
        bytesHeard = bytesHeard.concat(bytes);
        theirs.receive(ByteBuffer.wrap(bytes.toArray()));
        Decoded<OverlayFrame> next = theirs.next();
        while (next instanceof Decoded.Complete<OverlayFrame> frame) {
            heard.add(frame.message());
            next = theirs.next();
        }
        assertThat(next).as("nothing unreadable is said").isInstanceOf(Decoded.Partial.class);
    }

    /** What was heard of one kind. */
    <T extends OverlayFrame> List<T> heard(Class<T> kind) {
        return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    Handshake lastBlock() {
        return Iterables.getLast(heard(Handshake.class));
    }

    /** The bytes as the engine's link carried them. */
    Bytes bytesHeard() {
        return bytesHeard;
    }

    private void receive(Bytes piece) {
        ours.receive(ByteBuffer.wrap(piece.toArray()));
        while (link.closed == null) {
            Decoded<OverlayFrame> next = ours.next();
            if (next instanceof Decoded.Complete<OverlayFrame> frame) {
                stage.engine.onMessage(link, frame.message());
                listen();
            } else {
                assertThat(next).as("all of it is readable").isInstanceOf(Decoded.Partial.class);
                return;
            }
        }
    }
}
