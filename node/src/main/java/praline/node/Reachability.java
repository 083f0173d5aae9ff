package praline.node;

/**
 * Finds out whether others can dial this node. Soon after its start it asks its supernodes to dial it; when nobody at
 * all has come after a while, it takes itself for firewalled, until somebody comes after all.
 */
final class Reachability {

    /** Links have to stand before anybody can be asked. */
    static final long ASK_MILLIS = 5_000;

    /** A connection back takes a second or two; a supernode with many leaves takes longer. */
    static final long WAIT_MILLIS = 30_000;

    private final Node node;
    private boolean wasDialled;

    /** What it needs of the node around. */
    interface Node {

        void after(long millis, Runnable task);

        /** Asks the supernodes to dial this node; false: there are none yet. */
        boolean askToBeDialled();

        void beFirewalled();

        void beReachable();
    }

    Reachability(Node node) {
        this.node = node;
    }

    void begin() {
        node.after(ASK_MILLIS, this::ask);
    }

    /** Somebody has dialled this node. */
    void onDialled() {
        if (!wasDialled) {
            wasDialled = true;
            node.beReachable();
        }
    }

    private void ask() {
        if (!wasDialled) {
            boolean isAsked = node.askToBeDialled();
            node.after(WAIT_MILLIS, isAsked ? this::judge : this::ask);
        }
    }

    private void judge() {
        if (!wasDialled) {
            node.beFirewalled();
        }
    }
}
