package praline.lab.sim;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Host;
import praline.node.engine.Job;
import praline.node.engine.LinkEngine;
import praline.node.engine.LinkPurpose;
import praline.node.engine.Timers;
import praline.protocol.Endpoint;
import praline.protocol.SplitMix64;

/**
 * What the virtual world is for one engine of one node.
 *
 * @param <M> what goes over the engine's links
 * @param <D> what it sends by datagram
 */
final class VirtualHost<M, D> implements Host<D> {

    final Simulation simulation;
    final Network network;
    final VirtualNode node;
    /** That of the node, here to be at hand. */
    final int number;

    final Wire<M, D> wire;
    /** Whether messages arrive on the wire as they were sent. */
    final boolean isPlain;

    /** The next engine of the same node. */
    final @Nullable VirtualHost<?, ?> sibling;

    private @Nullable LinkEngine<M> engine;
    private @Nullable SplitMix64 random;
    private @Nullable VirtualLink<M> links;
    private int tickets;
    private boolean isAlone = true;
    /** The deadline that was asked for last since the node was woken. */
    private long askedWake = Timers.NEVER;

    VirtualHost(Simulation simulation, VirtualNode node, Wire<M, D> wire, @Nullable VirtualHost<?, ?> sibling) {
        this.simulation = simulation;
        this.network = simulation.network();
        this.node = node;
        this.number = node.number();
        this.wire = wire;
        this.isPlain = wire.isPlain();
        this.sibling = sibling;
    }

    void serve(LinkEngine<M> newEngine) {
        engine = newEngine;
    }

    LinkEngine<M> engine() {
        LinkEngine<M> present = engine;
        if (present == null) {
            throw new IllegalStateException("the engine is still being made");
        }
        return present;
    }

    /** The node has another engine beside this one. */
    void share() {
        isAlone = false;
    }

    /** When some engine of this node wants to be woken. */
    long nextWake() {
        return isAlone ? engine().nextWake() : node.nextWake();
    }

    /**
     * Whether the node's deadline {@code wake} is another one than when this was asked last, so that the queue must
     * know.
     */
    boolean isNews(long wake) {
        boolean isNew = wake != askedWake;
        askedWake = wake;
        return isNew;
    }

    /** The node is woken: whatever was asked for is spent. */
    void forgetNews() {
        askedWake = Timers.NEVER;
    }

    /** The number that this engine's stream gives next; 0 as long as it has drawn nothing. */
    long nextRandom() {
        return random == null ? 0 : random.peek();
    }

    void add(VirtualLink<M> link) {
        link.next = links;
        if (links != null) {
            links.previous = link;
        }
        links = link;
    }

    void remove(VirtualLink<M> link) {
        if (link.previous == null) {
            links = link.next;
        } else {
            link.previous.next = link.next;
        }
        if (link.next != null) {
            link.next.previous = link.previous;
        }
        link.next = null;
        link.previous = null;
    }

    /** The youngest of the engine's links; the others follow by {@link VirtualLink#next}. */
    @Nullable
    VirtualLink<M> links() {
        return links;
    }

    @Override
    public long now() {
        return simulation.now();
    }

    @Override
    public RandomGenerator random() {
        if (random == null) {
            random = SplitMix64.engineStream(
                    simulation.config().seed(), number, wire.purpose().ordinal());
        }
        return random;
    }

    @Override
    public long dial(Endpoint to, LinkPurpose purpose) {
        if (purpose != wire.purpose() && purpose != LinkPurpose.PROBE) {
            throw new IllegalArgumentException("an engine for " + wire.purpose() + " dials for " + purpose);
        }
        network.dial(this, to, purpose, ++tickets);
        return tickets;
    }

    @Override
    public long submit(Job job) {
        return node.submit(this, job, ++tickets);
    }

    @Override
    public boolean sendTo(Endpoint to, D datagram) {
        network.sendTo(this, to, datagram);
        return true;
    }
}
