package praline.node.overlay;

import praline.node.engine.Profile;
import praline.protocol.Endpoint;
import praline.protocol.Guid;

/**
 * How a node takes part in the overlay. One record can serve many engines that differ in {@code self} and
 * {@code servent} only.
 *
 * @param role what the node is
 * @param self where it listens
 * @param servent its GUID: one value for hits, pushes and the handshake
 * @param profile how careful it is with addresses and rates
 * @param neighboursWanted links to flat peers or supernodes that it keeps up by dialling, 0 or more; 0 dials only what
 *     {@code connect} names
 * @param supernodesWanted supernodes that a leaf keeps up, 1 or more
 * @param takesIndex whether a supernode takes its leaves' publications
 * @param maintained whether it pings, watches its links and publishes; off in literature experiments, whose links are
 *     given
 * @param limits its bounds
 */
public record OverlayConfig(
        Role role,
        Endpoint self,
        Guid servent,
        Profile profile,
        int neighboursWanted,
        int supernodesWanted,
        boolean takesIndex,
        boolean maintained,
        OverlayLimits limits) {}
