package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plays a plan on one network and keeps the record. First everybody joins and publishes; then the queries of the steady
 * phase are asked; then those of the second, in which a node gets killed.
 */
final class NetworkRun {

    private static final double JOIN_MILLIS_MAX = 60_000;
    /** Between the last link and the first query, for handshakes' last blocks, first pings, and tables that follow. */
    private static final double SETTLE_MILLIS = 1_000;

    private static final double SAMPLE_MILLIS = 1_000;
    /** A query that still moves after this has not ended in time. */
    static final double QUERY_MILLIS_MAX = 60_000;

    private final ComparisonPlan plan;
    private final NetworkPlan planned;
    private final LiveNetwork network;
    private final NetworkNotes notes;
    private final double quietMillis;
    private final Progress progress;
    private final List<QueryTrace> traces = new ArrayList<>();
    private final List<NetworkRecord.Sample> samples = new ArrayList<>();
    private final Tally[] latest;
    private final Map<String, Long> limitHits = new TreeMap<>();
    private boolean isVictimDead;
    private double begin;

    /** Hears how far the run is, now and then. */
    interface Progress {
        void at(double share);
    }

    /** @param quietMillis without a message after which a query has ended */
    NetworkRun(
            ComparisonPlan plan,
            NetworkPlan planned,
            LiveNetwork network,
            NetworkNotes notes,
            double quietMillis,
            Progress progress) {
        this.plan = plan;
        this.planned = planned;
        this.network = network;
        this.notes = notes;
        this.quietMillis = quietMillis;
        this.progress = progress;
        this.latest = new Tally[planned.nodeCount()];
    }

    NetworkRecord play() {
        double joinedAt = join();
        begin = network.now();
        ImmutableList<Tally> joining = tallies();
        playUntil(plan.failureFrom());
        ImmutableList<Tally> steady = minus(tallies(), joining);
        double steadyMillis = network.now() - begin;
        endAll();
        sample();
        playUntil(plan.killAt());
        double killedAt = network.now();
        kill();
        playUntil(plan.askedUntil());
        network.liveUntil(this::isQuiet, begin + plan.askedUntil() + QUERY_MILLIS_MAX);
        tallies();
        collectLimitHits();
        return new NetworkRecord(
                planned,
                ImmutableList.copyOf(traces),
                joinedAt,
                begin,
                joining,
                steady,
                steadyMillis,
                ImmutableList.copyOf(samples),
                killedAt,
                ImmutableList.copyOf(notes.rejoinings()),
                notes.awaitedAt(),
                ImmutableMap.copyOf(limitHits));
    }

    /** Until all links stand and all records are published; says when. */
    private double join() {
        notes.await(expectedRecords());
        long linkEnds = 2L * planned.edgeCount();
        boolean isJoined = network.liveUntil(
                () -> notes.linkEnds() == linkEnds && !Double.isNaN(notes.awaitedAt()), JOIN_MILLIS_MAX);
        if (!isJoined) {
            throw new IllegalStateException("the network " + planned.name() + " does not stand after "
                    + (long) JOIN_MILLIS_MAX + " ms: " + notes.linkEnds() / 2 + " of " + planned.edgeCount()
                    + " links, " + notes.heldInAll() + " of " + expectedRecords() + " records");
        }
        double joinedAt = network.now();
        double tables = planned.routesQueries() ? NetworkPlan.TABLE_PAUSE_MILLIS : 0;
        network.liveUntil(() -> false, joinedAt + SETTLE_MILLIS + tables);
        return joinedAt;
    }

    /** Asks what is due up to {@code time}, which counts from the beginning of the measurement. */
    private void playUntil(long time) {
        while (traces.size() < plan.queries().size()
                && plan.queries().get(traces.size()).at() < time) {
            PlannedQuery query = plan.queries().get(traces.size());
            passUntil(query.at());
            ask(query);
            progress.at(query.at() / plan.askedUntil());
        }
        passUntil((double) time);
    }

    /** Lets time pass, and samples on the way once the second phase has begun. */
    private void passUntil(double time) {
        while (!samples.isEmpty() && nextSample() < begin + time) {
            network.liveUntil(() -> false, nextSample());
            sample();
        }
        network.liveUntil(() -> false, begin + time);
    }

    private double nextSample() {
        return samples.get(samples.size() - 1).at() + SAMPLE_MILLIS;
    }

    private void ask(PlannedQuery query) {
        QueryTrace trace = new QueryTrace(query);
        traces.add(trace);
        network.ask(query.origin(), engine -> {
            notes.of(query.origin()).ask(engine, trace);
            return trace;
        });
    }

    /** Users do not wait for ever: who has no answer by now does not ask again when a leader dies. */
    private void endAll() {
        for (QueryTrace trace : traces) {
            int origin = trace.query().origin();
            network.ask(origin, engine -> {
                notes.of(origin).end(engine, trace);
                return trace;
            });
        }
    }

    private void kill() {
        limitHitsOf(ComparisonPlan.VICTIM);
        latest[ComparisonPlan.VICTIM] = network.ask(ComparisonPlan.VICTIM, engine -> Tally.of(engine.counters()));
        network.kill(ComparisonPlan.VICTIM);
        isVictimDead = true;
        notes.await(expectedRecords());
    }

    private void sample() {
        Tally all = tallies().stream().reduce(Tally.NOTHING, Tally::plus);
        samples.add(new NetworkRecord.Sample(network.now(), all.maintenanceBytes(), all.publicationBytes()));
    }

    /** What each node has handled so far; a dead one, by its death. */
    private ImmutableList<Tally> tallies() {
        for (int node = 0; node < latest.length; node++) {
            if (lives(node)) {
                latest[node] = network.ask(node, engine -> Tally.of(engine.counters()));
            }
        }
        return ImmutableList.copyOf(latest);
    }

    private void collectLimitHits() {
        for (int node = 0; node < planned.nodeCount(); node++) {
            if (lives(node)) {
                limitHitsOf(node);
            }
        }
        addLimitHits(network.hostLimitHits());
    }

    private void limitHitsOf(int node) {
        addLimitHits(network.ask(node, engine -> engine.limitHits().all()));
    }

    private void addLimitHits(Map<String, Long> hits) {
        hits.forEach((key, count) -> limitHits.merge(key, count, Long::sum));
    }

    private boolean lives(int node) {
        return node != ComparisonPlan.VICTIM || !isVictimDead;
    }

    private boolean isQuiet() {
        return network.now() - notes.movedAt() >= quietMillis;
    }

    private long expectedRecords() {
        return planned.recordsHeld(plan.content()::fileCountOf);
    }

    private static ImmutableList<Tally> minus(List<Tally> later, List<Tally> earlier) {
        ImmutableList.Builder<Tally> difference = ImmutableList.builder();
        for (int node = 0; node < later.size(); node++) {
            difference.add(later.get(node).minus(earlier.get(node)));
        }
        return difference.build();
    }
}
