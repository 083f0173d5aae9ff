package praline.protocol.bittorrent;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.AnnounceRequest.Event;
import praline.protocol.bittorrent.Bencode.Dictionary;
import praline.protocol.http.PercentCode;

/**
 * Trackers over HTTP, from both ends (BEP 3, 7, 23, 31, 48; spec/bittorrent.md 8.1-8.4). Byte strings in a query are
 * percent-encoded bytes, never text; the answer is a bencoded dictionary with status 200, whatever it says.
 *
 * <pre>{@code
 * client:  String target = url.targetWith(HttpTracker.announceQuery(request));
 *          TrackerReply reply = HttpTracker.decodeReply(body, limits);
 * server:  Parsed<AnnounceRequest> request = HttpTracker.parseAnnounce(rawQuery);
 *          Bytes body = HttpTracker.encodeReply(reply, completed);
 * }</pre>
 */
public final class HttpTracker {

    private HttpTracker() {}

    /** What we ask a tracker: the query, without a question mark. */
    public static String announceQuery(AnnounceRequest request) {
        StringBuilder query = new StringBuilder(256)
                .append("info_hash=")
                .append(PercentCode.encode(Bytes.copyOf(request.infohash().toArray())))
                .append("&peer_id=")
                .append(PercentCode.encode(request.peerId()))
                .append("&port=")
                .append(request.port())
                .append("&uploaded=")
                .append(request.uploaded())
                .append("&downloaded=")
                .append(request.downloaded())
                .append("&left=")
                .append(request.left())
                .append("&compact=1&no_peer_id=1&key=")
                .append(String.format(Locale.ROOT, "%08X", request.key()));
        if (request.wanted() >= 0) {
            query.append("&numwant=").append(request.wanted());
        }
        if (request.event() != Event.NONE) {
            query.append("&event=").append(request.event().name().toLowerCase(Locale.ROOT));
        }
        return query.toString();
    }

    /** Asks how these torrents fare. */
    public static String scrapeQuery(Collection<Sha1> infohashes) {
        return infohashes.stream()
                .map(infohash -> "info_hash=" + PercentCode.encode(Bytes.copyOf(infohash.toArray())))
                .collect(Collectors.joining("&"));
    }

    /**
     * Reads what a client asks: the raw query, without the question mark. The reason why it is invalid is meant for
     * {@link #encodeFailure}. Addresses in the query are not read: where a peer is, its packets say (I8).
     */
    public static Parsed<AnnounceRequest> parseAnnounce(String rawQuery) {
        return TrackerQuery.announce(rawQuery);
    }

    /** The infohashes that a client asks about, without those that are none; as many as are answered at once. */
    public static ImmutableList<Sha1> parseScrape(String rawQuery, WireLimits limits) {
        return TrackerQuery.scrape(rawQuery, limits);
    }

    /** Reads a tracker's answer to an announce, the body of a response with status 200. */
    public static TrackerReply decodeReply(Bytes body, WireLimits limits) {
        return TrackerReplyReader.read(body, limits);
    }

    /**
     * The answer to an announce: compact whatever was asked for, which every client takes (BEP 23).
     *
     * @param completed how often the torrent was downloaded, 0 or more; with it transmission spares us a scrape
     */
    public static Bytes encodeReply(AnnounceReply reply, int completed) {
        Dictionary.Builder answer = new Dictionary.Builder()
                .put("complete", Math.max(0, reply.seeds()))
                .put("downloaded", completed)
                .put("incomplete", Math.max(0, reply.leechers()))
                .put("interval", reply.intervalSeconds());
        if (reply.minIntervalSeconds() > 0) {
            answer.put("min interval", reply.minIntervalSeconds());
        }
        answer.put("peers", CompactPeers.ipv4(reply.peers()));
        Bytes peers6 = CompactPeers.ipv6(reply.peers());
        if (!peers6.isEmpty()) {
            answer.put("peers6", peers6);
        }
        if (!reply.warning().isEmpty()) {
            answer.put("warning message", reply.warning().tainted());
        }
        return answer.build().encode();
    }

    /** The answer to what cannot be answered otherwise. */
    public static Bytes encodeFailure(String reason) {
        return new Dictionary.Builder().put("failure reason", reason).build().encode();
    }

    /** The answer to a scrape; torrents that we do not know are left out. */
    public static Bytes encodeScrape(ImmutableMap<Sha1, ScrapeCounts> counts) {
        ImmutableMap.Builder<Bytes, Bencode> files = ImmutableMap.builder();
        counts.forEach((infohash, count) -> files.put(
                Bytes.copyOf(infohash.toArray()),
                new Dictionary.Builder()
                        .put("complete", count.seeds())
                        .put("downloaded", count.completed())
                        .put("incomplete", count.leechers())
                        .build()));
        return new Dictionary.Builder()
                .put("files", new Dictionary(files.buildOrThrow()))
                .build()
                .encode();
    }

    /** Reads a tracker's answer to a scrape; what it does not count counts as 0. Empty for what is no such answer. */
    public static ImmutableMap<Sha1, ScrapeCounts> decodeScrape(Bytes body, WireLimits limits) {
        if (body.size() > limits.tracker().reply()
                || !(Bencode.decode(ByteBuffer.wrap(body.toArray()), BencodeRules.tracker(limits))
                        instanceof Decoded.Complete<Bencode> complete)
                || !(complete.message() instanceof Dictionary answer)) {
            return ImmutableMap.of();
        }
        ImmutableMap.Builder<Sha1, ScrapeCounts> counts = ImmutableMap.builder();
        answer.dictionary("files").orElse(Dictionary.EMPTY).entries().forEach((infohash, value) -> {
            if (infohash.size() == Sha1.SIZE && value instanceof Dictionary file) {
                counts.put(
                        Sha1.of(infohash.toArray()),
                        new ScrapeCounts(
                                count(file, "complete"), count(file, "downloaded"), count(file, "incomplete")));
            }
        });
        return counts.buildOrThrow();
    }

    private static int count(Dictionary file, String key) {
        return (int) file.integer(key, Integer.MAX_VALUE).orElse(0);
    }
}
