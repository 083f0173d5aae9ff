package praline.cli.control;

import java.util.List;

/**
 * A page of a cluster's nodes, as {@code GET /api/v1/nodes} says it.
 *
 * @param total nodes of the cluster
 * @param offset of the first one on this page
 */
public record NodesAnswer(int total, int offset, List<Line> nodes) {

    /** Nodes on one page at most (spec/hardening.md A11). */
    public static final int PAGE_MAX = 500;

    /** One node; what it holds is 0 when it does not live. */
    public record Line(
            int number, String address, String role, boolean alive, int links, int filesShared, int recordsHeld) {}
}
