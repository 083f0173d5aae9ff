package praline.node.disk;

/** When the room of a torrent's files is taken. */
public enum Allocation {
    /** As pieces come. What is missing is a hole that takes no room, where the file system has holes. */
    SPARSE,
    /** Before the first piece, by writing zeros. A disk then cannot fill up in the middle, and files lie together. */
    FULL
}
