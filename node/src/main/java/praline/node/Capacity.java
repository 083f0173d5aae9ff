package praline.node;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import praline.node.engine.Profile;

/**
 * What a process has to lead with: a supernode with its leaves' index wants a heap of 512 MiB (spec/hardening.md B5),
 * and a descriptor for each of its links beside those of its transfers (C3).
 *
 * @param heapBytes the most that the heap grows to, which a JVM says a little too low
 * @param descriptors that may be open at a time
 */
record Capacity(long heapBytes, long descriptors) {

    private static final long HEAP_MIN = 400L << 20;
    private static final long DESCRIPTORS_MIN = 1_024;

    static Capacity ofThisProcess() {
        long descriptors = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
        return new Capacity(Runtime.getRuntime().maxMemory(), descriptors);
    }

    /** Whether a node may lead; in a laboratory, where many share one process, always. */
    boolean isEnoughToLead(Profile profile) {
        boolean isLaboratory = profile == Profile.LAB || profile == Profile.EXPERIMENT;
        return isLaboratory || (heapBytes >= HEAP_MIN && descriptors >= DESCRIPTORS_MIN);
    }
}
