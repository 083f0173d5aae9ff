package praline.lab.cluster;

import com.google.common.collect.ImmutableList;
import praline.node.overlay.Role;
import praline.node.overlay.RolePolicy;
import praline.protocol.Endpoint;

/**
 * One node of a plan.
 *
 * @param number from 1, in the order of the plan; its address follows from it
 * @param role what it is, or begins as
 * @param policy whether it stays that
 * @param seeds numbers of the nodes that it dials. A flat peer and a supernode dial all of them; a leaf dials the
 *     first, and the others only when that one dies
 */
public record PlannedNode(int number, Role role, RolePolicy policy, ImmutableList<Integer> seeds) {

    private static final int LOOPBACK_NETWORK = 127 << 24;
    /** Last bytes run from 1 to 250, so that no address looks like a network or a broadcast. */
    private static final int LAST_BYTES = 250;

    /** A node that stays what it is. */
    PlannedNode(int number, Role role, ImmutableList<Integer> seeds) {
        this(number, role, RolePolicy.FIXED, seeds);
    }

    /** Where it listens: node 1 at 127.1.0.1, node 2 at 127.1.0.2, node 251 at 127.1.1.1, all on one port. */
    public Endpoint address(int port) {
        return address(number, port);
    }

    /** The address of the node with this number. */
    public static Endpoint address(int number, int port) {
        int block = (number - 1) / LAST_BYTES;
        int last = (number - 1) % LAST_BYTES + 1;
        return Endpoint.ofIpv4(LOOPBACK_NETWORK | (1 << 16) + (block << 8) | last, port);
    }
}
