package praline.node.overlay;

/**
 * Which links are deflated (spec/gnutella.md 2.7). A deflater takes 258 KiB outside the heap and an inflater 38 KiB, so
 * supernodes compress among themselves, with a bound, and the links of leaves stay plain unless configured otherwise
 * (spec/hardening.md B2).
 */
final class Compression {

    private Compression() {}

    /**
     * Whether our greeting says that we inflate. A leaf always does: gtk-gnutella refuses one that does not, and
     * whether a supernode is one of ours is not known before it answers.
     */
    static boolean isOffered(Context context) {
        return switch (context.config.role()) {
            case LEAF -> true;
            case SUPERNODE -> context.config.limits().deflatersMax() > 0;
            case FLAT -> false;
        };
    }

    /** Whether a supernode's answer to {@code peer} says that it inflates. */
    static boolean accepts(Context context, PeerFacts peer) {
        return deflatersMax(context, peer) > 0;
    }

    /** Whether what we send to {@code peer} shall be deflated. */
    static boolean isWanted(Context context, PeerFacts peer) {
        if (!peer.abilities().inflates() || context.config.role() == Role.FLAT) {
            return false;
        }
        boolean toLeaf = isOfLeaf(context, peer);
        return context.links.countIf(state -> state.deflates && isOfLeaf(context, state.peer()) == toLeaf)
                < deflatersMax(context, peer);
    }

    private static int deflatersMax(Context context, PeerFacts peer) {
        OverlayLimits limits = context.config.limits();
        return isOfLeaf(context, peer) ? limits.leafDeflatersMax() : limits.deflatersMax();
    }

    private static boolean isOfLeaf(Context context, PeerFacts peer) {
        return peer.role() == Role.LEAF || context.config.role() == Role.LEAF;
    }
}
