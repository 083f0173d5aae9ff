package praline.lab.sim;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import praline.lab.sim.Fingerprint.Kind;
import praline.node.engine.Host;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.LinkEngine;
import praline.node.engine.LinkPurpose;
import praline.node.engine.Timers;
import praline.protocol.Endpoint;

/**
 * A node in virtual time: its engines, which share one endpoint and one thread of events. It is added to a simulation,
 * given its engines, started, and perhaps killed; a node that comes back is a new one at the same endpoint.
 */
public final class VirtualNode {

    /** A host's disk and hash worker. */
    @FunctionalInterface
    public interface Worker {

        /** What becomes of {@code job}. */
        JobResult perform(Job job);

        /** When the answer to {@code job}, which was asked for at {@code now}, reaches the engine: later than that. */
        default long doneAt(Job job, long now) {
            return now + 1;
        }
    }

    private enum State {
        ADDED,
        RUNNING,
        DEAD
    }

    private static final int WAKES_AT_ONE_INSTANT_MAX = 1_000;
    private static final Worker NO_DISK =
            job -> new JobResult.Failed(JobResult.Problem.IO_ERROR, "this node has no disk");

    private final Simulation simulation;
    private final int number;
    private final @Nullable Endpoint chosenEndpoint;
    private State state = State.ADDED;
    private boolean isFrozen;
    private Worker worker = NO_DISK;
    private @Nullable Pipe uplink;
    private @Nullable Pipe downlink;
    /** The engine added last; the others follow by {@link VirtualHost#sibling}. */
    private @Nullable VirtualHost<?, ?> hosts;

    private long wokenAt = -1;
    private int wakes;

    VirtualNode(Simulation simulation, int number, @Nullable Endpoint chosenEndpoint) {
        this.simulation = simulation;
        this.number = number;
        this.chosenEndpoint = chosenEndpoint;
    }

    /** Counts from 0 in order of adding. */
    public int number() {
        return number;
    }

    /** Where it listens. */
    public Endpoint endpoint() {
        return chosenEndpoint != null ? chosenEndpoint : Simulation.endpointOf(number);
    }

    /** Milliseconds since the run began. */
    public long now() {
        return simulation.now();
    }

    public boolean isRunning() {
        return state == State.RUNNING;
    }

    boolean isFrozen() {
        return isFrozen;
    }

    boolean isDead() {
        return state == State.DEAD;
    }

    /**
     * Gives the node an engine, before it starts; one for each wire.
     *
     * @param making builds the engine around its host
     */
    public <M, D, E extends LinkEngine<M>> E add(Wire<M, D> wire, Function<Host<D>, E> making) {
        if (state != State.ADDED || host(wire.purpose()) != null) {
            throw new IllegalStateException(this + " takes no engine for " + wire.purpose());
        }
        VirtualHost<M, D> host = new VirtualHost<>(simulation, this, wire, hosts);
        E engine = making.apply(host);
        host.serve(engine);
        if (hosts != null) {
            host.share();
            hosts.share();
        }
        hosts = host;
        return engine;
    }

    /** Bounds what the node's links carry together, before it starts. */
    public void limit(Capacity capacity) {
        if (state != State.ADDED) {
            throw new IllegalStateException(this + " runs already, as wide as it is");
        }
        Network network = simulation.network();
        uplink = pipe(capacity.up(), 2 * number, network::depart);
        downlink = pipe(capacity.down(), 2 * number + 1, network::arrive);
    }

    private @Nullable Pipe pipe(long rate, int tie, Pipe.Sink sink) {
        return rate == Capacity.UNBOUNDED ? null : new Pipe(simulation, rate, ~(long) tie, sink);
    }

    /** What all that leaves the node passes; null: it has no bound. */
    @Nullable
    Pipe uplink() {
        return uplink;
    }

    /** What all that reaches the node passes; null: it has no bound. */
    @Nullable
    Pipe downlink() {
        return downlink;
    }

    /** Gives the node a disk. Without one, every job fails. */
    public void work(Worker newWorker) {
        worker = newWorker;
    }

    /** Starts all engines, in order of adding; from now on the node is found at its endpoint. */
    public void start() {
        if (state != State.ADDED) {
            throw new IllegalStateException(this + " was started before");
        }
        state = State.RUNNING;
        simulation.enter(this, number, Kind.START);
        startEngines(hosts);
        simulation.leave(this);
    }

    /** Enters the node at once, from outside or from one of its own engines: a user's call. */
    public void run(Runnable task) {
        if (!isRunning()) {
            throw new IllegalStateException(this + " does not run");
        }
        if (simulation.isWithin(this)) {
            task.run();
            return;
        }
        simulation.enter(this, number, Kind.RUN);
        task.run();
        simulation.leave(this);
    }

    /**
     * Ends the node between two events, without a word to its engines, as a killed process. Its neighbours hear it when
     * all that it sent has arrived.
     */
    public void kill() {
        if (simulation.isWithin(this)) {
            throw new IllegalStateException(this + " cannot be killed from within; let the simulation do it");
        }
        state = State.DEAD;
        for (VirtualHost<?, ?> host = hosts; host != null; host = host.sibling) {
            simulation.network().reset(host);
        }
    }

    /**
     * Stops the node between two events, as a stopped process, a sleeping laptop or a machine without power: it hears
     * nothing and says nothing, and nobody is told. Dials to it run out of time.
     */
    public void freeze() {
        if (!isFrozen) {
            isFrozen = true;
            simulation.network().faults().onFrozen();
        }
    }

    /** Lets a stopped node go on, with all at once that it missed. */
    public void thaw() {
        if (isFrozen) {
            isFrozen = false;
            simulation.network().faults().onThawed(simulation.now());
            if (isRunning()) {
                simulation.leave(this);
            }
        }
    }

    /** The engine's host that answers dials for {@code purpose}; a probe is answered as soon as any engine is there. */
    @Nullable
    VirtualHost<?, ?> host(LinkPurpose purpose) {
        for (VirtualHost<?, ?> host = hosts; host != null; host = host.sibling) {
            if (host.wire.purpose() == purpose || purpose == LinkPurpose.PROBE) {
                return host;
            }
        }
        return null;
    }

    long submit(VirtualHost<?, ?> host, Job job, int ticket) {
        long doneAt = worker.doneAt(job, simulation.now());
        simulation.schedule(doneAt, new Answered(host, ticket, worker.perform(job)));
        return ticket;
    }

    /** When some engine of this node wants to be woken. */
    long nextWake() {
        long next = Timers.NEVER;
        for (VirtualHost<?, ?> host = hosts; host != null; host = host.sibling) {
            next = Math.min(next, host.engine().nextWake());
        }
        return next;
    }

    /** Wakes the engines that are due. */
    void wake(long now) {
        if (state != State.RUNNING || isFrozen) {
            return;
        }
        wakes = wokenAt == now ? wakes + 1 : 0;
        wokenAt = now;
        simulation.enter(this, number, Kind.WAKE);
        if (wakes > WAKES_AT_ONE_INSTANT_MAX) {
            throw new IllegalStateException("woken " + wakes + " times at one instant: a due deadline stays in place");
        }
        for (VirtualHost<?, ?> host = hosts; host != null; host = host.sibling) {
            host.forgetNews();
            if (host.engine().nextWake() <= now) {
                host.engine().onWake();
            }
        }
        simulation.leave(this);
    }

    void addTo(Fingerprint fingerprint) {
        for (VirtualHost<?, ?> host = hosts; host != null; host = host.sibling) {
            fingerprint.add(host.nextRandom());
        }
    }

    @Override
    public String toString() {
        return "node " + number + " (" + endpoint() + ")";
    }

    private static void startEngines(@Nullable VirtualHost<?, ?> last) {
        if (last != null) {
            startEngines(last.sibling);
            last.engine().onStart();
        }
    }

    /** A job is done. */
    private record Answered(VirtualHost<?, ?> host, int ticket, JobResult result) implements Occurrence {

        @Override
        public void happen() {
            if (host.node.isRunning() && !host.network.faults().delay(host.node, host.node, this)) {
                host.simulation.enter(host, Kind.JOB);
                host.engine().onJobDone(ticket, result);
                host.simulation.leave(host);
            }
        }

        @Override
        public long tieKey() {
            return (long) host.node.number() << Integer.SIZE | ticket;
        }
    }
}
