package praline.node.transfer;

import org.jspecify.annotations.Nullable;

/**
 * What the node around does for a transfer engine.
 *
 * @param shared what it gives to others
 * @param tracker who answers announcements and scrapes; null: nobody
 * @param taker who asks for ranges
 * @param pushes who sends pushes
 */
public record Surroundings(SharedContent shared, @Nullable TrackerDesk tracker, RangeTaker taker, PushPort pushes) {

    /** Of a node that only gives files, and only to those who dial it. */
    public static Surroundings of(SharedContent shared) {
        return new Surroundings(shared, null, RangeTaker.NONE, PushPort.NONE);
    }
}
