package praline.lab.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import praline.lab.sim.Fingerprint.Kind;
import praline.node.engine.LinkEngine;
import praline.protocol.Endpoint;
import praline.protocol.SplitMix64;

/**
 * A network in virtual time: nodes, the links between them, and a clock that jumps from event to event.
 * Single-threaded; many simulations may run beside each other.
 *
 * <p>At one instant messages and answers come first, in order of sending; then nodes are woken whose deadline has come,
 * one by one, each followed by what it caused at once (spec/praline.md section 7). An exception out of an engine ends
 * the run with a {@link SimulationFailure} that names seed, time and node.
 */
public final class Simulation {

    /** The purpose of the stream that delays are drawn from (spec/experiments.md section 0). */
    static final int DELAY_STREAM = 5;

    private static final int ALGORITHM_STREAM = 4;
    private static final int NETWORK_10 = 10 << 24;
    private static final int DEFAULT_NODES_MAX = 1 << 24;
    private static final int PORT = 6_346;
    /** How many messages ahead memory is asked for; 8 to 32 were equally good. */
    private static final int LOOK_AHEAD = 16;

    private final SimulationConfig config;
    private final EventQueue queue = new EventQueue();
    private final WakeQueue wakes = new WakeQueue();
    private final Network network;
    private final List<VirtualNode> nodes = new ArrayList<>();
    private final Fingerprint happened = new Fingerprint();
    private final @Nullable SplitMix64 ties;

    private long now;
    private long events;
    private long actions;

    @SuppressWarnings("UnusedVariable") // what lookAhead read is kept, or the compiler would leave the reading out
    private long sight;

    private @Nullable VirtualNode within;
    private Kind kind = Kind.START;

    public Simulation(SimulationConfig config) {
        this.config = config;
        this.network = new Network(this, queue);
        this.ties = config.permutesTies() ? SplitMix64.stream(config.seed(), ALGORITHM_STREAM) : null;
    }

    public SimulationConfig config() {
        return config;
    }

    /** Milliseconds since the run began. */
    public long now() {
        return now;
    }

    /** How many events engines have had. */
    public long events() {
        return events;
    }

    /** Adds a node at an address of its own in 10/8, port 6346. */
    public VirtualNode addNode() {
        return add(null);
    }

    /** Adds a node that listens at {@code endpoint}, where no living node does. */
    public VirtualNode addNode(Endpoint endpoint) {
        VirtualNode node = add(endpoint);
        network.name(endpoint, node);
        return node;
    }

    public int nodeCount() {
        return nodes.size();
    }

    public VirtualNode node(int number) {
        return nodes.get(number);
    }

    /** Opens a link at once, as scenarios do whose links are given; the engines are told by whoever calls. */
    @SuppressWarnings("unchecked") // hosts of one purpose have one wire
    public <M> Connection<M> connect(Wire<M, ?> wire, VirtualNode source, VirtualNode target) {
        VirtualHost<?, ?> near = source.host(wire.purpose());
        VirtualHost<?, ?> far = target.host(wire.purpose());
        if (near == null || far == null) {
            throw new IllegalArgumentException(source + " and " + target + " do not both speak " + wire.purpose());
        }
        return network.connect((VirtualHost<M, ?>) near, (VirtualHost<M, ?>) far);
    }

    /**
     * Parts the network in two, those nodes for whose number {@code part} holds and the others, until {@link #heal}:
     * what one says the other does not hear.
     */
    public void split(IntPredicate part) {
        network.faults().split(part);
    }

    /** Makes the network one again. Links that stand still deliver what was sent meanwhile. */
    public void heal() {
        network.faults().heal(now);
    }

    /** Has {@code action} done at {@code time}, between events and before those of equal time that are sent later. */
    public void at(long time, Runnable action) {
        schedule(time, new Action(action, ++actions));
    }

    /** Lets time pass up to {@code time}, and all happen that is due by then. */
    public void runUntil(long time) {
        while (firstTime() <= time) {
            step();
        }
        now = Math.max(now, time);
        queue.advance(now);
    }

    /** Lets time pass until {@code condition} holds, looking after every instant; false: it did not by {@code time}. */
    public boolean runUntil(BooleanSupplier condition, long time) {
        while (!condition.getAsBoolean()) {
            if (firstTime() > time) {
                runUntil(time);
                return condition.getAsBoolean();
            }
            step();
        }
        return true;
    }

    /**
     * Lets time pass until nothing is under way: no message, dial, job or action. Deadlines that lie behind that stay
     * where they are.
     */
    public void runUntilQuiet() {
        while (queue.firstTime() != Long.MAX_VALUE) {
            step();
        }
    }

    /**
     * A hash of all events and of the number that every stream of chance gives next. Equal fingerprints: the same run.
     */
    public long fingerprint() {
        Fingerprint all = new Fingerprint();
        all.add(happened.value());
        all.add(network.nextDelay());
        nodes.forEach(node -> node.addTo(all));
        return all.value();
    }

    Network network() {
        return network;
    }

    @Nullable
    VirtualNode nodeAt(Endpoint endpoint) {
        int number = endpoint.ipv4() - NETWORK_10 - 1;
        boolean isDefault =
                number >= 0 && number < nodes.size() && endpointOf(number).equals(endpoint);
        return isDefault && nodes.get(number).endpoint().equals(endpoint) ? nodes.get(number) : null;
    }

    /** Where a node listens that chose nothing else. */
    static Endpoint endpointOf(int number) {
        return Endpoint.ofIpv4(NETWORK_10 + 1 + number, PORT);
    }

    void schedule(long time, Occurrence occurrence) {
        queue.add(Math.max(time, now), null, occurrence);
    }

    boolean isWithin(VirtualNode node) {
        return within == node;
    }

    /** An event of the engine of {@code host} begins. */
    void enter(VirtualHost<?, ?> host, Kind newKind) {
        enter(host.node, host.number, newKind);
    }

    /** An event of a whole node begins. */
    void enter(VirtualNode node, int number, Kind newKind) {
        if (within != null) {
            throw new IllegalStateException(node + " was entered from within " + within);
        }
        within = node;
        kind = newKind;
        events++;
        happened.add(now, number, newKind);
    }

    /** It has ended: the deadline of the host's node may have moved. */
    void leave(VirtualHost<?, ?> host) {
        within = null;
        long wake = host.nextWake();
        if (host.isNews(wake)) {
            wakes.request(host.number, Math.max(wake, now));
        }
    }

    /** It has ended: the node's deadline may have moved. */
    void leave(VirtualNode node) {
        within = null;
        wakes.request(node.number(), Math.max(node.nextWake(), now));
    }

    private VirtualNode add(@Nullable Endpoint endpoint) {
        if (nodes.size() == DEFAULT_NODES_MAX - 2) {
            throw new IllegalStateException("10/8 has no address for one more node");
        }
        VirtualNode node = new VirtualNode(this, nodes.size(), endpoint);
        nodes.add(node);
        return node;
    }

    private long firstTime() {
        return Math.min(queue.firstTime(), wakes.firstTime());
    }

    /** All of the next instant. */
    private void step() {
        now = Math.max(now, firstTime());
        queue.advance(now);
        try {
            happenNow();
            while (wakes.firstTime() <= now) {
                nodes.get(wakes.removeFirst()).wake(now);
                happenNow();
            }
        } catch (RuntimeException | AssertionError e) {
            throw new SimulationFailure("seed " + config.seed() + ", at " + now + " ms, " + within + ", " + kind, e);
        }
    }

    private void happenNow() {
        Batch batch = queue.current();
        if (batch == null) {
            return;
        }
        int permuted = 0;
        int seen = 0;
        for (int i = 0; i < batch.size; i++) {
            if (ties != null && i == permuted) {
                batch.permute(i, ties.nextLong());
                permuted = batch.size;
            }
            if (i == seen) {
                seen = Math.min(i + LOOK_AHEAD, batch.size);
                lookAhead(batch, i, seen);
            }
            happen(batch.links[i], batch.payloads[i]);
        }
        queue.finish(batch);
    }

    /**
     * Has the memory of the next few engines fetched side by side, before the first of them is served. Nothing but
     * speed depends on it: with 100,000 nodes it doubles the rate of a flood.
     */
    private void lookAhead(Batch batch, int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            VirtualLink<?> link = batch.links[i];
            if (link != null && link.isOpen) {
                sum += link.owner.number;
            }
        }
        for (int step = 0; step < LinkEngine.PREVIEW_STEPS; step++) {
            for (int i = from; i < to; i++) {
                VirtualLink<?> link = batch.links[i];
                if (link != null && link.isOpen) {
                    sum += preview(link, batch.payloads[i], step);
                }
            }
        }
        sight += sum;
    }

    @SuppressWarnings("unchecked") // only messages of its own wire are sent on a link
    private static <M> int preview(VirtualLink<M> link, Object message, int step) {
        return link.owner.engine().preview(link, (M) message, step);
    }

    @SuppressWarnings("unchecked") // only messages of its own wire are sent on a link
    private <M> void happen(@Nullable VirtualLink<M> link, Object payload) {
        if (link == null) {
            ((Occurrence) payload).happen();
        } else {
            network.deliver(link, (M) payload);
        }
    }

    /** What the scenario does. */
    private record Action(Runnable action, long tieKey) implements Occurrence {

        @Override
        public void happen() {
            action.run();
        }
    }
}
