package praline.node.overlay;

import praline.node.engine.Profile;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.WireLimits;

/**
 * How a node takes part in the overlay.
 *
 * @param role what the node is, or begins as
 * @param policy whether it stays what it is
 * @param tiers how it finds supernodes and may become one
 * @param self where it listens
 * @param servent its GUID: one value for hits, pushes and the handshake
 * @param profile how careful it is with addresses and rates
 * @param neighboursWanted links to flat peers or supernodes that it keeps up by dialling, 0 or more; 0 dials only what
 *     {@code connect} names
 * @param supernodesWanted supernodes that a leaf keeps up, 0 or more; 0 as above
 * @param mode how leaves' files are found
 * @param dynamicQuerying how a supernode asks its neighbours one by one, where it does
 * @param forwardsHigherTtl whether a supernode passes a query on once more when a copy may travel farther than the
 *     first one (spec/hardening.md R3)
 * @param maintained whether it pings and watches its links; off in literature experiments, whose links are given
 * @param hopMillis how long a message takes for one hop, for the pauses of an expanding ring
 * @param limits its bounds
 * @param wire the bounds of what it reads
 */
public record OverlayConfig(
        Role role,
        RolePolicy policy,
        TierLimits tiers,
        Endpoint self,
        Guid servent,
        Profile profile,
        int neighboursWanted,
        int supernodesWanted,
        SearchMode mode,
        DynamicQueryConfig dynamicQuerying,
        boolean forwardsHigherTtl,
        boolean maintained,
        int hopMillis,
        OverlayLimits limits,
        WireLimits wire) {

    /** What a hop takes among strangers, about. */
    public static final int HOP_MILLIS = 250;

    /**
     * Of a node that stays what it is and spreads queries as usual; only networks that the laboratory gives count each
     * copy, and do without copies that travel farther.
     */
    public OverlayConfig(
            Role role,
            Endpoint self,
            Guid servent,
            Profile profile,
            int neighboursWanted,
            int supernodesWanted,
            SearchMode mode,
            boolean maintained,
            int hopMillis,
            OverlayLimits limits) {
        this(
                role,
                RolePolicy.FIXED,
                TierLimits.of(profile),
                self,
                servent,
                profile,
                neighboursWanted,
                supernodesWanted,
                mode,
                DynamicQueryConfig.STANDARD,
                profile != Profile.EXPERIMENT,
                maintained,
                hopMillis,
                limits,
                WireLimits.STANDARD);
    }

    /** The same node with another say in what it is. */
    public OverlayConfig choosing(RolePolicy otherPolicy, TierLimits otherTiers) {
        return new OverlayConfig(
                role,
                otherPolicy,
                otherTiers,
                self,
                servent,
                profile,
                neighboursWanted,
                supernodesWanted,
                mode,
                dynamicQuerying,
                forwardsHigherTtl,
                maintained,
                hopMillis,
                limits,
                wire);
    }

    /** The same node in another role. */
    OverlayConfig as(Role other) {
        return new OverlayConfig(
                other,
                policy,
                tiers,
                self,
                servent,
                profile,
                neighboursWanted,
                supernodesWanted,
                mode,
                dynamicQuerying,
                forwardsHigherTtl,
                maintained,
                hopMillis,
                limits,
                wire);
    }

    /** The same node as others reach it elsewhere. */
    OverlayConfig at(Endpoint other) {
        return new OverlayConfig(
                role,
                policy,
                tiers,
                other,
                servent,
                profile,
                neighboursWanted,
                supernodesWanted,
                mode,
                dynamicQuerying,
                forwardsHigherTtl,
                maintained,
                hopMillis,
                limits,
                wire);
    }

    /** The same node with another way to spread queries. */
    public OverlayConfig spreading(DynamicQueryConfig otherQuerying, boolean otherForwarding) {
        return new OverlayConfig(
                role,
                policy,
                tiers,
                self,
                servent,
                profile,
                neighboursWanted,
                supernodesWanted,
                mode,
                otherQuerying,
                otherForwarding,
                maintained,
                hopMillis,
                limits,
                wire);
    }

    /** The same node with other bounds of what it reads. */
    public OverlayConfig reading(WireLimits otherWire) {
        return new OverlayConfig(
                role,
                policy,
                tiers,
                self,
                servent,
                profile,
                neighboursWanted,
                supernodesWanted,
                mode,
                dynamicQuerying,
                forwardsHigherTtl,
                maintained,
                hopMillis,
                limits,
                otherWire);
    }

    /** Whether this node takes its leaves' publications. */
    boolean takesIndex() {
        return role == Role.SUPERNODE && mode == SearchMode.INDEX;
    }

    /** Whether this node publishes its files to those that take publications. */
    boolean publishes() {
        return role == Role.LEAF && mode == SearchMode.INDEX;
    }
}
