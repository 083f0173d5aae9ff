package praline.lab.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong on a scenario's word, beside deaths: nodes that hang, and a network in two parts (spec/hardening.md
 * section 13, FI2, FI7, FI9). Nothing that was sent on a link is lost: what cannot arrive waits, in order, and arrives
 * when the fault is over, if its link still stands then. Dials wait for nothing; they run out of time.
 */
final class Faults {

    private final EventQueue queue;
    private @Nullable IntPredicate part;
    private List<Occurrence> waiting = new ArrayList<>(0);
    private int frozen;
    /** Whether there is any fault now; asked of every message. */
    private boolean hasAny;

    Faults(EventQueue queue) {
        this.queue = queue;
    }

    boolean hasAny() {
        return hasAny;
    }

    /** Whether {@code target} hears nothing of {@code source} now; a node that hangs hears nothing of itself. */
    boolean separate(VirtualNode source, VirtualNode target) {
        return target.isFrozen() || (part != null && part.test(source.number()) != part.test(target.number()));
    }

    /** Whether {@code target} cannot be told {@code what} of {@code source} now; then it waits. */
    boolean delay(VirtualNode source, VirtualNode target, Occurrence what) {
        boolean isLate = hasAny && separate(source, target);
        if (isLate) {
            waiting.add(what);
        }
        return isLate;
    }

    void split(IntPredicate newPart) {
        part = newPart;
        hasAny = true;
    }

    void heal(long now) {
        part = null;
        release(now);
    }

    void onFrozen() {
        frozen++;
        hasAny = true;
    }

    void onThawed(long now) {
        frozen--;
        release(now);
    }

    private void release(long now) {
        hasAny = part != null || frozen > 0;
        List<Occurrence> released = waiting;
        waiting = new ArrayList<>(0);
        released.forEach(what -> queue.add(now, null, what));
    }
}
