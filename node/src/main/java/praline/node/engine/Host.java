package praline.node.engine;

import java.util.random.RandomGenerator;
import praline.protocol.Endpoint;

/**
 * What the world does for one engine. A host never calls its engine from inside these methods: answers are later
 * events.
 *
 * @param <M> what the engine sends by datagram
 */
public interface Host<M> {

    /** Monotonic milliseconds, constant during one event. */
    long now();

    /** This engine's own stream of chance (spec/experiments.md section 0). */
    RandomGenerator random();

    /** Opens a link. The ticket is answered by {@code onLinkOpen} or {@code onDialFailed}, exactly once; never 0. */
    long dial(Endpoint to, LinkPurpose purpose);

    /** Has slow work done elsewhere. The ticket is answered by {@code onJobDone}, exactly once; never 0. */
    long submit(Job job);

    /** Sends one datagram, which may be lost; false: it was dropped here. */
    boolean sendTo(Endpoint to, M datagram);
}
