package praline.lab.experiment;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Everything that one query caused in one network. Noted by the threads of all nodes. */
public final class QueryTrace {

    private final PlannedQuery query;
    private final BitSet examined = new BitSet();
    private final List<Delivery> deliveries = new ArrayList<>(2);
    private double askedAt = Double.NaN;
    private double movedAt = Double.NaN;
    private long sent;
    private long sentBytes;
    private long duplicates;
    private long duplicateBytes;
    private long received;
    private long hitsSent;
    private long hitBytes;
    private long guidanceSent;
    private long guidanceBytes;

    QueryTrace(PlannedQuery query) {
        this.query = query;
    }

    public PlannedQuery query() {
        return query;
    }

    synchronized void asked(double at) {
        askedAt = at;
    }

    synchronized void querySent(double at, int wireSize) {
        movedAt = at;
        sent++;
        sentBytes += wireSize;
    }

    synchronized void queryReceived(double at, int wireSize, boolean duplicate) {
        movedAt = at;
        received++;
        if (duplicate) {
            duplicates++;
            duplicateBytes += wireSize;
        }
    }

    /** The files of {@code nodes} were looked through. */
    synchronized void examined(BitSet nodes) {
        examined.or(nodes);
    }

    synchronized void hitSent(double at, int wireSize) {
        movedAt = at;
        hitsSent++;
        hitBytes += wireSize;
    }

    /** A leaf was asked what it keeps, or said so. */
    synchronized void guidanceSent(double at, int wireSize) {
        movedAt = at;
        guidanceSent++;
        guidanceBytes += wireSize;
    }

    synchronized void delivered(Delivery delivery) {
        movedAt = delivery.at();
        deliveries.add(delivery);
    }

    /** Milliseconds on the network's clock; NaN: not yet. */
    public synchronized double askedAt() {
        return askedAt;
    }

    /** When a message of it was last sent or received; NaN: never. */
    public synchronized double movedAt() {
        return movedAt;
    }

    /** Times that the query was sent on a link. */
    public synchronized long sent() {
        return sent;
    }

    public synchronized long sentBytes() {
        return sentBytes;
    }

    /** Of the sends, those that arrived. */
    public synchronized long received() {
        return received;
    }

    /** Of the sends, those that told a node what it knew. */
    public synchronized long duplicates() {
        return duplicates;
    }

    public synchronized long duplicateBytes() {
        return duplicateBytes;
    }

    /** Times that a hit was sent on a link. */
    public synchronized long hitsSent() {
        return hitsSent;
    }

    public synchronized long hitBytes() {
        return hitBytes;
    }

    /** Times that a leaf was asked what it keeps, or said so. */
    public synchronized long guidanceSent() {
        return guidanceSent;
    }

    public synchronized long guidanceBytes() {
        return guidanceBytes;
    }

    /** Nodes whose files were looked through, by themselves or by their supernode, without the one that asked. */
    public synchronized int reached() {
        return examined.cardinality() - (examined.get(query.origin()) ? 1 : 0);
    }

    /** In order of arrival. */
    public synchronized List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }
}
