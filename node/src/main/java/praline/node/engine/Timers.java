package praline.node.engine;

import java.util.Arrays;

/**
 * The deadlines of one engine or part: a slot per name, no objects, nothing to cancel.
 *
 * @param <T> the names
 */
public final class Timers<T extends Enum<T>> {

    /** The deadline of a timer that does not run. */
    public static final long NEVER = Long.MAX_VALUE;

    private final long[] deadlines;
    /** The earliest of them. A host asks for it after every event, so it is at hand. */
    private long next = NEVER;

    public Timers(Class<T> names) {
        deadlines = new long[names.getEnumConstants().length];
        Arrays.fill(deadlines, NEVER);
    }

    /** Starts {@code timer}, or moves it; {@code deadline} is in the host's milliseconds. */
    public void set(T timer, long deadline) {
        long before = deadlines[timer.ordinal()];
        deadlines[timer.ordinal()] = deadline;
        if (deadline <= next) {
            next = deadline;
        } else if (before == next) {
            next = earliest();
        }
    }

    /** Starts {@code timer} unless it runs already and ends sooner. */
    public void setAtMost(T timer, long deadline) {
        set(timer, Math.min(deadlines[timer.ordinal()], deadline));
    }

    public void stop(T timer) {
        set(timer, NEVER);
    }

    public boolean isRunning(T timer) {
        return deadlines[timer.ordinal()] != NEVER;
    }

    /** Whether {@code timer} is due at {@code now}: true once, then it is stopped. */
    public boolean take(T timer, long now) {
        if (deadlines[timer.ordinal()] > now) {
            return false;
        }
        stop(timer);
        return true;
    }

    /** The earliest deadline; {@link #NEVER} when nothing runs. */
    public long next() {
        return next;
    }

    private long earliest() {
        long earliest = NEVER;
        for (long deadline : deadlines) {
            earliest = Math.min(earliest, deadline);
        }
        return earliest;
    }
}
