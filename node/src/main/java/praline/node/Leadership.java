package praline.node;

import praline.node.overlay.LeafIndex;
import praline.node.overlay.LeafSources;

/** What makes a node a leader; the group leader brings it (ARCHITECTURE.md). Its parts are of the node's event loop. */
public interface Leadership {

    /** What the node knows of its leaves' files. */
    LeafIndex index();

    /** Makes the node's tracker, once; it may ask {@code leaves} for who has the content of a torrent. */
    Tracking tracker(LeafSources leaves);
}
