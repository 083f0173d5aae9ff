package praline.protocol.bittorrent;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import praline.protocol.Bytes;

/** What a tracker answers over UDP, one datagram each (BEP 15; spec/bittorrent.md 8.5). */
@Immutable
public sealed interface UdpTrackerReply {

    /** The one of the request. */
    int transaction();

    /** Bytes of the datagram. */
    int wireSize();

    /** A connection id, good for a minute or two. */
    record Connected(int transaction, long connectionId) implements UdpTrackerReply {
        @Override
        public int wireSize() {
            return UdpTrackerCodec.REPLY_HEAD_SIZE + Long.BYTES;
        }
    }

    /**
     * An announce was taken.
     *
     * @param isIpv6 whether the datagram travels over IPv6: then its peers are IPv6, and else IPv4; of others nothing
     *     is written
     */
    record Announced(int transaction, boolean isIpv6, AnnounceReply reply) implements UdpTrackerReply {
        @Override
        public int wireSize() {
            return UdpTrackerCodec.REPLY_HEAD_SIZE
                    + 3 * Integer.BYTES
                    + packedPeers().size();
        }

        Bytes packedPeers() {
            return isIpv6 ? CompactPeers.ipv6(reply.peers()) : CompactPeers.ipv4(reply.peers());
        }
    }

    /** How the torrents fare, in the order of the request. */
    record Scraped(int transaction, ImmutableList<ScrapeCounts> counts) implements UdpTrackerReply {
        @Override
        public int wireSize() {
            return UdpTrackerCodec.REPLY_HEAD_SIZE + counts.size() * UdpTrackerCodec.COUNTS_SIZE;
        }
    }

    /**
     * The request was refused.
     *
     * @param reason UTF-8, in the tracker's words
     */
    record Failed(int transaction, Bytes reason) implements UdpTrackerReply {
        @Override
        public int wireSize() {
            return UdpTrackerCodec.REPLY_HEAD_SIZE + reason.size();
        }
    }
}
