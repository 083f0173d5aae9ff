package praline.protocol.bittorrent;

import com.google.errorprone.annotations.Immutable;
import praline.protocol.Bytes;
import praline.protocol.Sha1;

/**
 * What a peer tells a tracker, over HTTP or UDP (BEP 3, 15, 23; spec/bittorrent.md section 8).
 *
 * @param peerId 20 bytes
 * @param port where the peer listens, 1..65535
 * @param uploaded payload bytes since the first announce
 * @param downloaded payload bytes since the first announce, without waste
 * @param left bytes still missing; of foreign clients before they have the metadata, a guess
 * @param key opaque: the same peer with another port has the same; 0 for none
 * @param wanted how many peers are asked for; negative: as many as the tracker likes to give
 */
@Immutable
public record AnnounceRequest(
        Sha1 infohash,
        Bytes peerId,
        int port,
        long uploaded,
        long downloaded,
        long left,
        Event event,
        int key,
        int wanted) {

    /** Why it is said now; in the order of their numbers in BEP 15. */
    public enum Event {
        /** It is time again. */
        NONE,
        COMPLETED,
        STARTED,
        STOPPED,
        /** A partial seed (BEP 21). */
        PAUSED
    }
}
