package praline.lab.experiment;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What became of one query in one network.
 *
 * @param holders other nodes that had what was asked for, and lived
 * @param holdersFound of them, those that an answer named
 * @param results files that the answers named
 * @param askedAt milliseconds on the network's clock
 * @param sent times that the query was sent on a link
 * @param lost of them, those that did not arrive
 * @param duplicates of them, those that told a node what it knew
 * @param hits times that an answer was sent on a link
 * @param guidance times that the one who asked was asked how many answers it keeps, or said so
 * @param reached nodes whose files were looked through, by themselves or in an index
 * @param hops links to the one who answered first; 0 without an answer
 * @param firstMillis to the first answer; NaN without one
 * @param lastMillis to the last answer; NaN without one
 * @param movedMillis to the last message; NaN when there was none
 */
public record QueryResult(
        PlannedQuery query,
        int holders,
        int holdersFound,
        int results,
        double askedAt,
        long sent,
        long lost,
        long duplicates,
        long hits,
        long guidance,
        long queryBytes,
        long duplicateBytes,
        long hitBytes,
        long guidanceBytes,
        int reached,
        int hops,
        double firstMillis,
        double lastMillis,
        double movedMillis) {

    /** TCP, IP and Ethernet around one message that shares its packet with no other. */
    private static final int LINK_HEADERS_SIZE = 58;

    /** @param killedAt when node {@link ComparisonPlan#VICTIM} died: what it had could be found only until then */
    static QueryResult of(QueryTrace trace, double killedAt) {
        Set<Integer> holders = new TreeSet<>(trace.query().holders());
        if (trace.askedAt() >= killedAt || trace.movedAt() >= killedAt) {
            holders.remove(ComparisonPlan.VICTIM);
        }
        Set<Integer> found = new TreeSet<>();
        List<Delivery> deliveries = trace.deliveries();
        deliveries.forEach(delivery -> found.add(delivery.sharer()));
        found.retainAll(holders);
        boolean isAnswered = !deliveries.isEmpty();
        return new QueryResult(
                trace.query(),
                holders.size(),
                found.size(),
                deliveries.stream()
                        .mapToInt(delivery -> delivery.records().size())
                        .sum(),
                trace.askedAt(),
                trace.sent(),
                trace.sent() - trace.received(),
                trace.duplicates(),
                trace.hitsSent(),
                trace.guidanceSent(),
                trace.sentBytes() - trace.duplicateBytes(),
                trace.duplicateBytes(),
                trace.hitBytes(),
                trace.guidanceBytes(),
                trace.reached(),
                isAnswered ? deliveries.get(0).hops() + 1 : 0,
                isAnswered ? deliveries.get(0).at() - trace.askedAt() : Double.NaN,
                isAnswered ? deliveries.get(deliveries.size() - 1).at() - trace.askedAt() : Double.NaN,
                trace.movedAt() - trace.askedAt());
    }

    /** Whether another node had what was asked for. */
    public boolean isAnswerable() {
        return holders > 0;
    }

    /** Whether one of those was found. */
    public boolean isAnswered() {
        return holdersFound > 0;
    }

    /** Share of the nodes with a match that were found; NaN when there are none. */
    public double recall() {
        return isAnswerable() ? (double) holdersFound / holders : Double.NaN;
    }

    /** 1 if one was found, else 0; NaN when there are none. */
    public double success() {
        return isAnswerable() ? Math.min(holdersFound, 1) : Double.NaN;
    }

    /** 1 if there are {@code wanted} results at least, else 0; NaN when nobody had any. */
    double satisfied(int wanted) {
        return !isAnswerable() ? Double.NaN : results >= wanted ? 1 : 0;
    }

    /** Sends of any kind. */
    public long messages() {
        return sent + hits + guidance;
    }

    /** Of descriptors: header and payload. */
    public long bytes() {
        return queryBytes + duplicateBytes + hitBytes + guidanceBytes;
    }

    /** As they would be on an Ethernet. */
    public long wireBytes() {
        return bytes() + LINK_HEADERS_SIZE * messages();
    }
}
