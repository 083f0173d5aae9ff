package praline.node.overlay;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import praline.node.engine.Host;
import praline.node.engine.Job;
import praline.node.engine.LinkPurpose;
import praline.protocol.Endpoint;
import praline.protocol.SplitMix64;
import praline.protocol.gnutella.Message;

/** A host that a test plays by hand: it notes what the engine asks and answers nothing by itself. */
final class HandHost implements Host<Message> {

    /** A dial that the test may answer. */
    record Dial(Endpoint to, LinkPurpose purpose, long ticket) {}

    final List<Dial> dials = new ArrayList<>();
    long now = 1_000;
    private final SplitMix64 random = new SplitMix64(7);
    private long lastTicket;

    @Override
    public long now() {
        return now;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public long dial(Endpoint to, LinkPurpose purpose) {
        dials.add(new Dial(to, purpose, ++lastTicket));
        return lastTicket;
    }

    @Override
    public long submit(Job job) {
        throw new AssertionError("the overlay asks for no jobs");
    }

    @Override
    public boolean sendTo(Endpoint to, Message datagram) {
        throw new AssertionError("the overlay sends no datagrams");
    }

    /** Takes the oldest dial that is not answered yet. */
    Dial takeDial() {
        return dials.remove(0);
    }
}
