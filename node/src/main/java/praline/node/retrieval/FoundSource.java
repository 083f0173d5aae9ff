package praline.node.retrieval;

import org.jspecify.annotations.Nullable;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;

/**
 * Somebody who should have a content, as a hit or the user says.
 *
 * @param at where it listens
 * @param infohash of the torrent that should bring the content; null: it gives the file by HTTP only
 */
public record FoundSource(Endpoint at, @Nullable Sha1 infohash) {

    /** A servent of which nothing but its address is known. */
    public static FoundSource plain(Endpoint at) {
        return new FoundSource(at, null);
    }
}
