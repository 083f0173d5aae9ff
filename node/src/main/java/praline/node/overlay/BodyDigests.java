package praline.node.overlay;

import praline.protocol.gnutella.Query;

/**
 * Notices queries that come again under the same GUID with another body: whoever brings an altered copy first keeps the
 * true one from going anywhere. That cannot be prevented without knowing authors, so it is counted (spec/hardening.md
 * R4). A table of fixed size, in which a newer query takes the place of an older one.
 */
final class BodyDigests {

    private static final int SLOTS = 1_024;
    private static final int HALF = 16;

    /** The upper half tells the GUID again, the lower one its body. */
    private final int[] slots = new int[SLOTS];

    /** Notes the first copy. */
    void add(Query query) {
        slots[slotOf(query)] = wordOf(query);
    }

    /** Whether {@code copy} is surely another query than the first of its GUID. */
    boolean differs(Query copy) {
        int noted = slots[slotOf(copy)];
        int word = wordOf(copy);
        return noted != word && noted >>> HALF == word >>> HALF;
    }

    private static int slotOf(Query query) {
        return (int) (query.guid().low() >>> HALF) & SLOTS - 1;
    }

    /** Never 0, which is a free slot: bit 0 is set. */
    private static int wordOf(Query query) {
        int body = 31 * query.text().hashCode() + query.extensions().hashCode();
        int folded = (body ^ body >>> HALF) & 0xFFFF;
        return (int) (query.guid().high() >>> HALF) << HALF | folded | 1;
    }
}
