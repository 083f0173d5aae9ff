package praline.node;

import praline.node.overlay.OverlayObserver;

/**
 * Who watches a node.
 *
 * @param news hears what happens
 * @param observer counts queries
 */
public record Watchers(NodeListener news, OverlayObserver observer) {

    /** Nobody. */
    public static final Watchers NONE = new Watchers(NodeListener.NONE, OverlayObserver.NONE);
}
