package praline.protocol.bittorrent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Defect;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.AnnounceRequest.Event;
import praline.protocol.testing.RandomMessages;
import praline.protocol.testing.Seeds;
import praline.protocol.text.RemoteText;

/** The datagrams of spec/bittorrent.md 14.5, those captured from living clients, and the laws of a codec. */
class UdpTrackerCodecTest {

    private static final WireLimits LIMITS = WireLimits.STANDARD;
    private static final Sha1 INFOHASH =
            Sha1.parseHex("3f87e7cb6670d06cb24666f9ccaec3ff581f6d86").orElseThrow();
    private static final long CONNECTION = 0x1122_3344_5566_7788L;

    @Test
    void theRequestsOfTheSpecificationHoldBothWays() {
        AnnounceRequest announce = new AnnounceRequest(
                INFOHASH, Bytes.ofUtf8("-GN0001-abcdefghijkl"), 6_881, 0, 0, 100_000, Event.STARTED, 0xdeadbeef, -1);
        assertRequest("00000417271019800000000001020304", new UdpTrackerRequest.Connect(0x01020304));
        assertRequest(
                "1122334455667788000000010a0b0c0d3f87e7cb6670d06cb24666f9ccaec3ff581f6d862d474e303030312d616263646566"
                        + "6768696a6b6c000000000000000000000000000186a000000000000000000000000200000000deadbeefffffffff"
                        + "1ae1",
                new UdpTrackerRequest.Announce(CONNECTION, 0x0a0b0c0d, announce));
        assertRequest(
                "112233445566778800000002010101013f87e7cb6670d06cb24666f9ccaec3ff581f6d86",
                new UdpTrackerRequest.Scrape(CONNECTION, 0x01010101, ImmutableList.of(INFOHASH)));
    }

    @Test
    void theRepliesOfTheSpecificationHoldBothWays() {
        AnnounceReply reply = new AnnounceReply(
                1_800,
                0,
                2,
                1,
                ImmutableList.of(endpoint("10.9.0.2:6881"), endpoint("10.9.0.3:6882")),
                RemoteText.EMPTY);
        assertReply("00000000010203041122334455667788", new UdpTrackerReply.Connected(0x01020304, CONNECTION));
        assertReply(
                "000000010a0b0c0d0000070800000001000000020a0900021ae10a0900031ae2",
                new UdpTrackerReply.Announced(0x0a0b0c0d, false, reply));
        assertReply(
                "0000000201010101000000010000000500000002",
                new UdpTrackerReply.Scraped(0x01010101, ImmutableList.of(new ScrapeCounts(1, 5, 2))));
        assertReply("000000030a0b0c0d626164", new UdpTrackerReply.Failed(0x0a0b0c0d, Bytes.ofUtf8("bad")));
    }

    @ParameterizedTest
    @CsvSource({
        "112233445566778800000001750f5248936f8db57f9a70fdae8f380b56d3c068906ffd972d4c54323038302d49"
                + "5a4a4f5345442d634328440000000000000000000000000080000000000000000000000000000200000000a397"
                + "294d000000c81b59020d2f616e6e6f756e63653f783d31, 200",
        "112233445566778800000001855b01a8936f8db57f9a70fdae8f380b56d3c068906ffd9741322d312d33362d30"
                + "2d6bfe5621126e89b8e95500000000000000000000000000800000000000000000000000000002000000006a95"
                + "ea7c000000321b590000, 50",
        "112233445566778800000001912302fa936f8db57f9a70fdae8f380b56d3c068906ffd972d5452333030302d77"
                + "306f6539787834336a393000000000000000000000000000800000000000000000000000000002000000003d2f"
                + "e587000000501b59, 80"
    })
    void whatLivingClientsAnnounceIsRead(String hex, int wanted) {
        assertThat(decodedRequest(Bytes.ofHex(hex).toArray()))
                .isInstanceOfSatisfying(Decoded.Complete.class, complete -> {
                    AnnounceRequest request = ((UdpTrackerRequest.Announce) complete.message()).request();
                    assertThat(request.infohash().hex()).isEqualTo("936f8db57f9a70fdae8f380b56d3c068906ffd97");
                    assertThat(request.left()).isEqualTo(8 << 20);
                    assertThat(request.event()).isEqualTo(Event.STARTED);
                    assertThat(request.port()).isEqualTo(7_001);
                    assertThat(request.wanted()).isEqualTo(wanted);
                });
    }

    @Test
    void everyRequestSurvivesTheRoundTripInExactlyItsWireSize() {
        Seeds.checkMany(5_000, random -> {
            UdpTrackerRequest request = request(random);
            ByteBuffer out = ByteBuffer.allocate(request.wireSize()).order(ByteOrder.LITTLE_ENDIAN);
            UdpTrackerCodec.encode(request, out);
            assertThat(out.remaining()).isZero();
            assertThat(UdpTrackerCodec.decodeRequest(out.flip(), LIMITS)).isEqualTo(new Decoded.Complete<>(request));
        });
    }

    @Test
    void everyReplySurvivesTheRoundTripInExactlyItsWireSize() {
        Seeds.checkMany(5_000, random -> {
            boolean isIpv6 = random.nextBoolean();
            UdpTrackerReply reply = reply(random, isIpv6);
            ByteBuffer out = ByteBuffer.allocate(reply.wireSize());
            UdpTrackerCodec.encode(reply, out);
            assertThat(out.remaining()).isZero();
            assertThat(UdpTrackerCodec.decodeReply(out.flip(), isIpv6, LIMITS))
                    .isEqualTo(new Decoded.Complete<>(reply));
        });
    }

    @Test
    void aDatagramThatEndsTooEarlyIsMalformedAndOneThatIsLongerIsRead() {
        Seeds.check(500, random -> {
            UdpTrackerRequest request = request(random);
            byte[] whole = bytes(request);
            int least = request instanceof UdpTrackerRequest.Scrape ? 36 : whole.length;
            for (int size = 0; size < least; size++) {
                assertThat(decodedRequest(Arrays.copyOf(whole, size))).isInstanceOf(Decoded.Malformed.class);
            }
            assertThat(decodedRequest(Arrays.copyOf(whole, whole.length + 7)))
                    .isEqualTo(new Decoded.Complete<>(request));
        });
    }

    @Test
    void aReplyThatEndsTooEarlyIsMalformed() {
        for (String hex :
                List.of("", "00000000010203", "0000000001020304112233", "000000010a0b0c0d00000708000000010000")) {
            assertThat(decodedReply(Bytes.ofHex(hex).toArray()))
                    .isInstanceOfSatisfying(
                            Decoded.Malformed.class,
                            malformed -> assertThat(malformed.defect()).isEqualTo(Defect.TRUNCATED));
        }
        assertThat(decodedReply(Bytes.ofHex("0000000401020304").toArray()))
                .isEqualTo(new Decoded.Malformed<>(Defect.BAD_VALUE, 0));
    }

    @Test
    void aRequestOfNoKnownKindIsMalformed() {
        assertThat(decodedRequest(
                        Bytes.ofHex("11223344556677880000000001020304").toArray()))
                .isEqualTo(new Decoded.Malformed<>(Defect.BAD_VALUE, 8));
        assertThat(decodedRequest(
                        Bytes.ofHex("11223344556677880000000301020304").toArray()))
                .isEqualTo(new Decoded.Malformed<>(Defect.BAD_VALUE, 8));
    }

    @Test
    void anAnnounceWithoutAPortIsMalformed() {
        byte[] announce = bytes(new UdpTrackerRequest.Announce(1, 2, HttpTrackerTest.announce(Seeds.generator(1))));
        announce[96] = 0;
        announce[97] = 0;

        assertThat(decodedRequest(announce)).isEqualTo(new Decoded.Malformed<>(Defect.BAD_VALUE, 96));
    }

    @Test
    void moreThanADatagramHoldsIsNotAnswered() {
        byte[] scrape =
                Arrays.copyOf(Bytes.ofHex("11223344556677880000000201020304").toArray(), 16 + 20 * 100);

        assertThat(decodedRequest(scrape))
                .isInstanceOfSatisfying(
                        Decoded.Complete.class,
                        complete -> assertThat(((UdpTrackerRequest.Scrape) complete.message()).infohashes())
                                .hasSize(74));
    }

    private static UdpTrackerRequest request(RandomGenerator random) {
        return switch (random.nextInt(3)) {
            case 0 -> new UdpTrackerRequest.Connect(random.nextInt());
            case 1 ->
                new UdpTrackerRequest.Announce(random.nextLong(), random.nextInt(), HttpTrackerTest.announce(random));
            default ->
                new UdpTrackerRequest.Scrape(
                        random.nextLong(),
                        random.nextInt(),
                        random.ints(1 + random.nextInt(74))
                                .mapToObj(i -> RandomMessages.sha1(random))
                                .collect(ImmutableList.toImmutableList()));
        };
    }

    private static UdpTrackerReply reply(RandomGenerator random, boolean isIpv6) {
        int transaction = random.nextInt();
        return switch (random.nextInt(4)) {
            case 0 -> new UdpTrackerReply.Connected(transaction, random.nextLong());
            case 1 -> {
                AnnounceReply reply = new AnnounceReply(
                        random.nextInt(4_000),
                        0,
                        random.nextInt(100),
                        random.nextInt(100),
                        random.ints(random.nextInt(5))
                                .mapToObj(i -> peer(random, isIpv6))
                                .collect(ImmutableList.toImmutableList()),
                        RemoteText.EMPTY);
                yield new UdpTrackerReply.Announced(transaction, isIpv6, reply);
            }
            case 2 ->
                new UdpTrackerReply.Scraped(
                        transaction,
                        random.ints(random.nextInt(74), 0, 1_000)
                                .mapToObj(i -> new ScrapeCounts(i, i / 2, i / 3))
                                .collect(ImmutableList.toImmutableList()));
            default -> new UdpTrackerReply.Failed(transaction, RandomMessages.bytes(random, 40));
        };
    }

    private static Endpoint peer(RandomGenerator random, boolean isIpv6) {
        int port = 1 + random.nextInt(65_535);
        return isIpv6
                ? new Endpoint(random.nextLong() | 1, random.nextLong(), port)
                : Endpoint.ofIpv4(random.nextInt(), port);
    }

    private static void assertRequest(String hex, UdpTrackerRequest request) {
        assertThat(decodedRequest(Bytes.ofHex(hex).toArray())).isEqualTo(new Decoded.Complete<>(request));
        assertThat(Bytes.copyOf(bytes(request)).hex()).isEqualTo(hex);
    }

    private static void assertReply(String hex, UdpTrackerReply reply) {
        assertThat(decodedReply(Bytes.ofHex(hex).toArray())).isEqualTo(new Decoded.Complete<>(reply));
        ByteBuffer out = ByteBuffer.allocate(reply.wireSize());
        UdpTrackerCodec.encode(reply, out);
        assertThat(Bytes.copyOf(out.array()).hex()).isEqualTo(hex);
    }

    private static byte[] bytes(UdpTrackerRequest request) {
        ByteBuffer out = ByteBuffer.allocate(request.wireSize());
        UdpTrackerCodec.encode(request, out);
        return out.array();
    }

    private static Decoded<UdpTrackerRequest> decodedRequest(byte[] datagram) {
        return UdpTrackerCodec.decodeRequest(ByteBuffer.wrap(datagram), LIMITS);
    }

    private static Decoded<UdpTrackerReply> decodedReply(byte[] datagram) {
        return UdpTrackerCodec.decodeReply(ByteBuffer.wrap(datagram), false, LIMITS);
    }

    private static Endpoint endpoint(String text) {
        return Endpoint.parse(text).orElseThrow();
    }
}
