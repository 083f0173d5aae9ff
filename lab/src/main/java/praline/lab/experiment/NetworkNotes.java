package praline.lab.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import praline.node.overlay.LeafIndex;
import praline.node.overlay.Role;
import praline.protocol.Endpoint;
import praline.protocol.Guid;

/**
 * What is noted about one network while it lives: which messages belong to which query, who is linked to whom, what the
 * leaders hold. Written by the threads of all nodes, read by the experiment's.
 */
public final class NetworkNotes {

    private final Map<Guid, QueryTrace> byGuid = new ConcurrentHashMap<>();
    private final Map<Endpoint, Integer> byEndpoint = new ConcurrentHashMap<>();
    private final List<Rejoining> rejoinings = new ArrayList<>();
    private final int[] held;
    private final int[] links;
    private final boolean[] dead;
    private final NodeNotes[] nodes;
    private volatile DoubleSupplier clock = () -> 0;
    private volatile double movedAt;
    private long heldInAll;
    private long linkEnds;
    private long awaited = -1;
    private double awaitedAt = Double.NaN;

    public NetworkNotes(int nodeCount) {
        this.held = new int[nodeCount];
        this.links = new int[nodeCount];
        this.dead = new boolean[nodeCount];
        this.nodes = new NodeNotes[nodeCount];
        Arrays.setAll(nodes, node -> new NodeNotes(this, node));
    }

    /**
     * A leaf found a supernode.
     *
     * @param at milliseconds on the network's clock
     */
    record Rejoining(double at, int leaf) {}

    /** Reads the network's milliseconds from {@code networkClock}, on any thread. */
    public void useClock(DoubleSupplier networkClock) {
        clock = networkClock;
    }

    /** {@code node} listens at {@code endpoint}; to be said before anybody dials. */
    public void listens(int node, Endpoint endpoint) {
        byEndpoint.put(endpoint, node);
    }

    /** Who listens to {@code node}'s engine. */
    public NodeNotes of(int node) {
        return nodes[node];
    }

    /** {@code index}, watched for how much it holds. */
    public LeafIndex watched(int node, LeafIndex index) {
        return new WatchedIndex(index, records -> holds(node, records));
    }

    double now() {
        return clock.getAsDouble();
    }

    /** Now, when a message of some query moves. */
    double moving() {
        double now = now();
        movedAt = now;
        return now;
    }

    /** When a message of any query last moved. */
    double movedAt() {
        return movedAt;
    }

    void belongs(Guid guid, QueryTrace trace) {
        byGuid.put(guid, trace);
    }

    /** Nobody waits for answers to this query any more. */
    void ended(QueryTrace trace) {
        byGuid.values().removeIf(known -> known == trace);
    }

    /** The query that {@code guid} stands for; null: none of ours. */
    @Nullable
    QueryTrace trace(Guid guid) {
        return byGuid.get(guid);
    }

    /** The node that listens at {@code endpoint}; -1: none of ours. */
    int nodeAt(Endpoint endpoint) {
        return byEndpoint.getOrDefault(endpoint, -1);
    }

    synchronized void joined(int node, Role other) {
        if (dead[node]) {
            return;
        }
        linkEnds++;
        links[node]++;
        if (other == Role.SUPERNODE) {
            rejoinings.add(new Rejoining(now(), node));
        }
    }

    synchronized void left(int node) {
        if (dead[node]) {
            return;
        }
        linkEnds--;
        links[node]--;
    }

    /** {@code node} is dead: what it held is gone, and what it still says does not matter. */
    synchronized void died(int node) {
        linkEnds -= links[node];
        links[node] = 0;
        holds(node, 0);
        dead[node] = true;
    }

    synchronized void holds(int node, int records) {
        if (dead[node]) {
            return;
        }
        heldInAll += records - held[node];
        held[node] = records;
        noteAwaited();
    }

    /** Ends of links whose handshake is done, counted at both nodes. */
    synchronized long linkEnds() {
        return linkEnds;
    }

    /** Links that {@code node} has. */
    synchronized int links(int node) {
        return links[node];
    }

    /** Records that all leaders hold together; with query routing, leaves' tables. */
    synchronized long heldInAll() {
        return heldInAll;
    }

    synchronized int held(int node) {
        return held[node];
    }

    /** From here on notes when the leaders first hold as many {@code records} together. */
    synchronized void await(long records) {
        awaited = records;
        awaitedAt = Double.NaN;
        noteAwaited();
    }

    /** When the leaders held what was awaited; NaN: not yet. */
    synchronized double awaitedAt() {
        return awaitedAt;
    }

    synchronized List<Rejoining> rejoinings() {
        return List.copyOf(rejoinings);
    }

    private void noteAwaited() {
        if (Double.isNaN(awaitedAt) && heldInAll == awaited) {
            awaitedAt = now();
        }
    }
}
