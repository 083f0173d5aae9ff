package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayList;
import java.util.List;
import praline.lab.topology.Topology;
import praline.node.library.SharedFile;
import praline.node.overlay.Role;

/**
 * A small network, and queries whose TTL covers every path in it. What such a flood costs and finds does not depend on
 * which message comes first, so it must be the same in both worlds, to the byte (ARCHITECTURE.md).
 *
 * @param network who is linked to whom
 * @param content who shares what
 * @param queries asked one after the other, without waiting for answers
 */
public record FloodTrial(NetworkPlan network, Content content, ImmutableList<PlannedQuery> queries) {

    /** More than any path without repetition is long. */
    private static final int TTL = 40;

    private static final double RATE = 50;
    private static final double JOIN_MILLIS_MAX = 60_000;
    private static final double END_MILLIS_MAX = 60_000;
    /** Without a message for so long, and with everything accounted for, all queries have ended. */
    private static final double QUIET_MILLIS = 1_000;

    /** A flat network of 40 nodes. */
    public static FloodTrial flat(List<SharedFile> files, int queries, long seed) {
        return of(new Topology.Kout(40, 2), node -> Role.FLAT, 0, files, queries, seed);
    }

    /** 4 supernodes and 36 leaves, each with one of them. */
    public static FloodTrial led(List<SharedFile> files, int queries, long seed) {
        int leaders = 4;
        Topology topology = new Topology.TwoTier(leaders, 2, 36, 1);
        return of(topology, node -> node < leaders ? Role.SUPERNODE : Role.LEAF, leaders, files, queries, seed);
    }

    private static FloodTrial of(
            Topology topology,
            NetworkPlan.Roles roles,
            int firstOrigin,
            List<SharedFile> files,
            int queries,
            long seed) {
        NetworkPlan network = NetworkPlan.of(topology, seed, roles);
        Content content = Content.spread(files, network.nodeCount(), seed);
        QueryStream stream = new QueryStream(content, firstOrigin, network.nodeCount(), TTL, RATE, seed);
        return new FloodTrial(network, content, stream.draw(PlannedQuery.Phase.STEADY, 0, 0, queries));
    }

    /**
     * What one query did in one world.
     *
     * @param sent times that it was sent on a link
     * @param duplicates of them, those that told a node what it knew
     * @param reached nodes whose files were looked through, without the one that asked
     * @param delivered every answered record that arrived: the node that shares it, and the record
     */
    public record Line(
            int query,
            long sent,
            long sentBytes,
            long duplicates,
            long duplicateBytes,
            int reached,
            ImmutableSortedSet<String> delivered) {}

    /**
     * All queries in one world.
     *
     * @param hitsSent times that a hit was sent on a link
     * @param hitLinks links that the delivered hits crossed, in all; the same, if none was lost
     */
    public record Count(ImmutableList<Line> lines, long hitsSent, long hitLinks) {

        /** A line for people. */
        @Override
        public String toString() {
            return lines.size() + " queries: "
                    + lines.stream().mapToLong(Line::sent).sum() + " sent, "
                    + lines.stream().mapToLong(Line::sentBytes).sum() + " bytes; of them "
                    + lines.stream().mapToLong(Line::duplicates).sum() + " duplicates, "
                    + lines.stream().mapToLong(Line::duplicateBytes).sum() + " bytes; "
                    + lines.stream().mapToLong(Line::reached).sum() + " nodes reached; "
                    + lines.stream().mapToLong(line -> line.delivered().size()).sum() + " records delivered; "
                    + hitsSent + " hit sends, " + hitLinks + " links of delivered hits";
        }
    }

    /** Plays the trial in a network that was opened with it. */
    public Count play(LiveNetwork live, NetworkNotes notes) {
        join(live, notes);
        List<QueryTrace> traces = new ArrayList<>();
        double begin = live.now();
        for (PlannedQuery query : queries) {
            live.liveUntil(() -> false, begin + query.at());
            QueryTrace trace = new QueryTrace(query);
            traces.add(trace);
            live.ask(query.origin(), engine -> {
                notes.of(query.origin()).ask(engine, trace);
                return trace;
            });
        }
        live.liveUntil(
                () -> live.now() - notes.movedAt() >= QUIET_MILLIS
                        && traces.stream().allMatch(FloodTrial::isSettled),
                live.now() + END_MILLIS_MAX);
        return new Count(
                traces.stream().map(FloodTrial::line).collect(ImmutableList.toImmutableList()),
                traces.stream().mapToLong(QueryTrace::hitsSent).sum(),
                traces.stream().mapToLong(FloodTrial::hitLinks).sum());
    }

    private void join(LiveNetwork live, NetworkNotes notes) {
        notes.await(network.recordsHeld(content::fileCountOf));
        boolean stands = live.liveUntil(
                () -> notes.linkEnds() == 2L * network.edgeCount() && !Double.isNaN(notes.awaitedAt()),
                JOIN_MILLIS_MAX);
        if (!stands) {
            throw new IllegalStateException("the network does not stand: " + notes.linkEnds() / 2 + " of "
                    + network.edgeCount() + " links, " + notes.heldInAll() + " records");
        }
    }

    /** Whether every message that was sent has arrived. */
    private static boolean isSettled(QueryTrace trace) {
        return trace.sent() == trace.received() && trace.hitsSent() == hitLinks(trace);
    }

    private static long hitLinks(QueryTrace trace) {
        return trace.deliveries().stream()
                .mapToLong(delivery -> delivery.hops() + 1)
                .sum();
    }

    private static Line line(QueryTrace trace) {
        return new Line(
                trace.query().number(),
                trace.sent(),
                trace.sentBytes(),
                trace.duplicates(),
                trace.duplicateBytes(),
                trace.reached(),
                trace.deliveries().stream()
                        .flatMap(
                                delivery -> delivery.records().stream().map(record -> delivery.sharer() + " " + record))
                        .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo)));
    }
}
