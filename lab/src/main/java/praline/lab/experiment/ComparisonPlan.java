package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.List;
import java.util.Objects;
import praline.lab.experiment.PlannedQuery.Phase;
import praline.node.library.SharedFile;

/**
 * All that a comparison is going to do, before anything runs: a pure function of its options and files. Times are in
 * milliseconds after the networks stand.
 *
 * @param networks by way, in the order of {@link Way}
 * @param queries of both phases, in order of time
 * @param rate queries a second
 * @param failureFrom when the second phase begins
 * @param killAt when node {@link #VICTIM} dies
 * @param askedUntil when the last query has been asked
 */
public record ComparisonPlan(
        CompareOptions options,
        Content content,
        ImmutableMap<Way, NetworkPlan> networks,
        ImmutableList<PlannedQuery> queries,
        double rate,
        long failureFrom,
        long killAt,
        long askedUntil) {

    /** The node that gets killed. */
    public static final int VICTIM = 0;

    /** So that the default run takes a minute and a half on the wall clock, and a long one does not take all day. */
    private static final double PHASE_SECONDS = 40;

    private static final double RATE_MIN = 5;
    private static final double RATE_MAX = 50;
    /** After the last query of the first phase, so that its answers are not cut off. */
    private static final long PAUSE_MILLIS = 5_000;

    /** The same where supernodes that ask one by one wait as long as they do among strangers. */
    private static final long SIM_PAUSE_MILLIS = (long) NetworkRun.QUERY_MILLIS_MAX;
    /** The share of the second phase in which everybody still lives. */
    private static final double LIVING_SHARE = 0.25;

    static ComparisonPlan of(CompareOptions options, List<SharedFile> files) {
        Content content = Content.spread(files, options.nodes(), options.seed());
        double rate = Math.min(Math.max(options.queries() / PHASE_SECONDS, RATE_MIN), RATE_MAX);
        QueryStream stream = new QueryStream(
                content, options.supernodes(), options.nodes(), CompareOptions.TTL, rate, options.seed());
        ImmutableList<PlannedQuery> steady = stream.draw(Phase.STEADY, 0, 0, options.queries());
        long pause = options.world() == World.SIM ? SIM_PAUSE_MILLIS : PAUSE_MILLIS;
        long failureFrom = (long) last(steady).at() + pause;
        ImmutableList<PlannedQuery> failure = stream.draw(Phase.FAILURE, steady.size(), failureFrom, options.queries());
        long askedUntil = (long) last(failure).at() + 1;
        return new ComparisonPlan(
                options,
                content,
                Maps.toMap(options.ways(), way -> way.plan(options)),
                ImmutableList.<PlannedQuery>builder()
                        .addAll(steady)
                        .addAll(failure)
                        .build(),
                rate,
                failureFrom,
                failureFrom + (long) ((askedUntil - failureFrom) * LIVING_SHARE),
                askedUntil);
    }

    NetworkPlan network(Way way) {
        return Objects.requireNonNull(networks.get(way));
    }

    private static PlannedQuery last(List<PlannedQuery> queries) {
        return queries.get(queries.size() - 1);
    }
}
