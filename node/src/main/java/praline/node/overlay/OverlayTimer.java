package praline.node.overlay;

/** What an overlay engine waits for. The order is the order in which due ones act. */
enum OverlayTimer {
    /** A handshake runs out of time, or a link has been quiet for too long. */
    WATCH,
    /** Links are missing, and an address may be tried again. */
    DIAL,
    /** One more host is to be tried. */
    FEEL,
    /** A node that may choose looks at its role. */
    ROLE,
    /** Files are to be told to a supernode. */
    PUBLISH,
    /** Leaves are to be told what is held for them. */
    STATUS,
    /** A search asks further, or is quiet. */
    SEARCH,
    /** A neighbour's answers to a query that asks one after the other should be there. */
    DYNAMIC,
    /** Remembered GUIDs grow old. */
    FORGET,
    /** GUIDs of links that are gone are to be forgotten. */
    FORGET_GONE,
    /** Query routing tables are to be sent, or are late. */
    TABLES,
    /** The index has something to clear away. */
    PURGE
}
