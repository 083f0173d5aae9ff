package praline.node.net;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import praline.node.engine.CloseReason;
import praline.node.engine.DialFailure;
import praline.node.engine.Engine;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.LimitHits;
import praline.node.engine.LinkPurpose;
import praline.node.engine.Profile;
import praline.node.swarm.SwarmFrame;
import praline.node.transfer.TransferFrame;
import praline.protocol.AddressRules;
import praline.protocol.Endpoint;
import praline.protocol.FirstBytes;
import praline.protocol.SplitMix64;
import praline.protocol.gnutella.Message;
import praline.protocol.gnutella.OverlayFrame;

/**
 * Runs the engines of one node on an event loop of Vert.x and real TCP: one port for all protocols, one clock, one
 * wake-up.
 *
 * <p>An <em>entry</em> is one event from outside: bytes, a timer, an answer, a call of the user. Entries never nest:
 * what is entered from inside another waits for its end, so an engine is never called while it is at work. The clock
 * stands still during an entry; after it the host asks every engine when it wants to be woken, and keeps one timer for
 * the earliest. What engines sent is written at the end of the event loop's turn, so that the messages of many entries
 * share one write for each link.
 *
 * <p>All methods but {@link #run} and {@link #close} belong to the event loop.
 */
public final class TcpHost {

    static final long NO_TIMER = -1;

    private static final Logger LOG = LoggerFactory.getLogger(TcpHost.class);
    private static final long SOONEST_MILLIS = 1;
    /** Counts what took too long; nothing was refused for it, so it is no limit that acted. */
    private static final String TOO_LONG = "alarms.eventTookTooLong";

    /** How many free ports are tried until one is free for datagrams, too. */
    private static final int PORT_TRIES = 20;

    private final Vertx vertx;
    private final Context context;
    private final HostConfig config;
    private final LimitHits hits = new LimitHits();
    private final LimitLog limitLog = new LimitLog(hits);
    private final NodeQueues queues;
    private final Descriptors descriptors;
    private final long epochNanos = System.nanoTime();
    private final Sockets sockets;
    private final ArrivalGate gate;
    private final DialQueue<Dial> dials;
    private final JobQueue jobs;
    private final Datagrams datagrams;
    private final Trackers trackers;
    private final List<EngineHost<?, ?>> engines = new ArrayList<>(3);
    private final List<Sleeper> sleepers = new ArrayList<>(3);
    private final EngineHost<OverlayFrame, Message> overlay;
    private final EngineHost<TransferFrame, Void> transfer;
    private final EngineHost<SwarmFrame, Void> swarm;
    private final Set<TcpLink<?>> links = new LinkedHashSet<>();
    private final Queue<Runnable> entries = new ArrayDeque<>();
    private List<TcpLink<?>> unflushed = new ArrayList<>();
    private boolean flushComes;
    private boolean busy;
    /** Links that bring work for the disk are not read. */
    private boolean held;

    private Runnable arrivalWatcher = () -> {};
    private boolean closing;
    private boolean closed;
    private long now;
    private long lastTicket;
    private long wakeTimer = NO_TIMER;
    private long wakeAt = Long.MAX_VALUE;
    private long engineBugs;

    /**
     * A host that neither listens nor has engines yet. To be made on the event loop that it is to run on.
     *
     * @param disk does the slow work that engines ask for
     */
    public TcpHost(Vertx vertx, HostConfig config, NodeDisk disk) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.config = config;
        this.sockets = new Sockets(vertx, config);
        this.descriptors = new Descriptors(limits().filesReserve(), Descriptors::free);
        this.queues = new NodeQueues(limits().nodeQueues(), hits);
        this.gate = new ArrivalGate(limits(), config.profile(), hits, now);
        this.dials = new DialQueue<>(limits(), config.profile(), hits, now);
        this.jobs = new JobQueue(vertx, limits(), disk, hits, this::later);
        this.datagrams = new Datagrams(this, vertx, config.profile());
        this.trackers = new Trackers(this, vertx, config, datagrams);
        this.overlay = add(OverlayLinks.protocol(config));
        this.transfer = add(TransferLinks.protocol(config, disk));
        this.swarm = add(SwarmLinks.protocol(config, disk));
    }

    /** A dial under way, and who asked for it. */
    private record Dial(long ticket, Endpoint to, EngineHost<?, ?> by) {}

    /** The place of the overlay's engine. */
    public EngineHost<OverlayFrame, Message> overlay() {
        return overlay;
    }

    /** The place of the transfer's engine. */
    public EngineHost<TransferFrame, Void> transfer() {
        return transfer;
    }

    /** The place of the swarm's engine. */
    public EngineHost<SwarmFrame, Void> swarm() {
        return swarm;
    }

    /** A place for the engine of one more protocol. */
    <M, D> EngineHost<M, D> add(Protocol<M> protocol) {
        SplitMix64 random =
                SplitMix64.engineStream(config.seed(), 0, protocol.purpose().ordinal());
        EngineHost<M, D> host = new EngineHost<>(this, protocol, random);
        engines.add(host);
        sleepers.add(host);
        return host;
    }

    /**
     * A place for one more engine that takes datagrams, those that {@code claim} says are its own. Of several such
     * engines the one that came first is asked first.
     */
    public DatagramHost datagrams(DatagramHost.Claim claim) {
        int stream = LinkPurpose.values().length + sleepers.size();
        DatagramHost place =
                new DatagramHost(this, datagrams, claim, SplitMix64.engineStream(config.seed(), 0, stream));
        datagrams.add(place);
        sleepers.add(place);
        return place;
    }

    /**
     * Accepts connections and datagrams from here on, and says where; fails with a {@link praline.protocol.UserError}
     * that says why not. A node whose UDP port is taken does without it.
     */
    public Future<Endpoint> listen() {
        return listen(PORT_TRIES);
    }

    private Future<Endpoint> listen(int tries) {
        return sockets.listen(socket -> run(() -> arrive(socket)))
                .compose(here -> datagrams.open(here).map(open -> here).recover(taken -> {
                    if (config.listen().port() == 0 && tries > 1) {
                        return sockets.stopListening().compose(stopped -> listen(tries - 1));
                    }
                    LOG.warn("UDP {} is taken: this node is no UDP tracker and asks none", here);
                    return Future.succeededFuture(here);
                }));
    }

    /** From here on {@code task} runs for each connection that somebody opens to this node, as an entry of its own. */
    public void onArrival(Runnable task) {
        arrivalWatcher = task;
    }

    /** Takes no connections from here on: nobody can dial this node. Its port stays its name. */
    public void refuseArrivals() {
        sockets.refuseArrivals();
    }

    /** Where this node listens; known after {@link #listen}. */
    public Endpoint listening() {
        return sockets.listening();
    }

    /**
     * Enters the node from anywhere: {@code task} runs on the event loop, at once if it is this one and it is free.
     * After the end nothing runs any more.
     */
    public void run(Runnable task) {
        run(task, () -> {});
    }

    /** As {@link #run(Runnable)}, but after the end {@code ifEnded} runs in its place. */
    public void run(Runnable task, Runnable ifEnded) {
        if (Vertx.currentContext() == context) {
            enter(task, ifEnded);
        } else {
            context.runOnContext(anywhere -> enter(task, ifEnded));
        }
    }

    /**
     * Ends in order: links say what was sent on them, for a bounded time, then everything that this host opened is
     * closed.
     */
    public Future<Void> close() {
        Future<Void> ended = sockets.ended();
        run(() -> {
            if (!closing) {
                closing = true;
                List.copyOf(links).forEach(link -> link.close(CloseReason.SHUTDOWN));
                after(limits().closeMillis(), this::end);
                endWhenDone();
            }
        });
        return ended;
    }

    /** Ends without a word: every connection breaks off, and what was queued on it is lost. */
    public void cut() {
        run(() -> {
            closing = true;
            List.copyOf(links).forEach(TcpLink::cut);
            end();
        });
    }

    /** What this host looks like now. */
    public HostStatus status() {
        return new HostStatus(links.size(), gate.handshaking(), dials.halfOpen(), engineBugs, hits.all());
    }

    long now() {
        return now;
    }

    /** The place of the engine that a connection with these first bytes is for; null: there is none. */
    @Nullable
    EngineHost<?, ?> speaker(FirstBytes first) {
        LinkPurpose purpose = switch (first) {
            case OVERLAY -> LinkPurpose.OVERLAY;
            case HTTP, GIV -> LinkPurpose.TRANSFER;
            case SWARM -> LinkPurpose.SWARM;
            case UNKNOWN, UNDECIDED -> null;
        };
        for (EngineHost<?, ?> engine : engines) {
            if (engine.protocol().purpose() == purpose && engine.hasEngine()) {
                return engine;
            }
        }
        return null;
    }

    NetLimits.Net limits() {
        return config.limits().net();
    }

    LimitHits hits() {
        return hits;
    }

    NodeQueues queues() {
        return queues;
    }

    long dial(Endpoint to, EngineHost<?, ?> by) {
        Dial dial = new Dial(++lastTicket, to, by);
        later(() -> queue(dial));
        return dial.ticket;
    }

    long submit(Job job, Engine by) {
        long ticket = ++lastTicket;
        Consumer<JobResult> answer = result -> {
            by.onJobDone(ticket, result);
            holdIfDiskLags();
            if (closing) {
                endWhenDone();
            }
        };
        if (job instanceof Job.Announce announce) {
            trackers.announce(announce, answer);
        } else {
            jobs.submit(job, answer);
            holdIfDiskLags();
        }
        return ticket;
    }

    void read(FrameCodec.Reading reading, Consumer<@Nullable ByteBuf> then) {
        jobs.read(reading, then);
    }

    /** Enters {@code task} as soon as this entry is over and others had their turn. */
    void later(Runnable task) {
        later(task, () -> {});
    }

    private void later(Runnable task, Runnable ifEnded) {
        context.runOnContext(nextTurn -> enter(task, ifEnded));
    }

    /**
     * While much waits for the disk, links that bring more of it are not read, and their senders feel it; so an engine
     * is hardly ever told that there is no room for a job (spec/hardening.md D7).
     */
    private void holdIfDiskLags() {
        if (jobs.lags() != held) {
            held = jobs.lags();
            links.forEach(link -> link.hold(held));
        }
    }

    /** Enters {@code task} in {@code millis}; the answer is for {@link #cancelled}. */
    public long after(long millis, Runnable task) {
        return vertx.setTimer(Math.max(SOONEST_MILLIS, millis), timer -> run(task));
    }

    /** Stops {@code timer} if it is one; always {@link #NO_TIMER}. */
    long cancelled(long timer) {
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
        }
        return NO_TIMER;
    }

    void flushAtEndOfTurn(TcpLink<?> link) {
        unflushed.add(link);
        if (!flushComes) {
            flushComes = true;
            later(this::flush);
        }
    }

    void remember(TcpLink<?> link) {
        links.add(link);
        link.hold(held);
    }

    void forget(TcpLink<?> link) {
        links.remove(link);
        if (closing) {
            endWhenDone();
        }
    }

    /** Runs one event of {@code link}; an engine that fails over it loses the link, not the node. */
    void entered(TcpLink<?> link, Runnable event) {
        if (!guarded(event)) {
            link.close(CloseReason.PROTOCOL_ERROR);
        }
    }

    /** False: the engine failed, which is a bug of ours and never takes the node down (spec/hardening.md L7). */
    private boolean guarded(Runnable event) {
        try {
            event.run();
            return true;
        } catch (RuntimeException | AssertionError bug) {
            engineBugs++;
            LOG.error("an engine of {} failed", config.listen(), bug);
            return false;
        }
    }

    private void enter(Runnable task, Runnable ifEnded) {
        if (closed) {
            ifEnded.run();
            return;
        }
        if (busy) {
            entries.add(task);
            return;
        }
        busy = true;
        try {
            now = elapsedMillis();
            for (Runnable next = task; next != null; next = entries.poll()) {
                guarded(next);
            }
            if (!queues.isCalm()) {
                guarded(() -> queues.relieve(List.copyOf(links)));
            }
        } finally {
            busy = false;
        }
        if (elapsedMillis() - now > limits().alarmMillis()) {
            hits.hit(TOO_LONG);
        }
        limitLog.look(now, config.listen());
        scheduleWake();
    }

    private long elapsedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - epochNanos);
    }

    private void scheduleWake() {
        long next = dials.nextStart(now);
        for (Sleeper engine : sleepers) {
            next = Math.min(next, engine.nextWake());
        }
        // A timer that fires too early does no harm, and moving it at every entry would cost more.
        if (closed || next >= wakeAt) {
            return;
        }
        cancelled(wakeTimer);
        wakeAt = next;
        wakeTimer = after(next - now, this::wake);
    }

    private void wake() {
        wakeTimer = NO_TIMER;
        wakeAt = Long.MAX_VALUE;
        for (Sleeper engine : sleepers) {
            guarded(() -> engine.wakeIfDue(now));
        }
        startDials();
    }

    private void flush() {
        List<TcpLink<?>> batch = unflushed;
        unflushed = new ArrayList<>();
        flushComes = false;
        batch.forEach(TcpLink::flush);
    }

    private void arrive(NetSocket socket) {
        if (descriptors.areScarce(now)) {
            hits.hit("limits.net.filesReserve");
            socket.close();
            return;
        }
        arrivalWatcher.run();
        Endpoint from = Sockets.endpoint(socket.remoteAddress());
        Arrival arrival = new Arrival(this, socket, from);
        ArrivalGate.Visit visit = closing ? null : gate.enter(from, now, arrival::turnOut);
        if (visit == null) {
            socket.close();
        } else {
            arrival.begin(visit);
        }
    }

    private void queue(Dial dial) {
        if (closing || mayNotDial(dial.to)) {
            dial.by.dialFailed(dial.ticket, DialFailure.FORBIDDEN);
        } else if (dials.add(dial)) {
            startDials();
        } else {
            dial.by.dialFailed(dial.ticket, DialFailure.OVER_LIMIT);
        }
    }

    private boolean mayNotDial(Endpoint to) {
        return to.port() == 0 || (config.profile() == Profile.LAB && !AddressRules.isLoopback(to));
    }

    private void startDials() {
        dials.startDue(
                now,
                dial -> sockets.connect(dial.to)
                        .onSuccess(NetSocket::pause)
                        .onComplete(answer -> run(() -> {
                            dials.answered();
                            startDials();
                            if (answer.succeeded()) {
                                connected(dial, answer.result());
                            } else {
                                dial.by.dialFailed(dial.ticket, Sockets.failure(answer.cause()));
                            }
                        })));
    }

    private void connected(Dial dial, NetSocket socket) {
        if (closing) {
            socket.close();
            dial.by.dialFailed(dial.ticket, DialFailure.FORBIDDEN);
            return;
        }
        dial.by.connected(socket, dial.to, null, dial.ticket, null, limits().handshakeMillis());
    }

    private void endWhenDone() {
        if (links.isEmpty() && jobs.isIdle() && trackers.isIdle()) {
            end();
        }
    }

    private void end() {
        if (!closed) {
            closed = true;
            cancelled(wakeTimer);
            jobs.close();
            sockets.close(Future.join(trackers.close(), datagrams.close()));
        }
    }
}
