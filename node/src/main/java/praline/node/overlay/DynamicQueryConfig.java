package praline.node.overlay;

import com.google.errorprone.annotations.Immutable;

/**
 * How a supernode asks its neighbours one after the other (spec/gnutella.md 14.5). All times are in milliseconds.
 *
 * @param targets how many results are enough
 * @param probe how it begins
 * @param pace how it goes on
 * @param guidance how the leaf that asked is asked what it keeps
 * @param ttlMax the farthest that one neighbour is asked to pass a query, 1 or more
 * @param reachShare of the hosts that a neighbour's degree promises at each further hop, how many are new ones, above
 *     0, at most 1: gtk-gnutella counts 0.8, the document all
 * @param horizonMax hosts that have been asked, as far as degrees tell, and it is enough
 */
@Immutable
public record DynamicQueryConfig(
        Targets targets, Probe probe, Pace pace, Guidance guidance, int ttlMax, double reachShare, long horizonMax) {

    /** As gtk-gnutella does it. */
    public static final DynamicQueryConfig STANDARD = new DynamicQueryConfig(
            new Targets(150, 50, 6, 2, 20),
            new Probe(3, Probe.BY_POPULARITY, 5_200),
            new Pace(3_700, 0, 100, 3_000, 300, 1_500, 600_000),
            new Guidance(3, 20, 40_000, 2),
            5,
            0.8,
            500_000);

    /** As LimeWire's document has it, for experiment E5 (spec/experiments.md section 4). */
    public static final DynamicQueryConfig E5 = new DynamicQueryConfig(
            new Targets(150, 38, 10, 10, 20),
            new Probe(3, 2, 2 * 2_400),
            new Pace(0, 2_400, 10, 0, 0, 100, 200_000),
            new Guidance(3, 20, 40_000, 2),
            6,
            1,
            200_000);

    /** Between machines of one room or within one machine, answers are there so much sooner. */
    public static final int LOOPBACK_HASTE = 20;

    /**
     * Results that are enough, each 1 or more.
     *
     * @param own for this node's own user, who asks by words
     * @param leaf for a leaf, which asks other supernodes, too
     * @param ownByHash for whom one source would do
     * @param seenFactor so many times more that went by are enough even if the leaf keeps none of them
     */
    @Immutable
    public record Targets(int own, int leaf, int ownByHash, int leafByHash, int seenFactor) {

        int of(boolean isOwn, boolean isByHash) {
            if (isByHash) {
                return isOwn ? ownByHash : leafByHash;
            }
            return isOwn ? own : leaf;
        }
    }

    /**
     * The first question, to neighbours that probably know somebody.
     *
     * @param neighbours how many, 0 or more
     * @param ttl how far they pass it; {@link #BY_POPULARITY}
     * @param waitMillis for each of them, before it goes on
     */
    @Immutable
    public record Probe(int neighbours, int ttl, long waitMillis) {

        /** The more neighbours' tables match, the less far each of them passes it. */
        public static final int BY_POPULARITY = 0;
    }

    /**
     * The time between two neighbours.
     *
     * @param waitMillis for results of one
     * @param waitPerHopMillis on top of it, for each hop that it may pass the query
     * @param fallMillis by which the wait grows shorter from one neighbour to the next, as long as results are rare
     * @param fallFromHorizon hosts asked before they can be called rare
     * @param fallHosts they are rare when there is not one for so many hosts; 0: always
     * @param waitMinMillis however rare they are
     * @param lifeMillis after which it ends, come what may
     */
    @Immutable
    public record Pace(
            long waitMillis,
            long waitPerHopMillis,
            long fallMillis,
            long fallFromHorizon,
            long fallHosts,
            long waitMinMillis,
            long lifeMillis) {}

    /**
     * Asking the leaf.
     *
     * @param everyNeighbours that were asked meanwhile
     * @param newResults that went by meanwhile, at least
     * @param waitMillis for its answer
     * @param timeoutsMax after which it is not asked again
     */
    @Immutable
    public record Guidance(int everyNeighbours, int newResults, long waitMillis, int timeoutsMax) {}

    /** The same with all waits divided by {@code factor}, 1 or more. */
    public DynamicQueryConfig hastened(int factor) {
        return new DynamicQueryConfig(
                targets,
                new Probe(probe.neighbours, probe.ttl, probe.waitMillis / factor),
                new Pace(
                        pace.waitMillis / factor,
                        pace.waitPerHopMillis / factor,
                        pace.fallMillis / factor,
                        pace.fallFromHorizon,
                        pace.fallHosts,
                        pace.waitMinMillis / factor,
                        pace.lifeMillis / factor),
                new Guidance(
                        guidance.everyNeighbours,
                        guidance.newResults,
                        guidance.waitMillis / factor,
                        guidance.timeoutsMax),
                ttlMax,
                reachShare,
                horizonMax);
    }

    /**
     * Hosts that a neighbour of {@code degree} links reaches with {@code ttl}, itself among them: one, then all its
     * other neighbours, then all of theirs, and so on.
     *
     * @param degree 1 or more
     * @param ttl 1 or more
     */
    double horizon(int degree, int ttl) {
        double hosts = 0;
        double ring = 1;
        for (int hop = 0; hop < ttl; hop++) {
            hosts += ring;
            ring *= degree - 1;
        }
        return hosts * Math.pow(reachShare, ttl - 1);
    }
}
