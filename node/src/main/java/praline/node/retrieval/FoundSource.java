package praline.node.retrieval;

import org.jspecify.annotations.Nullable;
import praline.node.transfer.PushPath;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;

/**
 * Somebody who should have a content, as a hit or the user says.
 *
 * @param at where it listens
 * @param infohash of the torrent that should bring the content; null: it gives the file by HTTP only
 * @param path how it is asked to dial us; null: it can be dialled
 */
public record FoundSource(
        Endpoint at, @Nullable Sha1 infohash, @Nullable PushPath path) {

    /** A source that can be dialled. */
    public FoundSource(Endpoint at, @Nullable Sha1 infohash) {
        this(at, infohash, null);
    }

    /** Whether it can be dialled as a peer of a torrent. */
    boolean isPeer() {
        return infohash != null && path == null;
    }

    /** A servent of which nothing but its address is known. */
    public static FoundSource plain(Endpoint at) {
        return new FoundSource(at, null);
    }
}
