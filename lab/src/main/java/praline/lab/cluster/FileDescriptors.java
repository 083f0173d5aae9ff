package praline.lab.cluster;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import praline.protocol.UserError;

/**
 * Counts the file descriptors that a cluster will take before it starts: when they run out in the middle, connections
 * are not accepted any more and nobody is told (spec/hardening.md C3).
 */
final class FileDescriptors {

    /** For the jar, event loops, files being read and the control API. */
    private static final int RESERVE = 64;

    /** Downloads and searches of the user need some more than the plan: a fifth of the limit is left free. */
    private static final int USABLE_PERCENT = 80;

    /** A node listens for connections and for datagrams. */
    private static final int PER_NODE = 2;

    /** A link between two nodes of one JVM has both its ends here. */
    private static final int PER_LINK = 2;

    private FileDescriptors() {}

    /** What {@code plan} takes in one JVM: two listening sockets for each node, and its links. */
    static long neededBy(ClusterPlan plan) {
        return neededBy(plan.nodes().size(), plan.linkCount());
    }

    private static long neededBy(int nodes, int links) {
        return (long) PER_NODE * nodes + (long) PER_LINK * links + RESERVE;
    }

    /** Throws {@link UserError} when {@code plan} needs more than a process here may open. */
    static void check(ClusterPlan plan) {
        check(plan, limit());
    }

    /** The same for {@code nodes} hosts with {@code links} between them. */
    static void check(int nodes, int links) {
        check(neededBy(nodes, links), limit());
    }

    static void check(ClusterPlan plan, long limit) {
        check(neededBy(plan), limit);
    }

    private static void check(long needed, long limit) {
        long usable = limit * USABLE_PERCENT / 100;
        if (needed > usable) {
            throw new UserError(
                    UserError.Kind.FAILED,
                    "this cluster needs " + needed + " open files in one process, but of the " + limit
                            + " allowed here only " + usable + " are for it; ask for fewer nodes, or raise",
                    "ulimit -n");
        }
    }

    /** How many files this process may have open; as good as unlimited where the system does not say. */
    private static long limit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Integer.MAX_VALUE;
    }
}
