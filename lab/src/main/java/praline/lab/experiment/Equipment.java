package praline.lab.experiment;

import praline.node.overlay.LeafIndex;
import praline.node.overlay.SharedFiles;

/** What the nodes of a network bring: the files that each shares, and a leader's index. */
public interface Equipment {

    /** What {@code node} shares. */
    SharedFiles files(int node);

    /** An empty index for one leader. */
    LeafIndex index();
}
