package praline.node.overlay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One query that is asked of one neighbour after the other until there are enough results (spec/gnutella.md 14.5): what
 * is known of it, whom to ask next and how far. It sends nothing and knows no clock.
 *
 * <p>The results so far, divided by the hosts that have probably seen the query, say how popular the thing is, and that
 * says how many more hosts are needed. These are spread over the neighbours that are left; the next one is asked with
 * the largest TTL that does not reach more than its share. When even one host is more than the share, the thing is so
 * popular that TTL 1 will do: gtk-gnutella asks with the largest TTL then, which its rate in whole numbers hides, and
 * which would flood the network for what everybody has.
 */
final class DynamicQuery {

    /** A rate of nothing would need infinitely many hosts. */
    private static final double RATE_MIN = 1e-6;

    private static final int COMMON_FACTOR = 3;
    private static final int VERY_COMMON_FACTOR = 6;

    private final DynamicQueryConfig config;
    private final boolean isOwn;
    private final int target;
    private final int ttlMax;
    private final long endsAt;

    /** TTL by link, of all that were asked. */
    private final Map<Integer, Integer> asked = new LinkedHashMap<>(4);
    /** The links that were only probed, and may be asked again. */
    private final List<Integer> probed = new ArrayList<>(0);

    /** Hosts that have probably seen the query: this one first of all, with its leaves. */
    private double horizon = 1;

    private int seen;
    private int kept;
    private long fallen;
    private boolean isGuided;
    private boolean awaitsGuidance;
    private int guidanceTimeouts;
    private int askedAtGuidance;
    private int seenAtGuidance;

    /**
     * A neighbour that can be asked.
     *
     * @param link the id of its link
     * @param degree its links to other supernodes, 1 or more
     * @param ttlMax the farthest that it passes a query, 1 or more
     * @param takesProbes whether it may be probed
     * @param matches whether its table has the words, or it sent none
     * @param room that its link has left: the more, the shorter the queue
     */
    record Candidate(int link, int degree, int ttlMax, boolean takesProbes, boolean matches, int room) {}

    /** Whom to ask, and how far it is to pass the query. */
    record Step(int link, int degree, int ttl) {}

    /**
     * @param isOwn whether this node's own user asks, who needs no guidance
     * @param isGuided whether the leaf that asks answers what it keeps
     * @param target results that are enough, 1 or more
     * @param ttlMax how far the query may go, 1 or more
     * @param endsAt when it ends, come what may
     */
    DynamicQuery(DynamicQueryConfig config, boolean isOwn, boolean isGuided, int target, int ttlMax, long endsAt) {
        this.config = config;
        this.isOwn = isOwn;
        this.isGuided = isGuided && !isOwn;
        this.target = target;
        this.ttlMax = Math.min(ttlMax, config.ttlMax());
        this.endsAt = endsAt;
    }

    /** So many results went by on their way to the one who asks. */
    void addResults(int count) {
        seen += count;
        kept += count;
    }

    /** Whether there are enough results, or enough was done for them. */
    boolean isDone(long now) {
        return kept >= target
                || seen > (long) config.targets().seenFactor() * target
                || horizon >= config.horizonMax()
                || now >= endsAt;
    }

    /** The neighbours to begin with, to be asked all at once; empty: begin with {@link #next}. */
    List<Step> probe(List<Candidate> candidates) {
        List<Candidate> matching = candidates.stream()
                .filter(candidate -> candidate.takesProbes() && candidate.matches())
                .sorted(Comparator.comparingInt(Candidate::room).reversed())
                .toList();
        int ttl = probeTtl(matching.size());
        return matching.stream()
                .limit(config.probe().neighbours())
                .map(candidate -> new Step(candidate.link(), candidate.degree(), Math.min(ttl, farthest(candidate))))
                .toList();
    }

    /** The neighbour to ask next; null: there is nobody left. */
    @Nullable
    Step next(List<Candidate> candidates) {
        List<Candidate> left = candidates.stream()
                .filter(this::canBeAsked)
                .sorted(Comparator.comparing(Candidate::matches)
                        .thenComparingInt(Candidate::room)
                        .reversed())
                .toList();
        for (Candidate candidate : left) {
            int ttl = ttlFor(candidate, left.size());
            boolean isNew = ttl > asked.getOrDefault(candidate.link(), 0);
            if (isNew && (ttl > 1 || candidate.matches())) {
                return new Step(candidate.link(), candidate.degree(), ttl);
            }
        }
        return null;
    }

    /** A probe was sent; says how much longer to wait for what comes of all of them. */
    long probed(Step step) {
        probed.add(step.link());
        reached(step);
        return config.probe().waitMillis();
    }

    /** A neighbour was asked; says how long to wait for what comes of it. */
    long asked(Step step) {
        probed.remove((Integer) step.link());
        reached(step);
        DynamicQueryConfig.Pace pace = config.pace();
        if (horizon > pace.fallFromHorizon() && kept * pace.fallHosts() < horizon) {
            fallen += pace.fallMillis();
        }
        return Math.max(pace.waitMillis() + pace.waitPerHopMillis() * step.ttl() - fallen, pace.waitMinMillis());
    }

    /** Whether the query was sent to this link: only then can hits come from there. */
    boolean wasAsked(int link) {
        return asked.containsKey(link);
    }

    int askedCount() {
        return asked.size();
    }

    /** Hosts that have probably seen the query, this one among them. */
    double horizon() {
        return horizon;
    }

    /** Whether the leaf is to be asked what it keeps, before anybody else is. */
    boolean needsGuidance() {
        DynamicQueryConfig.Guidance guidance = config.guidance();
        return isGuided
                && !awaitsGuidance
                && asked.size() - askedAtGuidance >= guidance.everyNeighbours()
                && seen - seenAtGuidance >= guidance.newResults();
    }

    /** The leaf was asked; says how long to wait for its answer. */
    long guidanceAsked() {
        awaitsGuidance = true;
        askedAtGuidance = asked.size();
        seenAtGuidance = seen;
        return config.guidance().waitMillis();
    }

    boolean awaitsGuidance() {
        return awaitsGuidance;
    }

    /** The leaf said, asked or unasked, how many results it keeps. */
    void guided(int hits) {
        awaitsGuidance = false;
        kept = hits;
    }

    /** The leaf did not say it in time; what went by counts. */
    void guidanceTimedOut() {
        awaitsGuidance = false;
        guidanceTimeouts++;
        isGuided = guidanceTimeouts < config.guidance().timeoutsMax();
    }

    boolean isOwn() {
        return isOwn;
    }

    private int probeTtl(int matching) {
        int count = config.probe().neighbours();
        if (config.probe().ttl() != DynamicQueryConfig.Probe.BY_POPULARITY) {
            return config.probe().ttl();
        }
        int less = (matching > COMMON_FACTOR * count ? 1 : 0) + (matching > VERY_COMMON_FACTOR * count ? 1 : 0);
        return Math.max(ttlMax - less, 1);
    }

    private boolean canBeAsked(Candidate candidate) {
        return !asked.containsKey(candidate.link()) || probed.contains(candidate.link());
    }

    private int ttlFor(Candidate candidate, int candidates) {
        double share = (target - kept) / Math.max(seen / horizon, RATE_MIN) / candidates;
        int ttl = farthest(candidate);
        while (ttl > 1 && config.horizon(candidate.degree(), ttl) > share) {
            ttl--;
        }
        return ttl;
    }

    private int farthest(Candidate candidate) {
        return Math.min(ttlMax, candidate.ttlMax());
    }

    /** A neighbour that was probed before is reached farther; what it had reached is not counted twice. */
    private void reached(Step step) {
        Integer before = asked.put(step.link(), step.ttl());
        double known = before == null ? 0 : config.horizon(step.degree(), before);
        horizon += Math.max(0, config.horizon(step.degree(), step.ttl()) - known);
    }
}
