package praline.protocol.bittorrent;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Endpoint;
import praline.protocol.Limits;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.Bencode.Dictionary;
import praline.protocol.bittorrent.PeerMessage.Extended;
import praline.protocol.bittorrent.PeerMessage.Hello;
import praline.protocol.bittorrent.PeerMessage.PieceHead;

/**
 * The targets of spec/hardening.md section 12 for BitTorrent: any bytes are a value, and what is accepted obeys the
 * laws of its codec. Each build replays the inputs in {@code BittorrentFuzzTestInputs}; the nights look for new ones.
 */
class BittorrentFuzzTest {

    private static final WireLimits STANDARD = WireLimits.STANDARD;
    private static final WireLimits TINY = Limits.minimum(WireLimits.class);
    private static final WireLimits HUGE = Limits.maximum(WireLimits.class);
    private static final int[] EXTENSION_IDS = {0, 1, 2, 3, 7, 9};

    /**
     * A link: its bytes cut where the first one says, beginning with the handshake or without it as the second says.
     */
    @FuzzTest
    void peerWire(byte[] data) {
        if (data.length < 2) {
            return;
        }
        int chunk = 1 + (data[0] & 0xFF);
        boolean hasHello = (data[1] & 1) != 0;
        byte[] bytes = Arrays.copyOfRange(data, 2, data.length);
        for (WireLimits limits : List.of(STANDARD, TINY, HUGE)) {
            List<Object> whole = said(bytes, bytes.length + 1, hasHello, limits);
            assertThat(said(bytes, chunk, hasHello, limits)).isEqualTo(whole);
        }
    }

    @FuzzTest
    void bencode(byte[] data) {
        for (WireLimits limits : List.of(STANDARD, TINY, HUGE)) {
            BencodeRules rules = BencodeRules.torrent(limits);
            ByteBuffer in = ByteBuffer.wrap(data);
            if (Bencode.decode(in, rules.strict()) instanceof Decoded.Complete<Bencode> complete) {
                assertThat(complete.message().encode().toArray()).isEqualTo(Arrays.copyOf(data, in.position()));
                assertThat(Bencode.decode(in.rewind(), rules)).isEqualTo(complete);
            }
            if (Bencode.decode(in.rewind(), rules) instanceof Decoded.Complete<Bencode> complete) {
                Bencode value = complete.message();
                assertThat(Bencode.decodeAll(value.encode(), rules.strict())).contains(value);
                checkEntries(value, in.rewind(), rules);
            } else {
                assertThat(in.hasRemaining()).isFalse();
            }
        }
    }

    @FuzzTest
    void metainfo(byte[] data) {
        for (WireLimits limits : List.of(STANDARD, TINY)) {
            Bytes file = Bytes.copyOf(data);
            if (Metainfo.parse(file, limits) instanceof Parsed.Valid<Metainfo> valid) {
                checkInfo(valid.value().info(), limits);
                assertThat(Metainfo.parse(valid.value().encode(), limits)).isEqualTo(valid);
            }
            if (TorrentInfo.parse(file, limits) instanceof Parsed.Valid<TorrentInfo> valid) {
                checkInfo(valid.value(), limits);
            }
        }
    }

    @FuzzTest
    void magnet(byte[] data) {
        if (Magnet.parse(new String(data, StandardCharsets.UTF_8), STANDARD) instanceof Parsed.Valid<Magnet> valid) {
            assertThat(Magnet.parse(valid.value().link(), HUGE)).isEqualTo(valid);
        }
    }

    /** The handshake of extensions, metadata, peer exchange and the small ones, as the first byte says. */
    @FuzzTest
    void utMetadataUtPex(byte[] data) {
        if (data.length == 0) {
            return;
        }
        int id = EXTENSION_IDS[(data[0] & 0xFF) % EXTENSION_IDS.length];
        Bytes payload = Bytes.copyOf(Arrays.copyOfRange(data, 1, data.length));
        ExtensionMessage.decode(new Extended(id, payload), STANDARD).ifPresent(message -> {
            ExtensionMessage again =
                    ExtensionMessage.decode(message.numbered(id), STANDARD).orElseThrow();
            if (message instanceof PeerExchange exchange) {
                // An IPv4 address in the form of IPv6 moves to the others.
                assertThat(((PeerExchange) again).added()).containsExactlyInAnyOrderElementsOf(exchange.added());
                assertThat(((PeerExchange) again).dropped()).containsExactlyInAnyOrderElementsOf(exchange.dropped());
                assertThat(exchange.added()).hasSizeLessThanOrEqualTo(50);
            } else {
                assertThat(again).isEqualTo(message);
            }
        });
    }

    /** What trackers answer and are asked, over HTTP and UDP. */
    @FuzzTest
    void trackerReply(byte[] data) {
        checkHttpReply(Bytes.copyOf(data));
        checkHttpQuery(new String(data, StandardCharsets.ISO_8859_1));
        for (boolean isIpv6 : new boolean[] {false, true}) {
            ByteBuffer in = ByteBuffer.wrap(data);
            if (UdpTrackerCodec.decodeReply(in, isIpv6, STANDARD) instanceof Decoded.Complete<UdpTrackerReply> reply) {
                ByteBuffer out = ByteBuffer.allocate(reply.message().wireSize());
                UdpTrackerCodec.encode(reply.message(), out);
                assertThat(out.remaining()).isZero();
            }
            assertThat(in.hasRemaining()).isFalse();
        }
        if (UdpTrackerCodec.decodeRequest(ByteBuffer.wrap(data), STANDARD)
                instanceof Decoded.Complete<UdpTrackerRequest> request) {
            ByteBuffer out = ByteBuffer.allocate(request.message().wireSize());
            UdpTrackerCodec.encode(request.message(), out);
            assertThat(UdpTrackerCodec.decodeRequest(out.flip(), STANDARD)).isEqualTo(request);
        }
    }

    /**
     * All that is said in {@code bytes} when they arrive by {@code chunk}, and how it ends; data of pieces is skipped.
     */
    private static List<Object> said(byte[] bytes, int chunk, boolean hasHello, WireLimits limits) {
        List<Object> said = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int dataLeft = 0;
        boolean awaitsHello = hasHello;
        for (int end = Math.min(chunk, bytes.length); ; end = Math.min(end + chunk, bytes.length)) {
            in.limit(end);
            while (true) {
                int skipped = Math.min(dataLeft, in.remaining());
                in.position(in.position() + skipped);
                dataLeft -= skipped;
                if (dataLeft > 0) {
                    break;
                }
                int start = in.position();
                Decoded<? extends PeerMessage> next =
                        awaitsHello ? PeerCodec.decodeHello(in) : PeerCodec.decode(in, limits);
                if (!(next instanceof Decoded.Complete<? extends PeerMessage> complete)) {
                    assertThat(in.position()).isEqualTo(start);
                    if (next instanceof Decoded.Fatal) {
                        said.add(next);
                        return said;
                    }
                    break;
                }
                awaitsHello = false;
                said.add(complete.message());
                assertThat(encoded(complete.message())).isEqualTo(Arrays.copyOfRange(bytes, start, in.position()));
                dataLeft = complete.message() instanceof PieceHead head ? head.length() : 0;
            }
            if (end == bytes.length) {
                return said;
            }
        }
    }

    private static byte[] encoded(PeerMessage message) {
        ByteBuffer out = ByteBuffer.allocate(message.wireSize());
        PeerCodec.encode(message, out);
        assertThat(out.remaining()).isZero();
        assertThat(message instanceof Hello).isEqualTo(out.get(0) == 0x13);
        return out.array();
    }

    private static void checkEntries(Bencode value, ByteBuffer in, BencodeRules rules) {
        if (value instanceof Dictionary dictionary) {
            dictionary.entries().forEach((key, entry) -> {
                String name = key.utf8();
                if (Bytes.ofUtf8(name).equals(key)) {
                    Bytes raw = Bencode.rawEntry(in, name, rules).orElseThrow();
                    assertThat(Bencode.decodeAll(raw, rules)).contains(entry);
                }
            });
        }
    }

    private static void checkInfo(TorrentInfo info, WireLimits limits) {
        assertThat(info.infohash()).isEqualTo(Sha1.digestOf(info.info().toArray()));
        assertThat(info.size()).isBetween(1L, limits.torrent().size());
        assertThat(info.pieceCount()).isBetween(1, limits.torrent().pieces());
        assertThat(info.pieceSize(info.pieceCount() - 1)).isBetween(1, info.pieceLength());
        assertThat(info.files()).hasSizeLessThanOrEqualTo(limits.torrent().files());
        long offset = 0;
        for (TorrentFile file : info.files()) {
            assertThat(file.offset()).isEqualTo(offset);
            assertThat(file.length()).isNotNegative();
            offset += file.length();
        }
        assertThat(offset).isEqualTo(info.size());
        assertThat(TorrentInfo.parse(info.info(), limits)).isEqualTo(new Parsed.Valid<>(info));
    }

    private static void checkHttpReply(Bytes body) {
        if (HttpTracker.decodeReply(body, STANDARD) instanceof TrackerReply.Accepted accepted) {
            ImmutableList<Endpoint> peers = accepted.reply().peers();
            assertThat(peers).hasSizeLessThanOrEqualTo(STANDARD.tracker().peers());
            assertThat(HttpTracker.decodeReply(HttpTracker.encodeReply(accepted.reply(), 0), STANDARD))
                    .isInstanceOfSatisfying(
                            TrackerReply.Accepted.class,
                            again -> assertThat(again.reply().peers()).containsExactlyInAnyOrderElementsOf(peers));
        }
        var counts = HttpTracker.decodeScrape(body, STANDARD);
        assertThat(HttpTracker.decodeScrape(HttpTracker.encodeScrape(counts), STANDARD))
                .isEqualTo(counts);
    }

    private static void checkHttpQuery(String query) {
        if (HttpTracker.parseAnnounce(query) instanceof Parsed.Valid<AnnounceRequest> valid) {
            AnnounceRequest request = valid.value();
            assertThat(HttpTracker.parseAnnounce(HttpTracker.announceQuery(request)))
                    .isInstanceOfSatisfying(
                            Parsed.Valid.class,
                            again -> assertThat(((AnnounceRequest) again.value()).infohash())
                                    .isEqualTo(request.infohash()));
        }
        assertThat(HttpTracker.parseScrape(query, STANDARD))
                .hasSizeLessThanOrEqualTo(STANDARD.tracker().scrape());
    }
}
