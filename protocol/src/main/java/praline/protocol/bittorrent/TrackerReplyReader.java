package praline.protocol.bittorrent;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import com.google.common.primitives.Longs;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Endpoint;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.Bencode.ByteString;
import praline.protocol.bittorrent.Bencode.Dictionary;
import praline.protocol.bittorrent.Bencode.Items;
import praline.protocol.bittorrent.TrackerReply.Refused;
import praline.protocol.text.RemoteText;

/** Reads what trackers answer over HTTP, in every form that living clients take (spec/bittorrent.md 8.2). */
final class TrackerReplyReader {

    private static final int MINUTES_MAX = 60 * 24 * 365;

    private TrackerReplyReader() {}

    static TrackerReply read(Bytes body, WireLimits limits) {
        if (body.size() > limits.tracker().reply()) {
            return unreadable("the tracker's answer is too long");
        }
        // What follows the dictionary is not looked at: several trackers end with a line feed.
        if (!(Bencode.decode(ByteBuffer.wrap(body.toArray()), BencodeRules.tracker(limits))
                        instanceof Decoded.Complete<Bencode> complete)
                || !(complete.message() instanceof Dictionary answer)) {
            return unreadable("the tracker's answer is no bencoded dictionary");
        }
        Optional<Bytes> failure = answer.bytes("failure reason");
        return failure.isPresent()
                ? new Refused(RemoteText.of(failure.get()), retryMinutes(answer.get("retry in")))
                : new TrackerReply.Accepted(reply(answer, limits));
    }

    private static Refused unreadable(String reason) {
        return new Refused(RemoteText.of(reason), 0);
    }

    /** BEP 31 says a string, some write an integer. */
    private static int retryMinutes(@Nullable Bencode value) {
        Long minutes = null;
        if (value instanceof Bencode.Int number) {
            minutes = number.value();
        } else if (value instanceof ByteString text) {
            if (text.bytes().utf8().equals("never")) {
                return Refused.NEVER;
            }
            minutes = Longs.tryParse(text.bytes().utf8());
        }
        return minutes == null || minutes < 0 ? 0 : (int) Math.min(minutes, MINUTES_MAX);
    }

    private static AnnounceReply reply(Dictionary answer, WireLimits limits) {
        return new AnnounceReply(
                (int) answer.integer("interval", Integer.MAX_VALUE).orElse(0),
                (int) answer.integer("min interval", Integer.MAX_VALUE).orElse(0),
                (int) answer.integer("complete", Integer.MAX_VALUE).orElse(-1),
                (int) answer.integer("incomplete", Integer.MAX_VALUE).orElse(-1),
                peers(answer, limits.tracker().peers()),
                answer.bytes("warning message").map(RemoteText::of).orElse(RemoteText.EMPTY));
    }

    private static ImmutableList<Endpoint> peers(Dictionary answer, int max) {
        Stream<Endpoint> ipv6 =
                CompactPeers.read(answer.bytes("peers6").orElse(Bytes.EMPTY), CompactPeers.IPV6_SIZE).stream();
        return Stream.concat(peersOf(answer.get("peers")), ipv6)
                .filter(peer -> peer.port() > 0)
                .limit(max)
                .collect(ImmutableList.toImmutableList());
    }

    private static Stream<Endpoint> peersOf(@Nullable Bencode peers) {
        if (peers instanceof ByteString packed) {
            return CompactPeers.read(packed.bytes(), CompactPeers.IPV4_SIZE).stream();
        }
        return peers instanceof Items list
                ? list.items().stream().flatMap(peer -> peer(peer).stream())
                : Stream.empty();
    }

    /** One peer as a dictionary; by numeric address only, because a name could lead anywhere. */
    private static Optional<Endpoint> peer(Bencode peer) {
        if (!(peer instanceof Dictionary entry)) {
            return Optional.empty();
        }
        OptionalLong port = entry.integer("port", 0xFFFF);
        Optional<String> ip = entry.bytes("ip").map(Bytes::utf8).filter(InetAddresses::isInetAddress);
        return ip.isPresent() && port.isPresent()
                ? Optional.of(Endpoint.of(InetAddresses.forString(ip.get()).getAddress(), (int) port.getAsLong()))
                : Optional.empty();
    }
}
