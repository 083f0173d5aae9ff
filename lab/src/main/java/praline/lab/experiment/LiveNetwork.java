package praline.lab.experiment;

import com.google.common.collect.ImmutableMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import praline.node.overlay.OverlayEngine;

/**
 * A network whose nodes run, in whichever world: what an experiment does with it. Used by one thread.
 *
 * <p>It takes its notes in the {@link NetworkNotes} that it was opened with.
 */
public interface LiveNetwork extends AutoCloseable {

    /** Milliseconds since the network was opened, as fine as its clock is. */
    double now();

    /** Enters {@code node}, which lives, and waits for what {@code question} finds out there. */
    <T> T ask(int node, Function<OverlayEngine, T> question);

    /** Ends {@code node} as a killed process ends: its connections break, it says nothing. */
    void kill(int node);

    /**
     * Lets the network live until {@code condition} holds, or until {@code time}.
     *
     * @return whether the condition holds
     */
    boolean liveUntil(BooleanSupplier condition, double time);

    /** How often each limit acted in the hosts of all nodes, by its key; those of the engines not among them. */
    ImmutableMap<String, Long> hostLimitHits();

    @Override
    void close();
}
