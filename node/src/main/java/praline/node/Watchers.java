package praline.node;

import praline.node.overlay.OverlayObserver;
import praline.node.swarm.SwarmListener;

/**
 * Who watches a node.
 *
 * @param news hears what happens
 * @param observer counts queries
 * @param swarms hears what becomes of torrents, on the node's event loop, as {@code news} does
 */
public record Watchers(NodeListener news, OverlayObserver observer, SwarmListener swarms) {

    /** Nobody. */
    public static final Watchers NONE = new Watchers(NodeListener.NONE, OverlayObserver.NONE);

    /** Who does not care for swarms. */
    public Watchers(NodeListener news, OverlayObserver observer) {
        this(news, observer, SwarmListener.NONE);
    }
}
