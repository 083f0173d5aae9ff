package praline.node.transfer;

import praline.node.engine.Place;

/** A shared file that may change on its disk. */
final class WorldPlace implements Place {

    /** Which content is there; see {@link WorldBlock}. */
    int content;

    boolean isChanged;
}
