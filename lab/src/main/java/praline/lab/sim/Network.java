package praline.lab.sim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import praline.lab.sim.Fingerprint.Kind;
import praline.node.engine.CloseReason;
import praline.node.engine.DatagramEngine;
import praline.node.engine.DialFailure;
import praline.node.engine.LinkPurpose;
import praline.protocol.Endpoint;
import praline.protocol.SplitMix64;

/**
 * Links and what is under way on them. Every step from one node to another takes one delay: a dial reaches the other
 * node after one and is answered after two, by an open link or a refusal; a close arrives behind all that was sent
 * before it.
 */
final class Network {

    private static final int CONTROL_OVERDRAFT = 65_536;
    /** How long what was accepted may still wait for a reader when its sender has closed. */
    private static final int LINGER_MILLIS = 5_000;
    /** Dialling ends have ports from here on. */
    private static final int EPHEMERAL_MIN = 32_768;

    private static final int EPHEMERAL_COUNT = 28_000;
    /** How long a dial waits for a node that says nothing at all. */
    private static final int DIAL_MILLIS = 6_000;

    private final Simulation simulation;
    private final EventQueue queue;
    private final NetworkModel model;
    private final boolean isTicking;
    private final boolean isBounded;
    private final boolean goesThroughBytes;
    private final SplitMix64 delays;
    private final Map<Endpoint, VirtualNode> named = new LinkedHashMap<>();
    private final Faults faults;

    Network(Simulation simulation, EventQueue queue) {
        SimulationConfig config = simulation.config();
        this.simulation = simulation;
        this.queue = queue;
        this.model = config.network();
        this.isTicking = model instanceof NetworkModel.Synchronous;
        this.isBounded = config.boundedLinks();
        this.goesThroughBytes = config.throughBytes();
        this.delays = SplitMix64.stream(config.seed(), Simulation.DELAY_STREAM);
        this.faults = new Faults(queue);
    }

    Faults faults() {
        return faults;
    }

    long nextDelay() {
        return delays.peek();
    }

    /** {@code node} answers at an endpoint of its choice; one that a dead node had is free. */
    void name(Endpoint endpoint, VirtualNode node) {
        VirtualNode holder = named.get(endpoint);
        if (holder != null && !holder.isDead()) {
            throw new IllegalArgumentException(endpoint + " is taken by node " + holder.number());
        }
        named.put(endpoint, node);
    }

    /** A link that is open at once. */
    <M> Connection<M> connect(VirtualHost<M, ?> source, VirtualHost<M, ?> target) {
        VirtualLink<M> near = new VirtualLink<>(source, 0);
        VirtualLink<M> far = new VirtualLink<>(target, EPHEMERAL_MIN);
        VirtualLink.join(near, far);
        int linkDelay = model.linkDelay(delays);
        opened(near, linkDelay);
        opened(far, linkDelay);
        return new Connection<>(near, far);
    }

    <M> void dial(VirtualHost<M, ?> host, Endpoint to, LinkPurpose purpose, int ticket) {
        int linkDelay = model.linkDelay(delays);
        queue.add(simulation.now() + messageDelay(linkDelay), null, new Knock<>(host, to, purpose, ticket, linkDelay));
    }

    <M> int room(VirtualLink<M> link) {
        Flow flow = link.flow();
        return isBounded && flow != null
                ? Math.max(0, link.owner.wire.sendBudget() - flow.underWay)
                : Integer.MAX_VALUE;
    }

    <M> boolean send(VirtualLink<M> link, M message) {
        if (!link.isOpen) {
            if (link.isClosed) {
                throw new IllegalStateException("sent on a closed link: " + message);
            }
            return false;
        }
        Flow flow = link.flow();
        if (flow == null && !goesThroughBytes) {
            queue.add(
                    simulation.now() + 1,
                    link.other(),
                    link.owner.isPlain ? message : link.owner.wire.arriving(message));
            return true;
        }
        return sendSlowly(link, flow, message);
    }

    /** Apart from {@link #send}, so that a flood of a million messages has a short way. */
    private <M> boolean sendSlowly(VirtualLink<M> link, @Nullable Flow flow, M message) {
        Wire<M, ?> wire = link.owner.wire;
        if (isBounded && flow != null && !charge(flow, wire, message)) {
            return false;
        }
        M arriving = wire.arriving(message);
        M carried = goesThroughBytes ? wire.throughBytes(arriving) : arriving;
        if (flow == null || (flow.leaving == null && flow.landing == null)) {
            queue.add(arrival(flow, simulation.now()), link.other(), carried);
        } else {
            ship(new Parcel(flow, link.other(), carried, wire.wireSize(message)));
        }
        return true;
    }

    /** A message arrives. */
    <M> void deliver(VirtualLink<M> link, M message) {
        if (faults.hasAny() && faults.delay(link.other().owner.node, link.owner.node, new Late<>(link, message))) {
            return;
        }
        Flow flow = link.flow();
        if (flow != null && link.isOpen) {
            if (flow.holds()) {
                flow.hold(message);
                return;
            }
            discharge(link.other(), message);
        }
        hand(link, message);
    }

    <M> void read(VirtualLink<M> link, boolean on) {
        if (!link.isOpen) {
            return;
        }
        Flow flow = link.flow();
        if (flow == null) {
            flow = new Flow(1);
            link.setFlow(flow);
        }
        flow.isReading = on;
        if (on && flow.holds()) {
            queue.add(simulation.now(), null, new Resume<>(link));
        }
    }

    <M> void close(VirtualLink<M> link, CloseReason why) {
        if (!link.isOpen) {
            return;
        }
        link.isOpen = false;
        queue.add(simulation.now(), null, new Closed<>(link, why));
        announceClose(link, CloseReason.REMOTE_CLOSED);
        Flow flow = link.flow();
        if (flow != null && flow.leaving != null && flow.leaving.waiting > 0) {
            queue.add(simulation.now() + LINGER_MILLIS, null, new LastCall<>(link, flow.leaving));
        }
    }

    /** The node of {@code host} is dead: the other ends hear it when all that it sent has arrived. */
    <M> void reset(VirtualHost<M, ?> host) {
        for (VirtualLink<M> link = host.links(); link != null; link = host.links()) {
            host.remove(link);
            if (link.isOpen) {
                breakOff(link);
            }
            link.isOpen = false;
            link.isClosed = true;
        }
    }

    /** A datagram is on its way; who is not there does not hear it. */
    <D> void sendTo(VirtualHost<?, D> sender, Endpoint to, D datagram) {
        long arrival = simulation.now() + messageDelay(model.linkDelay(delays));
        queue.add(arrival, null, new Datagram<>(sender, to, datagram));
    }

    private <M> void opened(VirtualLink<M> link, int linkDelay) {
        Pipe up = link.owner.node.uplink();
        Pipe down = link.other().owner.node.downlink();
        if (up != null || down != null) {
            link.setFlow(new Flow(linkDelay, up == null ? null : new Lane(up), down == null ? null : new Lane(down)));
        } else if (isBounded || !isTicking) {
            link.setFlow(new Flow(linkDelay));
        }
        link.isOpen = true;
        link.owner.add(link);
    }

    private int messageDelay(int linkDelay) {
        return isTicking ? 1 : model.messageDelay(linkDelay, delays);
    }

    /** When what leaves at {@code departure} arrives: never before what was sent earlier. */
    private long arrival(@Nullable Flow flow, long departure) {
        if (flow == null) {
            return departure + 1;
        }
        flow.lastArrival = Math.max(flow.lastArrival, departure + messageDelay(flow.linkDelay));
        return flow.lastArrival;
    }

    /** Sends {@code parcel} through the uplink of its sender, if that has a bound. */
    private void ship(Parcel parcel) {
        Lane leaving = parcel.flow().leaving;
        if (leaving == null) {
            depart(parcel, simulation.now());
        } else {
            leaving.pipe.take(leaving, parcel);
        }
    }

    /** {@code parcel} has left its sender's uplink, or will have at {@code millis}. */
    void depart(Parcel parcel, long millis) {
        long arrival = arrival(parcel.flow(), millis);
        Lane landing = parcel.flow().landing;
        if (landing == null) {
            arrive(parcel, arrival);
        } else {
            queue.add(arrival, null, new Landing(landing, parcel));
        }
    }

    /** {@code parcel} has passed its receiver's downlink, or will have at {@code millis}. */
    void arrive(Parcel parcel, long millis) {
        queue.add(millis, parcel.payload() instanceof Occurrence ? null : parcel.to(), parcel.payload());
    }

    /** Counts a message as under way, if the budget of the link allows it. */
    private static <M> boolean charge(Flow flow, Wire<M, ?> wire, M message) {
        int size = wire.wireSize(message);
        int most = wire.sendBudget() + (wire.isControl(message) ? CONTROL_OVERDRAFT : 0);
        if (flow.underWay + size > most) {
            flow.isFull = true;
            return false;
        }
        flow.underWay += size;
        return true;
    }

    /** The other end has read a message of {@code sender}; half a budget of room is worth to be told of. */
    private <M> void discharge(VirtualLink<M> sender, M message) {
        Flow flow = sender.flow();
        if (!isBounded || flow == null) {
            return;
        }
        flow.underWay -= sender.owner.wire.wireSize(message);
        if (flow.isFull && flow.underWay <= sender.owner.wire.sendBudget() / 2) {
            flow.isFull = false;
            queue.add(simulation.now(), null, new Writable<>(sender));
        }
    }

    private static <M> void hand(VirtualLink<M> link, M message) {
        if (link.isOpen) {
            VirtualHost<M, ?> host = link.owner;
            host.simulation.enter(host, Kind.MESSAGE);
            host.engine().onMessage(link, message);
            host.simulation.leave(host);
        }
    }

    /** The other end hears that this one has closed, behind all that was sent. */
    private <M> void announceClose(VirtualLink<M> link, CloseReason why) {
        CloseArrived<M> news = new CloseArrived<>(link.other(), why);
        Flow flow = link.flow();
        if (flow == null) {
            queue.add(simulation.now() + 1, null, news);
        } else {
            ship(new Parcel(flow, link.other(), news, 0));
        }
    }

    /** The other end hears that the link broke, behind all that has left; what waits for the uplink is lost. */
    private <M> void breakOff(VirtualLink<M> link) {
        Flow flow = link.flow();
        if (flow == null) {
            announceClose(link, CloseReason.RESET);
        } else {
            flow.cut();
            depart(
                    new Parcel(flow, link.other(), new CloseArrived<>(link.other(), CloseReason.RESET), 0),
                    simulation.now());
        }
    }

    /** This end is gone because of the other: what waits here has nobody to go to. */
    private <M> void lose(VirtualLink<M> link, CloseReason why) {
        Flow flow = link.flow();
        if (flow != null) {
            flow.cut();
        }
        tellClosed(link, why);
    }

    /** Tells the engine that a link is gone. */
    private <M> void tellClosed(VirtualLink<M> link, CloseReason why) {
        link.isOpen = false;
        link.isClosed = true;
        VirtualHost<M, ?> host = link.owner;
        host.remove(link);
        simulation.enter(host, Kind.CLOSED);
        host.engine().onLinkClosed(link, why);
        simulation.leave(host);
    }

    /** The engine that takes links or datagrams for {@code purpose}; for a probe, any that is there. */
    private @Nullable VirtualHost<?, ?> listener(Endpoint at, LinkPurpose purpose) {
        VirtualNode node = node(at);
        return node == null || !node.isRunning() ? null : node.host(purpose);
    }

    private @Nullable VirtualNode node(Endpoint at) {
        return named.containsKey(at) ? named.get(at) : simulation.nodeAt(at);
    }

    /** Whether nothing that {@code source} sends now arrives at {@code at}. */
    private boolean isSilent(VirtualNode source, Endpoint at) {
        VirtualNode node = faults.hasAny() ? node(at) : null;
        return node != null && faults.separate(source, node);
    }

    /** A message that could not arrive in time. */
    private record Late<M>(VirtualLink<M> link, M message) implements Occurrence {

        @Override
        public void happen() {
            link.owner.network.deliver(link, message);
        }

        @Override
        public long tieKey() {
            return link.tieKey();
        }
    }

    /**
     * A dial reaches the endpoint that it names. Of a probe the node there does not notice anything: nothing is said on
     * it that would tell an engine.
     */
    private record Knock<M>(VirtualHost<M, ?> dialler, Endpoint to, LinkPurpose purpose, int ticket, int linkDelay)
            implements Occurrence {

        @Override
        @SuppressWarnings("unchecked") // hosts of one purpose have one wire
        public void happen() {
            Network network = dialler.network;
            long now = network.simulation.now();
            if (network.isSilent(dialler.node, to)) {
                network.queue.add(now + DIAL_MILLIS, null, new Failed(dialler, ticket, DialFailure.TIMED_OUT));
                return;
            }
            VirtualHost<M, ?> target = (VirtualHost<M, ?>) network.listener(to, purpose);
            if (target == null) {
                long answer = now + network.messageDelay(linkDelay);
                network.queue.add(answer, null, new Failed(dialler, ticket, DialFailure.REFUSED));
                return;
            }
            VirtualLink<M> near = new VirtualLink<>(target, EPHEMERAL_MIN + ticket % EPHEMERAL_COUNT);
            VirtualLink<M> far = new VirtualLink<>(dialler, 0);
            VirtualLink.join(near, far);
            Opened<M> answer = new Opened<>(far, ticket, linkDelay);
            if (purpose == LinkPurpose.PROBE) {
                network.queue.add(now + network.messageDelay(linkDelay), null, answer);
                return;
            }
            network.opened(near, linkDelay);
            network.queue.add(network.arrival(near.flow(), now), null, answer);
            network.simulation.enter(target, Kind.OPEN);
            target.engine().onLinkOpen(near, 0);
            network.simulation.leave(target);
        }

        @Override
        public long tieKey() {
            return (long) dialler.node.number() << Integer.SIZE | ticket;
        }
    }

    /** The dialler hears that its link stands. */
    private record Opened<M>(VirtualLink<M> link, int ticket, int linkDelay) implements Occurrence {

        @Override
        public void happen() {
            VirtualHost<M, ?> host = link.owner;
            Network network = host.network;
            if (network.faults.delay(link.other().owner.node, host.node, this)) {
                return;
            }
            if (!host.node.isRunning()) {
                network.queue.add(
                        network.simulation.now() + network.messageDelay(linkDelay),
                        null,
                        new CloseArrived<>(link.other(), CloseReason.RESET));
                return;
            }
            network.opened(link, linkDelay);
            network.simulation.enter(host, Kind.OPEN);
            host.engine().onLinkOpen(link, ticket);
            network.simulation.leave(host);
        }

        @Override
        public long tieKey() {
            return link.tieKey();
        }
    }

    /** The dialler hears that nobody listens, or hears nothing for too long. */
    private record Failed(VirtualHost<?, ?> dialler, int ticket, DialFailure why) implements Occurrence {

        @Override
        public void happen() {
            if (dialler.network.faults.delay(dialler.node, dialler.node, this)) {
                return;
            }
            if (dialler.node.isRunning()) {
                dialler.simulation.enter(dialler, Kind.DIAL_FAILED);
                dialler.engine().onDialFailed(ticket, why);
                dialler.simulation.leave(dialler);
            }
        }

        @Override
        public long tieKey() {
            return (long) dialler.node.number() << Integer.SIZE | ticket;
        }
    }

    /** This end closed, and hears of it. */
    private record Closed<M>(VirtualLink<M> link, CloseReason why) implements Occurrence {

        @Override
        public void happen() {
            VirtualHost<M, ?> host = link.owner;
            if (!link.isClosed && !host.network.faults.delay(host.node, host.node, this)) {
                host.network.tellClosed(link, why);
            }
        }

        @Override
        public long tieKey() {
            return link.tieKey();
        }
    }

    /** The other end closed, and all that it sent before has arrived here. */
    private record CloseArrived<M>(VirtualLink<M> link, CloseReason why) implements Occurrence {

        @Override
        public void happen() {
            Network network = link.owner.network;
            if (!link.isOpen || network.faults.delay(link.other().owner.node, link.owner.node, this)) {
                return;
            }
            Flow flow = link.flow();
            if (flow != null && flow.holds()) {
                flow.holdClose(why);
                network.queue.add(network.simulation.now() + LINGER_MILLIS, null, new LingerEnded<>(link));
            } else {
                network.lose(link, why);
            }
        }

        @Override
        public long tieKey() {
            return link.tieKey();
        }
    }

    /** The other end closed long ago, and this end still does not read: the rest is lost. */
    private record LingerEnded<M>(VirtualLink<M> link) implements Occurrence {

        @Override
        public void happen() {
            if (link.isOpen) {
                link.owner.network.lose(link, CloseReason.RESET);
            }
        }

        @Override
        public long tieKey() {
            return link.tieKey();
        }
    }

    /** This end closed long ago, and what it said before has not even left: the rest is lost. */
    private record LastCall<M>(VirtualLink<M> link, Lane leaving) implements Occurrence {

        @Override
        public void happen() {
            if (leaving.waiting > 0 && !leaving.isCut) {
                link.owner.network.breakOff(link);
            }
        }

        @Override
        public long tieKey() {
            return link.tieKey();
        }
    }

    /** A parcel reaches the downlink of its receiver. */
    private record Landing(Lane lane, Parcel parcel) implements Occurrence {

        @Override
        public void happen() {
            lane.pipe.take(lane, parcel);
        }

        @Override
        public long tieKey() {
            return parcel.to().tieKey();
        }
    }

    /** Reading goes on: what was held comes at once, until the engine stops it again. */
    private record Resume<M>(VirtualLink<M> link) implements Occurrence {

        @Override
        @SuppressWarnings("unchecked") // only messages of this link are held here
        public void happen() {
            Network network = link.owner.network;
            Flow flow = link.flow();
            if (flow == null) {
                return;
            }
            for (Object held = flow.release(); held != null && link.isOpen; held = flow.release()) {
                network.discharge(link.other(), (M) held);
                hand(link, (M) held);
            }
            CloseReason why = flow.heldClose();
            if (why != null && !flow.holds() && link.isOpen) {
                network.lose(link, why);
            }
        }

        @Override
        public long tieKey() {
            return link.tieKey();
        }
    }

    /** There is room again. */
    private record Writable<M>(VirtualLink<M> link) implements Occurrence {

        @Override
        public void happen() {
            VirtualHost<M, ?> host = link.owner;
            if (link.isOpen && !host.network.faults.delay(host.node, host.node, this)) {
                host.simulation.enter(host, Kind.WRITABLE);
                host.engine().onWritable(link);
                host.simulation.leave(host);
            }
        }

        @Override
        public long tieKey() {
            return link.tieKey();
        }
    }

    /** A datagram arrives, if somebody takes it. */
    private record Datagram<D>(VirtualHost<?, D> sender, Endpoint to, D content) implements Occurrence {

        @Override
        @SuppressWarnings("unchecked") // hosts of one purpose send the same datagrams
        public void happen() {
            VirtualHost<?, ?> host = sender.network.isSilent(sender.node, to)
                    ? null
                    : sender.network.listener(to, sender.wire.purpose());
            if (host != null && host.engine() instanceof DatagramEngine<?> engine) {
                host.simulation.enter(host, Kind.DATAGRAM);
                ((DatagramEngine<D>) engine).onDatagram(sender.node.endpoint(), content);
                host.simulation.leave(host);
            }
        }

        @Override
        public long tieKey() {
            return (long) sender.node.number() << Integer.SIZE;
        }
    }
}
