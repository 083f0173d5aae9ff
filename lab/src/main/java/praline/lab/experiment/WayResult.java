package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Collections;
import java.util.Comparator;
import praline.node.overlay.Role;

/**
 * What was measured of one way to search. All but {@code failure} is of the phase in which everybody lives. The metrics
 * are those of spec/experiments.md section 1; times are in milliseconds, sizes in bytes.
 *
 * @param edges links between nodes
 * @param queries of both phases, by number
 * @param limitHits how often each limit acted, by key
 */
public record WayResult(
        Way way,
        String topology,
        int nodes,
        int edges,
        String edgesSha256,
        Cost cost,
        Quality quality,
        Speed speed,
        Load load,
        Upkeep upkeep,
        ImmutableList<IndexSize> indexes,
        Failure failure,
        ImmutableList<QueryResult> queries,
        ImmutableMap<String, Long> limitHits) {

    /** The index with most entries; only of a way that has leaders. */
    IndexSize largestIndex() {
        return Collections.max(indexes, Comparator.comparingLong(IndexSize::bytes));
    }

    /** Results that make a user content: the Z of satisfied(Z). */
    public static final int SATISFYING = 3;

    /**
     * What one query costs, on the average over queries. A message is one send on one link.
     *
     * @param messages all of them
     * @param queries sends of the query to a node that did not know it, or that got lost
     * @param duplicates sends of the query to a node that knew it
     * @param hits sends of answers; one that crosses h links counts h times
     * @param control anything else that the query caused: leaves are asked how many answers they keep
     * @param bytes of descriptors, header and payload (L7)
     * @param wireBytes with 58 bytes of TCP, IP and Ethernet for each message (L2)
     * @param duplicateRatio duplicates among the sends of queries
     * @param lost sends of queries that did not arrive
     */
    public record Cost(
            Estimate messages,
            Estimate queries,
            Estimate duplicates,
            Estimate hits,
            Estimate control,
            Estimate bytes,
            Estimate queryBytes,
            Estimate duplicateBytes,
            Estimate hitBytes,
            Estimate wireBytes,
            double duplicateRatio,
            long lost) {}

    /**
     * What queries find, on the average.
     *
     * @param reached nodes whose files were looked through, by themselves or in an index
     * @param coverage of all other nodes
     * @param recall share of the nodes with a matching file that were found, over queries that have such nodes
     * @param success share of those queries with one answer at least; by words and by hash likewise
     * @param satisfied share of those queries with {@link #SATISFYING} results at least
     * @param answerable how many queries that were
     */
    public record Quality(
            Estimate reached,
            Estimate coverage,
            Estimate recall,
            Estimate success,
            Estimate wordSuccess,
            Estimate hashSuccess,
            Estimate satisfied,
            int answerable) {}

    /**
     * How soon answers come, over queries that have any.
     *
     * @param hops links between the one who asks and the one who answered first
     * @param firstMillis to the first answer
     * @param lastMillis to the last one
     * @param unfinished queries that still caused messages after a minute
     */
    public record Speed(Spread hops, Spread firstMillis, Spread lastMillis, int unfinished) {}

    /**
     * How much nodes have to do.
     *
     * @param gini of the messages that nodes handle: 0 when all handle as many, near 1 when one handles all
     * @param topShare of all handling that falls on the busiest node
     */
    public record Load(ImmutableList<NodeLoad> byNode, ImmutableList<RoleLoad> byRole, double gini, double topShare) {}

    /** What one node handles: messages in and out, and their bytes, a second. */
    public record NodeLoad(int node, Role role, double messages, double bytes) {}

    /** The same over all nodes of one role. */
    public record RoleLoad(Role role, Spread messages, Spread bytes) {}

    /**
     * What keeps the network together, in bytes for each node.
     *
     * @param joinMillis until all links stood and all files were published
     * @param joinBytes handshakes and pings until the measurement began
     * @param publicationBytes to tell leaders of files, one by one or in tables, until then
     * @param maintenanceRate handshakes, pings and pongs a second, from then on
     * @param publicationRate publication a second, from then on
     */
    public record Upkeep(
            double joinMillis,
            double joinBytes,
            double publicationBytes,
            double maintenanceRate,
            double publicationRate) {}

    /**
     * What one leader holds.
     *
     * @param entries files of its leaves; with query routing none
     * @param bytes of them, as they were published; with query routing, of its leaves' tables
     */
    public record IndexSize(int node, int leaves, int entries, long bytes) {}

    /**
     * The phase in which node 0 is killed. Times count from the kill.
     *
     * @param victim what it was
     * @param orphans leaves that lost their leader
     * @param movedMillis until all of them had another; NaN: some never had
     * @param recordsMillis until leaders held the files of all living leaves again; NaN: never
     * @param before queries asked before the kill
     * @param during queries asked from then on until both was done
     * @param after queries asked later
     * @param bins the course of it
     */
    public record Failure(
            Role victim,
            int orphans,
            double movedMillis,
            double recordsMillis,
            Segment before,
            Segment during,
            Segment after,
            ImmutableList<Bin> bins) {

        /** Whether everything that was lost and could come back did. */
        public boolean isRepaired() {
            return !Double.isNaN(repairedMillis());
        }

        /** When it was repaired; NaN: never. */
        public double repairedMillis() {
            return orphans == 0 ? 0 : Math.max(movedMillis, recordsMillis);
        }
    }

    /** Queries of some time whose file was on a living node: how many, and what became of them. */
    public record Segment(int queries, double success, double recall) {}

    /**
     * A piece of time.
     *
     * @param fromMillis and until, from the kill on; negative before it
     * @param upkeepRate bytes of maintenance and publication that all nodes together sent, a second
     */
    public record Bin(double fromMillis, double untilMillis, Segment segment, double upkeepRate) {}
}
