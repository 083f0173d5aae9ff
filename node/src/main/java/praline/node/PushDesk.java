package praline.node;

import org.jspecify.annotations.Nullable;
import praline.node.overlay.OverlayEngine;
import praline.node.transfer.PushPort;
import praline.node.transfer.TransferEngine;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.gnutella.Push;
import praline.protocol.http.Giv;

/** Stands between the overlay, which carries pushes, and the transfer, which sends and answers them. */
final class PushDesk implements PushPort {

    /** Nobody relies on the name in a GIV line, and gtk-gnutella says this one, too. */
    private static final Bytes ANY_FILE = Bytes.ofUtf8("file");

    private @Nullable OverlayEngine overlay;
    private @Nullable TransferEngine transfer;

    void attach(OverlayEngine carrier, TransferEngine asker) {
        overlay = carrier;
        transfer = asker;
    }

    /** Somebody asks this node to dial it. */
    void onPush(Push push) {
        known(transfer).answerPush(new Giv(push.index(), push.servent(), ANY_FILE), push.endpoint());
    }

    @Override
    public Endpoint here(Endpoint listening) {
        return known(overlay).here();
    }

    @Override
    public boolean push(Guid sharer, long index, int ttl) {
        return known(overlay).push(sharer, index, ttl);
    }

    @Override
    public boolean proxy(Guid sharer, long index, Endpoint requester) {
        return known(overlay).proxyPush(sharer, index, requester);
    }

    private static <T> T known(@Nullable T engine) {
        if (engine == null) {
            throw new IllegalStateException("the node is not complete yet");
        }
        return engine;
    }
}
