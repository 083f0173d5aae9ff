package praline.protocol.bittorrent;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import praline.protocol.Sha1;

/** What a peer asks a tracker over UDP, one datagram each (BEP 15; spec/bittorrent.md 8.5). */
@Immutable
public sealed interface UdpTrackerRequest {

    /** Chosen by the client; the answer repeats it. */
    int transaction();

    /** Bytes of the datagram. */
    int wireSize();

    /** Asks for a connection id, which proves that the sender is where its packets come from. */
    record Connect(int transaction) implements UdpTrackerRequest {
        @Override
        public int wireSize() {
            return UdpTrackerCodec.REQUEST_HEAD_SIZE;
        }
    }

    /** Announces. */
    record Announce(long connectionId, int transaction, AnnounceRequest request) implements UdpTrackerRequest {
        @Override
        public int wireSize() {
            return UdpTrackerCodec.ANNOUNCE_SIZE;
        }
    }

    /** Asks how torrents fare, 1 to 74 of them. */
    record Scrape(long connectionId, int transaction, ImmutableList<Sha1> infohashes) implements UdpTrackerRequest {
        @Override
        public int wireSize() {
            return UdpTrackerCodec.REQUEST_HEAD_SIZE + infohashes.size() * Sha1.SIZE;
        }
    }
}
