package praline.node.engine;

/**
 * Bytes of a file that arrived and are on their way to the disk. An engine passes the handle on and never looks inside:
 * in virtual time there are no bytes. A block has one owner at a time; who drops it releases it.
 */
public interface Block {

    /** Bytes. */
    int size();

    /** Gives the memory back; the block is not used afterwards. */
    void release();
}
