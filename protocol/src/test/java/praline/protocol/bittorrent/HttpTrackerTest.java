package praline.protocol.bittorrent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.AnnounceRequest.Event;
import praline.protocol.bittorrent.TrackerReply.Accepted;
import praline.protocol.bittorrent.TrackerReply.Refused;
import praline.protocol.testing.RandomMessages;
import praline.protocol.testing.Seeds;
import praline.protocol.text.RemoteText;

/** The vectors of spec/bittorrent.md 14.5, what living clients ask, and every form of answer of 8.2. */
class HttpTrackerTest {

    private static final WireLimits LIMITS = WireLimits.STANDARD;
    private static final Sha1 INFOHASH =
            Sha1.parseHex("3f87e7cb6670d06cb24666f9ccaec3ff581f6d86").orElseThrow();
    private static final String PEER_ID = "-GN0001-abcdefghijkl";

    @Test
    void whatLibtorrentAsksIsRead() {
        assertThat(request("info_hash=%3f%87%e7%cbfp%d0l%b2Ff%f9%cc%ae%c3%ffX%1fm%86&peer_id=-LT2080-uhpgZKOJYqwn"
                        + "&port=7001&uploaded=0&downloaded=0&left=0&corrupt=0&key=9E476F23&event=started&numwant=200"
                        + "&compact=1&no_peer_id=1&supportcrypto=1&redundant=0"))
                .isEqualTo(new AnnounceRequest(
                        INFOHASH,
                        Bytes.ofUtf8("-LT2080-uhpgZKOJYqwn"),
                        7_001,
                        0,
                        0,
                        0,
                        Event.STARTED,
                        0x9E476F23,
                        200));
    }

    @Test
    void whatAria2AsksIsRead() {
        AnnounceRequest request =
                request("info_hash=%3F%87%E7%CBfp%D0l%B2Ff%F9%CC%AE%C3%FFX%1Fm%86&peer_id=A2-1-36-0-%B4%21%DB%8C%16%3B"
                        + "%1D%CDm%B7&uploaded=0&downloaded=0&left=0&compact=1&key=%DB%8C%16%3B%1D%CDm%B7&numwant=50"
                        + "&no_peer_id=1&port=7001&event=started&supportcrypto=1");

        assertThat(request.infohash()).isEqualTo(INFOHASH);
        assertThat(request.peerId()).isEqualTo(Bytes.ofHex("41322d312d33362d302db421db8c163b1dcd6db7"));
        assertThat(request.key())
                .isEqualTo(request("info_hash=" + "a".repeat(20) + "&peer_id=" + PEER_ID
                                + "&port=1&key=%DB%8C%16%3B%1D%CDm%B7")
                        .key());
    }

    @Test
    void whatTransmissionAsksIsRead() {
        AnnounceRequest request =
                request("info_hash=%3f%87%e7%cbfp%d0l%b2Ff%f9%cc%ae%c3%ffX%1fm%86&peer_id=-TR3000-ouhkh32k4mg5"
                        + "&port=7001&uploaded=0&downloaded=0&left=9223372036854775807&numwant=80&key=1ff24a7&compact=1"
                        + "&supportcrypto=1&event=started");

        assertThat(request.left()).isEqualTo(Long.MAX_VALUE);
        assertThat(request.key()).isEqualTo(0x1ff24a7);
        assertThat(request.wanted()).isEqualTo(80);
    }

    @Test
    void whatWeAskIsReadBack() {
        Seeds.checkMany(2_000, random -> {
            AnnounceRequest request = announce(random);
            String query = HttpTracker.announceQuery(request);
            assertThat(query).matches("[A-Za-z0-9%&=._~-]+");
            assertThat(request(query)).isEqualTo(request);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "'', info_hash must have 20 bytes",
        "info_hash=short, info_hash must have 20 bytes",
        "info_hash=%, info_hash must have 20 bytes",
        "info_hash=aaaaaaaaaaaaaaaaaaaa, peer_id must have 20 bytes",
        "info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=bbbbbbbbbbbbbbbbbbbb, port must lie in 1..65535",
        "info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=bbbbbbbbbbbbbbbbbbbb&port=0, port must lie in 1..65535",
        "info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=bbbbbbbbbbbbbbbbbbbb&port=65536, port must lie in 1..65535",
        "info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=bbbbbbbbbbbbbbbbbbbb&port=x, port must lie in 1..65535"
    })
    void aRequestWithoutItsPartsIsRefusedInClearWords(String query, String reason) {
        assertThat(HttpTracker.parseAnnounce(query)).isEqualTo(new Parsed.Invalid<>(reason));
        assertThat(HttpTracker.decodeReply(HttpTracker.encodeFailure(reason), LIMITS))
                .isEqualTo(new Refused(RemoteText.of(reason), 0));
    }

    @Test
    void whoDoesNotSayHowMuchIsMissingIsNoSeedAndAPlusIsAPlus() {
        AnnounceRequest request = request("info_hash=" + "+".repeat(20) + "&peer_id=" + PEER_ID
                + "&port=1&left=-5&uploaded=-1&numwant=99999999999&event=nonsense&port=2&ip=192.0.2.1");

        assertThat(request)
                .isEqualTo(new AnnounceRequest(
                        Sha1.of("+".repeat(20).getBytes(StandardCharsets.US_ASCII)),
                        Bytes.ofUtf8(PEER_ID),
                        1,
                        0,
                        0,
                        Long.MAX_VALUE,
                        Event.NONE,
                        0,
                        Integer.MAX_VALUE));
    }

    @Test
    void theCompactAnswerOfTheSpecificationIsRead() {
        Bytes body = Bytes.ofHex("64383a636f6d706c657465693165" + "31303a696e636f6d706c657465693265383a696e74657276616c"
                + "69313830306531323a6d696e20696e74657276616c69363065353a7065657273363a0a0900021ae165");

        assertThat(HttpTracker.decodeReply(body, LIMITS))
                .isEqualTo(
                        new Accepted(new AnnounceReply(1_800, 60, 1, 2, endpoints("10.9.0.2:6881"), RemoteText.EMPTY)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "d8:intervali1800e5:peersld2:ip8:10.9.0.27:peer id20:-GN0001-abcdefghijkl4:porti6881eeee",
                "d5:peersld2:ip8:10.9.0.24:porti6881eee8:intervali1800ee",
                "d8:intervali1800e5:peersld2:ip8:10.9.0.24:porti6881eed2:ip9:localhost4:porti6881eed2:ip7:1.2.3.4e"
                        + "i5ed2:ip8:10.9.0.24:porti0eeee\r\n"
            })
    void theAnswerWithDictionariesIsRead(String body) {
        assertThat(HttpTracker.decodeReply(Bytes.ofUtf8(body), LIMITS))
                .isEqualTo(new Accepted(
                        new AnnounceReply(1_800, 0, -1, -1, endpoints("10.9.0.2:6881"), RemoteText.EMPTY)));
    }

    @Test
    void anAnswerInAnyStateOfRepairIsRead() {
        Bytes peers = Bytes.ofUtf8("d5:peers13:").concat(Bytes.ofHex("0a09000200000a0900031ae2ff"));
        Bytes peers6 = Bytes.ofUtf8("6:peers618:").concat(Bytes.ofHex("20010db8000000000000000000000001" + "1ae1"));
        Bytes rest = Bytes.ofUtf8("15:warning message4:slow8:intervali-1e8:complete1:5e\n");

        assertThat(HttpTracker.decodeReply(peers.concat(peers6).concat(rest), LIMITS))
                .isEqualTo(new Accepted(new AnnounceReply(
                        0, 0, -1, -1, endpoints("10.9.0.3:6882", "[2001:db8::1]:6881"), RemoteText.of("slow"))));
        assertThat(HttpTracker.decodeReply(Bytes.ofUtf8("d6:peers60:e"), LIMITS))
                .isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @CsvSource({
        "d14:failure reason4:full5:peers6:abcdefe, full, 0",
        "d14:failure reason4:full8:retry in2:15e, full, 15",
        "d14:failure reason4:full8:retry ini15ee, full, 15",
        "d14:failure reason4:full8:retry in5:nevere, full, -1",
        "d14:failure reason4:full8:retry in3:abce, full, 0",
        "d14:failure reason4:full8:retry ini-7ee, full, 0",
        "<html>, the tracker's answer is no bencoded dictionary, 0",
        "le, the tracker's answer is no bencoded dictionary, 0",
        "'', the tracker's answer is no bencoded dictionary, 0"
    })
    void aRefusalSaysWhyAndWhenToComeBack(String body, String reason, int retryMinutes) {
        assertThat(HttpTracker.decodeReply(Bytes.ofUtf8(body), LIMITS))
                .isEqualTo(new Refused(RemoteText.of(reason), retryMinutes));
    }

    @Test
    void anAnswerIsBoundedInBytesAndPeers() {
        Bytes tooLong = Bytes.copyOf(new byte[LIMITS.tracker().reply() + 1]);
        assertThat(HttpTracker.decodeReply(tooLong, LIMITS))
                .isEqualTo(new Refused(RemoteText.of("the tracker's answer is too long"), 0));

        Bytes many = Bytes.ofUtf8("d5:peers60000:" + "a".repeat(60_000) + "e");
        assertThat(HttpTracker.decodeReply(many, LIMITS))
                .isInstanceOfSatisfying(
                        Accepted.class,
                        accepted -> assertThat(accepted.reply().peers()).hasSize(2_000));
    }

    @Test
    void whatWeAnswerIsReadBack() {
        Seeds.check(500, random -> {
            AnnounceReply reply = new AnnounceReply(
                    random.nextInt(4_000),
                    random.nextInt(2) * 300,
                    random.nextInt(100),
                    random.nextInt(100),
                    peers(random),
                    RemoteText.of(random.nextBoolean() ? "" : "careful"));
            Bytes body = HttpTracker.encodeReply(reply, 7);
            assertThat(HttpTracker.decodeReply(body, LIMITS)).isEqualTo(new Accepted(reply));
            assertThat(Bencode.decodeAll(body, BencodeRules.tracker(LIMITS).strict()))
                    .get()
                    .isInstanceOfSatisfying(
                            Bencode.Dictionary.class,
                            answer -> assertThat(answer.integer("downloaded")).hasValue(7));
        });
    }

    @Test
    void theScrapeOfTheSpecificationHoldsBothWays() {
        Bytes body = Bytes.ofHex("64353a66696c65736432303a3f87e7cb6670d06cb24666f9ccaec3ff581f6d8664383a636f6d706c6574"
                + "65693165" + "31303a646f776e6c6f616465646935653130" + "3a696e636f6d706c657465693265656565");
        ImmutableMap<Sha1, ScrapeCounts> counts = ImmutableMap.of(INFOHASH, new ScrapeCounts(1, 5, 2));

        assertThat(HttpTracker.encodeScrape(counts)).isEqualTo(body);
        assertThat(HttpTracker.decodeScrape(body, LIMITS)).isEqualTo(counts);
    }

    @Test
    void anAnswerToAScrapeThatIsNoneTellsNothing() {
        for (String body : List.of("", "le", "de", "d5:filesd3:abcdeee", "d5:filesle", "d14:failure reason1:xe")) {
            assertThat(HttpTracker.decodeScrape(Bytes.ofUtf8(body), LIMITS)).isEmpty();
        }
    }

    @Test
    void theTorrentsOfAScrapeAreReadUpToTheirBound() {
        Seeds.check(100, random -> {
            ImmutableList<Sha1> infohashes = random.ints(random.nextInt(90))
                    .mapToObj(i -> RandomMessages.sha1(random))
                    .collect(ImmutableList.toImmutableList());
            ImmutableList<Sha1> read =
                    HttpTracker.parseScrape(HttpTracker.scrapeQuery(infohashes) + "&info_hash=short&x=y", LIMITS);
            assertThat(read).isEqualTo(infohashes.subList(0, Math.min(74, infohashes.size())));
        });
    }

    private static AnnounceRequest request(String query) {
        Parsed<AnnounceRequest> parsed = HttpTracker.parseAnnounce(query);
        assertThat(parsed).isInstanceOf(Parsed.Valid.class);
        return ((Parsed.Valid<AnnounceRequest>) parsed).value();
    }

    static AnnounceRequest announce(RandomGenerator random) {
        byte[] peerId = new byte[20];
        random.nextBytes(peerId);
        return new AnnounceRequest(
                RandomMessages.sha1(random),
                Bytes.copyOf(peerId),
                1 + random.nextInt(65_535),
                random.nextLong() >>> 1,
                random.nextLong() >>> 1,
                random.nextLong() >>> 1,
                Event.values()[random.nextInt(Event.values().length)],
                random.nextInt(),
                random.nextInt(202) - 1);
    }

    private static ImmutableList<Endpoint> peers(RandomGenerator random) {
        ImmutableList.Builder<Endpoint> peers = ImmutableList.builder();
        for (int i = random.nextInt(5); i > 0; i--) {
            peers.add(Endpoint.ofIpv4(random.nextInt(), 1 + random.nextInt(65_535)));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            peers.add(new Endpoint(random.nextLong() | 1, random.nextLong(), 1 + random.nextInt(65_535)));
        }
        return peers.build();
    }

    private static ImmutableList<Endpoint> endpoints(String... texts) {
        return List.of(texts).stream()
                .map(text -> Endpoint.parse(text).orElseThrow())
                .collect(ImmutableList.toImmutableList());
    }
}
