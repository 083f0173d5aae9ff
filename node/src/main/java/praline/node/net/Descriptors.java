package praline.node.net;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * How many more sockets and files the system lets this process open. Sockets leave some to files, so that a flood of
 * connections never keeps a node from its disk (spec/hardening.md C15).
 */
final class Descriptors {

    /** Counting them reads a folder of the system, and a hundred connections may come in a second. */
    private static final long LOOK_MILLIS = 100;

    private final long forFiles;
    private final LongSupplier free;
    private long lookAt = Long.MIN_VALUE;
    private boolean areScarce;

    /**
     * @param forFiles how many sockets leave free
     * @param free how many more can be opened
     */
    Descriptors(long forFiles, LongSupplier free) {
        this.forFiles = forFiles;
        this.free = free;
    }

    /** How many more this process may open; as many as one likes where the system does not say. */
    static long free() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    /** Whether one more socket would be one too many; {@code now} in milliseconds. */
    boolean areScarce(long now) {
        if (now >= lookAt) {
            lookAt = now + LOOK_MILLIS;
            areScarce = free.getAsLong() <= forFiles;
        }
        return areScarce;
    }
}
