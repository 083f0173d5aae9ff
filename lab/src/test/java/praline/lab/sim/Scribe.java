package praline.lab.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import praline.node.engine.CloseReason;
import praline.node.engine.DatagramEngine;
import praline.node.engine.DialFailure;
import praline.node.engine.Host;
import praline.node.engine.JobResult;
import praline.node.engine.Link;
import praline.node.engine.LinkEngine;
import praline.node.engine.Timers;
import praline.protocol.Defect;
import praline.protocol.Endpoint;

/** An engine that writes down what it is told, and when, and does what a test puts into its hands. */
final class Scribe implements LinkEngine<String>, DatagramEngine<String> {

    final List<String> heard = new ArrayList<>();
    final List<Link<String>> links = new ArrayList<>();
    final Host<String> host;
    BiConsumer<Link<String>, String> onMessage = (link, message) -> {};
    Consumer<Link<String>> onOpen = link -> {};
    Consumer<Link<String>> onWritable = link -> {};
    Runnable onWake = () -> {};
    long nextWake = Timers.NEVER;

    Scribe(Host<String> host) {
        this.host = host;
    }

    /** A node with nothing but a scribe, started. */
    static Scribe at(VirtualNode node) {
        Scribe scribe = node.add(TextWire.INSTANCE, Scribe::new);
        node.start();
        return scribe;
    }

    private void write(String what) {
        heard.add(host.now() + " " + what);
    }

    @Override
    public void onStart() {
        write("start");
    }

    @Override
    public void onJobDone(long ticket, JobResult result) {
        write("job " + ticket + " " + result);
    }

    @Override
    public void onWake() {
        write("wake");
        nextWake = Timers.NEVER;
        onWake.run();
    }

    @Override
    public long nextWake() {
        return nextWake;
    }

    @Override
    public void onLinkOpen(Link<String> link, long ticket) {
        write("open " + ticket + " " + link.remote());
        links.add(link);
        onOpen.accept(link);
    }

    @Override
    public void onDialFailed(long ticket, DialFailure why) {
        write("failed " + ticket + " " + why);
    }

    @Override
    public void onMessage(Link<String> link, String message) {
        write(message);
        onMessage.accept(link, message);
    }

    @Override
    public void onDefect(Link<String> link, Defect defect) {
        write("defect " + defect);
    }

    @Override
    public void onWritable(Link<String> link) {
        write("writable");
        onWritable.accept(link);
    }

    @Override
    public void onLinkClosed(Link<String> link, CloseReason why) {
        write("closed " + why);
    }

    @Override
    public void onDatagram(Endpoint from, String message) {
        write(message + " from " + from);
    }
}
