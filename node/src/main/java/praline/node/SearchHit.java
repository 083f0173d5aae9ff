package praline.node;

import org.jspecify.annotations.Nullable;
import praline.node.retrieval.FoundSource;
import praline.node.transfer.PushPath;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.Sha1;
import praline.protocol.text.RemoteText;

/**
 * A file that a search found.
 *
 * @param name as its sharer calls it
 * @param size bytes
 * @param sha1 of its content, when the hit tells
 * @param infohash of the torrent that follows from the content, when the hit tells
 * @param from where it can be fetched
 * @param index the sharer's number for the file
 * @param servent the sharer
 * @param hops how far the hit came, 1 for a neighbour
 * @param millis since the search began
 * @param path how the sharer is asked to dial us; null when it can be dialled
 */
public record SearchHit(
        RemoteText name,
        long size,
        @Nullable Sha1 sha1,
        @Nullable Sha1 infohash,
        Endpoint from,
        long index,
        Guid servent,
        int hops,
        long millis,
        @Nullable PushPath path) {

    /** Whom to fetch it from. */
    public FoundSource source() {
        return new FoundSource(from, infohash, path);
    }
}
