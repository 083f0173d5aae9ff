package praline.node.overlay;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import praline.node.engine.CloseReason;
import praline.node.engine.Link;
import praline.protocol.Endpoint;
import praline.protocol.gnutella.OverlayFrame;

/** One end of a link whose other end is a test: keeps what was sent, has the room that the test gives it. */
final class HandLink implements Link<OverlayFrame> {

    final List<OverlayFrame> sent = new ArrayList<>();
    int room = 98_304;

    @Nullable
    CloseReason closed;

    private final Endpoint remote;
    private @Nullable Object attachment;

    HandLink(String remote) {
        this.remote = Endpoint.parse(remote).orElseThrow();
    }

    @Override
    public Endpoint remote() {
        return remote;
    }

    @Override
    public int room() {
        return room;
    }

    @Override
    public boolean send(OverlayFrame message) {
        if (closed != null) {
            return false;
        }
        sent.add(message);
        return true;
    }

    @Override
    public void read(boolean on) {}

    @Override
    public void close(CloseReason why) {
        closed = why;
    }

    @Override
    public @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void attach(@Nullable Object state) {
        attachment = state;
    }

    /** What was sent since the last call, of one kind. */
    <T extends OverlayFrame> List<T> take(Class<T> kind) {
        List<T> taken = sent.stream().filter(kind::isInstance).map(kind::cast).toList();
        sent.clear();
        return taken;
    }
}
