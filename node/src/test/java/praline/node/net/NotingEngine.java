package praline.node.net;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import praline.node.engine.CloseReason;
import praline.node.engine.DialFailure;
import praline.node.engine.JobResult;
import praline.node.engine.Link;
import praline.node.engine.LinkEngine;
import praline.protocol.Defect;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.Headers;
import praline.protocol.gnutella.Message;
import praline.protocol.gnutella.OverlayFrame;

/**
 * An overlay engine without policy: it agrees with every handshake, writes down what happens to it, and does what its
 * test tells it. The event loop writes, the test reads.
 */
final class NotingEngine implements LinkEngine<OverlayFrame> {

    private static final Object WE_DIALLED = "we dialled";

    /** What happened, in order: one line each. */
    final List<String> events = new CopyOnWriteArrayList<>();

    /** Links whose handshake is done. */
    final List<Link<OverlayFrame>> joined = new CopyOnWriteArrayList<>();

    /** Links that are open, in a handshake or behind it. */
    final List<Link<OverlayFrame>> links = new CopyOnWriteArrayList<>();

    final List<CloseReason> ends = new CopyOnWriteArrayList<>();

    volatile BiConsumer<Link<OverlayFrame>, Message> onMessage = (link, message) -> {};
    volatile Consumer<Link<OverlayFrame>> onJoined = link -> {};
    volatile Consumer<Link<OverlayFrame>> onWritable = link -> {};
    volatile Runnable onWake = () -> {};
    volatile LongSupplier nextWake = () -> Long.MAX_VALUE;

    @Override
    public void onStart() {
        events.add("start");
    }

    @Override
    public void onLinkOpen(Link<OverlayFrame> link, long ticket) {
        events.add("open " + ticket);
        links.add(link);
        if (ticket != 0) {
            link.attach(WE_DIALLED);
            say(link, Handshake.greeting(Headers.NONE));
        }
    }

    @Override
    public void onDialFailed(long ticket, DialFailure why) {
        events.add("failed " + ticket + " " + why);
    }

    @Override
    public void onMessage(Link<OverlayFrame> link, OverlayFrame frame) {
        if (frame instanceof Message message) {
            onMessage.accept(link, message);
        } else if (((Handshake) frame).step() == Handshake.Step.GREETING) {
            say(link, Handshake.answer(200, "OK", Headers.NONE));
        } else {
            if (link.attachment() == WE_DIALLED) {
                say(link, Handshake.answer(200, "OK", Headers.NONE));
            }
            joined.add(link);
            onJoined.accept(link);
        }
    }

    @Override
    public void onDefect(Link<OverlayFrame> link, Defect defect) {
        events.add("defect " + defect);
    }

    @Override
    public void onWritable(Link<OverlayFrame> link) {
        onWritable.accept(link);
    }

    @Override
    public void onLinkClosed(Link<OverlayFrame> link, CloseReason why) {
        events.add("closed " + why);
        links.remove(link);
        joined.remove(link);
        ends.add(why);
    }

    @Override
    public void onJobDone(long ticket, JobResult result) {
        events.add("done " + ticket + " " + result);
    }

    @Override
    public void onWake() {
        onWake.run();
    }

    @Override
    public long nextWake() {
        return nextWake.getAsLong();
    }

    private static void say(Link<OverlayFrame> link, OverlayFrame frame) {
        if (!link.send(frame)) {
            throw new IllegalStateException("no room for a handshake");
        }
    }
}
