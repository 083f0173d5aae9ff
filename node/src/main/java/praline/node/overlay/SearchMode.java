package praline.node.overlay;

/** How a two-tier network lets its leaves' files be found (ARCHITECTURE.md). A flat network has no choice. */
public enum SearchMode {
    /** Leaves publish their files to their supernodes, which answer for them and flood among themselves. */
    INDEX("index"),
    /**
     * Leaves send tables of hashed words, supernodes pass matching queries down to them and ask each other one by one
     * until there are enough results (spec/gnutella.md sections 9 and 14.5).
     */
    QUERY_ROUTING("qrp");

    private final String id;

    SearchMode(String id) {
        this.id = id;
    }

    /** How options and result files name it. */
    public String id() {
        return id;
    }
}
