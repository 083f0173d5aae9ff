package praline.node.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import praline.node.engine.CloseReason;
import praline.node.engine.DialFailure;
import praline.node.engine.JobResult;
import praline.node.engine.Link;
import praline.node.engine.LinkEngine;
import praline.node.engine.LinkPurpose;
import praline.protocol.Defect;
import praline.protocol.Endpoint;
import praline.protocol.gnutella.Headers;
import praline.protocol.http.RequestHead;
import praline.protocol.http.ResponseHead;

/** Asks a node for files by hand, and keeps what comes. */
final class Asker implements LinkEngine<TransferFrame> {

    private final WorldNode node;
    private @Nullable Link<TransferFrame> link;

    final List<ResponseHead> heads = new ArrayList<>();

    /** Bodies that were no files. */
    final List<String> said = new ArrayList<>();

    /** Bytes of files, in all. */
    long received;

    /** Where the last part began in the file. */
    long lastOffset = -1;

    @Nullable
    CloseReason closed;

    Asker(WorldNode node) {
        this.node = node;
    }

    static Asker at(WorldNode node, Endpoint target) {
        Asker asker = node.install(new Asker(node));
        long ticket = node.dial(target, LinkPurpose.TRANSFER);
        assert ticket != 0;
        return asker;
    }

    boolean isOpen() {
        return link != null && closed == null;
    }

    Link<TransferFrame> link() {
        return Optional.ofNullable(link).orElseThrow();
    }

    void ask(String target, String... headers) {
        ask(RequestHead.Method.GET, target, headers);
    }

    void ask(RequestHead.Method method, String target, String... headers) {
        Headers.Builder all = Headers.builder().add("Host", "10.0.0.1:6346");
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1]);
        }
        send(new RequestHead(method, target, 1, all.build()));
    }

    void send(RequestHead head) {
        if (!link().send(new TransferFrame.Request(head))) {
            throw new AssertionError("the link takes no request");
        }
    }

    ResponseHead lastHead() {
        return heads.get(heads.size() - 1);
    }

    String header(String name) {
        return lastHead().headers().get(name).orElse("");
    }

    @Override
    public void onLinkOpen(Link<TransferFrame> newLink, long ticket) {
        link = newLink;
    }

    @Override
    public void onMessage(Link<TransferFrame> from, TransferFrame frame) {
        if (frame instanceof TransferFrame.Response response) {
            heads.add(response.head());
        } else if (frame instanceof TransferFrame.ReceivedPart part) {
            received += part.block().size();
            lastOffset = ((WorldBlock) part.block()).offset();
            part.block().release();
        } else if (frame instanceof TransferFrame.Said body) {
            said.add(body.content().utf8());
        }
    }

    @Override
    public void onLinkClosed(Link<TransferFrame> from, CloseReason why) {
        closed = why;
    }

    @Override
    public void onStart() {}

    @Override
    public void onDialFailed(long ticket, DialFailure why) {
        throw new AssertionError(node.endpoint + " cannot dial: " + why);
    }

    @Override
    public void onDefect(Link<TransferFrame> from, Defect defect) {}

    @Override
    public void onWritable(Link<TransferFrame> from) {}

    @Override
    public void onJobDone(long ticket, JobResult result) {}

    @Override
    public void onWake() {}

    @Override
    public long nextWake() {
        return Long.MAX_VALUE;
    }
}
