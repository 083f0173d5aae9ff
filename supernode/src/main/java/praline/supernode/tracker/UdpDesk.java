package praline.supernode.tracker;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.Optional;
import praline.node.engine.DatagramEngine;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Endpoint;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.ScrapeCounts;
import praline.protocol.bittorrent.UdpTrackerCodec;
import praline.protocol.bittorrent.UdpTrackerReply;
import praline.protocol.bittorrent.UdpTrackerRequest;

/**
 * The tracker by datagrams (BEP 15; spec/bittorrent.md section 8.5). Until an id has proven that packets come from
 * where they say, nothing is remembered and no answer is longer than its question.
 */
final class UdpDesk {

    /** Of 18 bytes each: the answer stays below 1,400 bytes, which pass everywhere in one piece. */
    private static final int NAMED_IPV6_MAX = 75;

    private static final int REQUEST_SIZE_MIN = 16;

    private final TrackerLimits limits;
    private final WireLimits wire;
    private final Tracker tracker;
    private final Askers askers;
    private final ConnectionIds ids;

    UdpDesk(TrackerLimits limits, WireLimits wire, Tracker tracker, Askers askers, ConnectionIds ids) {
        this.limits = limits;
        this.wire = wire;
        this.tracker = tracker;
        this.askers = askers;
        this.ids = ids;
    }

    /** Whose a datagram is, by the id that it begins with (spec/praline.md section 5). */
    DatagramEngine.Verdict verdict(Bytes datagram, Endpoint from, long now) {
        if (datagram.size() < REQUEST_SIZE_MIN) {
            return DatagramEngine.Verdict.NOT_OURS;
        }
        long id = ByteBuffer.wrap(datagram.toArray()).getLong();
        if (id == UdpTrackerCodec.PROTOCOL_ID) {
            return DatagramEngine.Verdict.UNPROVEN;
        }
        return ids.isValid(id, from, now) ? DatagramEngine.Verdict.PROVEN : DatagramEngine.Verdict.NOT_OURS;
    }

    /** The answer to a datagram; empty for what is no request to a tracker, or gets none. */
    Optional<Bytes> answer(Bytes datagram, Endpoint from, long now) {
        Decoded<UdpTrackerRequest> decoded = UdpTrackerCodec.decodeRequest(ByteBuffer.wrap(datagram.toArray()), wire);
        return decoded instanceof Decoded.Complete<UdpTrackerRequest> complete
                ? reply(complete.message(), from, now).map(UdpDesk::encoded)
                : Optional.empty();
    }

    private Optional<UdpTrackerReply> reply(UdpTrackerRequest request, Endpoint from, long now) {
        if (request instanceof UdpTrackerRequest.Connect) {
            return Optional.of(new UdpTrackerReply.Connected(request.transaction(), ids.of(from, now)));
        } else if (request instanceof UdpTrackerRequest.Announce announce) {
            return mayAsk(announce.connectionId(), from, now)
                    ? Optional.of(announced(announce, from, now))
                    : Optional.empty();
        } else if (request instanceof UdpTrackerRequest.Scrape scrape) {
            return mayAsk(scrape.connectionId(), from, now) ? Optional.of(scraped(scrape, now)) : Optional.empty();
        }
        throw new IllegalStateException("nobody answers " + request);
    }

    /** Only who has proven where he is counts as asking. */
    private boolean mayAsk(long connectionId, Endpoint from, long now) {
        return ids.isValid(connectionId, from, now) && askers.mayAsk(from, now);
    }

    private UdpTrackerReply announced(UdpTrackerRequest.Announce announce, Endpoint from, long now) {
        int namedMax = from.isIpv4() ? limits.named() : NAMED_IPV6_MAX;
        Tracker.Outcome outcome = tracker.announce(announce.request(), from, namedMax, now);
        return new UdpTrackerReply.Announced(announce.transaction(), !from.isIpv4(), outcome.reply());
    }

    private UdpTrackerReply scraped(UdpTrackerRequest.Scrape scrape, long now) {
        ImmutableList<ScrapeCounts> counts = scrape.infohashes().stream()
                .map(infohash -> tracker.scrape(infohash, now))
                .collect(ImmutableList.toImmutableList());
        return new UdpTrackerReply.Scraped(scrape.transaction(), counts);
    }

    private static Bytes encoded(UdpTrackerReply reply) {
        ByteBuffer out = ByteBuffer.allocate(reply.wireSize());
        UdpTrackerCodec.encode(reply, out);
        return Bytes.read(out.flip(), out.remaining());
    }
}
