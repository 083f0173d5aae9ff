package praline.node.net;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import praline.node.engine.CloseReason;
import praline.node.engine.DialFailure;
import praline.node.engine.JobResult;
import praline.node.engine.Link;
import praline.node.engine.LinkEngine;
import praline.node.swarm.SwarmFrame;
import praline.node.swarm.SwarmFrame.Said;
import praline.protocol.Bytes;
import praline.protocol.Defect;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.PeerMessage.Hello;

/**
 * A swarm engine without policy: it says hello, writes down what happens to it, and does what its test tells it. The
 * event loop writes, the test reads.
 */
final class SwarmPeer implements LinkEngine<SwarmFrame> {

    static final Sha1 TORRENT = Sha1.digestOf(new byte[] {7});

    /** What happened, in order: one line each. */
    final List<String> events = new CopyOnWriteArrayList<>();

    /** Links on which the other end has said hello. */
    final List<Link<SwarmFrame>> joined = new CopyOnWriteArrayList<>();

    final List<JobResult> results = new CopyOnWriteArrayList<>();

    volatile BiConsumer<Link<SwarmFrame>, SwarmFrame> onFrame = (link, frame) -> {};
    volatile Consumer<Link<SwarmFrame>> onJoined = link -> {};
    volatile Consumer<Link<SwarmFrame>> onWritable = link -> {};
    volatile Consumer<JobResult> onResult = result -> {};

    static Hello hello() {
        return new Hello(Hello.OURS, TORRENT, Bytes.ofUtf8("-XX0000-123456789012"));
    }

    @Override
    public void onStart() {
        events.add("start");
    }

    @Override
    public void onLinkOpen(Link<SwarmFrame> link, long ticket) {
        events.add("open");
        if (!link.send(new Said(hello()))) {
            throw new IllegalStateException("no room for a hello");
        }
    }

    @Override
    public void onDialFailed(long ticket, DialFailure why) {
        events.add("failed " + why);
    }

    @Override
    public void onMessage(Link<SwarmFrame> link, SwarmFrame frame) {
        if (frame instanceof Said said && said.message() instanceof Hello) {
            joined.add(link);
            onJoined.accept(link);
        } else {
            onFrame.accept(link, frame);
        }
    }

    @Override
    public void onDefect(Link<SwarmFrame> link, Defect defect) {
        events.add("defect " + defect);
    }

    @Override
    public void onWritable(Link<SwarmFrame> link) {
        onWritable.accept(link);
    }

    @Override
    public void onLinkClosed(Link<SwarmFrame> link, CloseReason why) {
        events.add("closed " + why);
        joined.remove(link);
    }

    @Override
    public void onJobDone(long ticket, JobResult result) {
        results.add(result);
        onResult.accept(result);
    }

    @Override
    public void onWake() {
        throw new IllegalStateException("nobody wanted to be woken");
    }

    @Override
    public long nextWake() {
        return Long.MAX_VALUE;
    }
}
