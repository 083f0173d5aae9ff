package praline.node.disk;

/**
 * What a user may choose about unfinished and finished torrents.
 *
 * @param allocation when the room of a torrent's files is taken
 * @param remembersFinished whether a later run knows, without hashing, that finished files are right; that leaves a few
 *     bytes about each torrent in the folder of the unfinished
 */
public record DiskChoices(Allocation allocation, boolean remembersFinished) {

    public static final DiskChoices STANDARD = new DiskChoices(Allocation.SPARSE, true);
}
