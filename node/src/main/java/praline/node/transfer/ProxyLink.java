package praline.node.transfer;

import org.jspecify.annotations.Nullable;
import praline.node.engine.Block;
import praline.node.engine.CloseReason;
import praline.node.engine.Link;
import praline.protocol.Endpoint;
import praline.protocol.gnutella.Headers;
import praline.protocol.http.PushProxyAsk;
import praline.protocol.http.RequestHead;
import praline.protocol.http.ResponseHead;

/**
 * One question to a push proxy: whether it passes a push on (spec/gnutella-download.md section 9). Tells the answer
 * once, unless it is closed before.
 */
final class ProxyLink implements AskingLink {

    private static final int ACCEPTED = 202;
    /** It goes through the network. */
    private static final int ACCEPTED_AFAR = 203;

    private static final int FINAL_STATUS_MIN = 200;

    /** Hears the answer. */
    interface Asker {
        void onAnswer(boolean passesOn);
    }

    final Endpoint proxy;
    private final PushProxyAsk ask;
    private final Endpoint here;
    private final Context context;
    private final Asker asker;
    private @Nullable Link<TransferFrame> link;
    private boolean isOver;

    /** @param here where the sharer shall call */
    ProxyLink(Endpoint proxy, PushProxyAsk ask, Endpoint here, Context context, Asker asker) {
        this.proxy = proxy;
        this.ask = ask;
        this.here = here;
        this.context = context;
        this.asker = asker;
    }

    void onOpen(Link<TransferFrame> opened) {
        if (isOver) {
            opened.close(CloseReason.FINISHED);
            return;
        }
        link = opened;
        opened.attach(this);
        Headers.Builder headers = Headers.builder()
                .add("Host", proxy.toString())
                .add("User-Agent", Requests.AGENT)
                .add("X-Node", here.toString())
                .add("Connection", "close");
        RequestHead head = new RequestHead(RequestHead.Method.GET, ask.target(), 1, headers.build());
        if (!context.send(opened, new TransferFrame.Request(head))) {
            answer(false);
        }
    }

    void onDialFailed() {
        answer(false);
    }

    @Override
    public void onResponse(ResponseHead head) {
        if (head.status() >= FINAL_STATUS_MIN) {
            answer(head.status() == ACCEPTED || head.status() == ACCEPTED_AFAR);
        }
    }

    @Override
    public void onBlock(Block block) {
        block.release();
    }

    @Override
    public void onDefect() {
        answer(false);
    }

    @Override
    public void onClosed() {
        link = null;
        answer(false);
    }

    /** Nobody wants to know any more. */
    void close() {
        isOver = true;
        Link<TransferFrame> open = link;
        link = null;
        if (open != null) {
            open.attach(null);
            open.close(CloseReason.FINISHED);
        }
    }

    private void answer(boolean passesOn) {
        if (!isOver) {
            close();
            asker.onAnswer(passesOn);
        }
    }
}
