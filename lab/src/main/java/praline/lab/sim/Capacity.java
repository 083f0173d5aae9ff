package praline.lab.sim;

import com.google.common.base.Preconditions;

/**
 * How wide a node's access is; what it sends by datagram does not count.
 *
 * @param up bytes a second that leave it, all links together; {@link #UNBOUNDED}, or 1 or more
 * @param down bytes a second that reach it, all links together; {@link #UNBOUNDED}, or 1 or more
 */
public record Capacity(long up, long down) {

    public static final long UNBOUNDED = Long.MAX_VALUE;

    /** As much as anybody likes, both ways. */
    public static final Capacity UNLIMITED = new Capacity(UNBOUNDED, UNBOUNDED);

    public Capacity {
        Preconditions.checkArgument(up > 0 && down > 0, "%s up and %s down", up, down);
    }

    /** A bound on what leaves alone. */
    public static Capacity up(long rate) {
        return new Capacity(rate, UNBOUNDED);
    }
}
