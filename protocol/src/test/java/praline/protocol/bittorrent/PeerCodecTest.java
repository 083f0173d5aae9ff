package praline.protocol.bittorrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Defect;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.PeerMessage.AllowedFast;
import praline.protocol.bittorrent.PeerMessage.Bitfield;
import praline.protocol.bittorrent.PeerMessage.Cancel;
import praline.protocol.bittorrent.PeerMessage.Extended;
import praline.protocol.bittorrent.PeerMessage.Have;
import praline.protocol.bittorrent.PeerMessage.Hello;
import praline.protocol.bittorrent.PeerMessage.KeepAlive;
import praline.protocol.bittorrent.PeerMessage.PieceHead;
import praline.protocol.bittorrent.PeerMessage.Port;
import praline.protocol.bittorrent.PeerMessage.Reject;
import praline.protocol.bittorrent.PeerMessage.Request;
import praline.protocol.bittorrent.PeerMessage.Signal;
import praline.protocol.bittorrent.PeerMessage.Suggest;
import praline.protocol.testing.RandomPeerMessages;
import praline.protocol.testing.Seeds;

/** The vectors of spec/bittorrent.md 14.2, the three laws of the codec, and its bounds one byte to each side (W13). */
class PeerCodecTest {

    private static final WireLimits LIMITS = WireLimits.STANDARD;
    private static final Sha1 INFOHASH =
            Sha1.of(Bytes.ofHex("3f87e7cb6670d06cb24666f9ccaec3ff581f6d86").toArray());

    @Test
    void theVectorsOfTheSpecificationHoldBothWays() {
        Map<String, PeerMessage> vectors = Map.ofEntries(
                Map.entry("00000000", new KeepAlive()),
                Map.entry("0000000100", Signal.CHOKE),
                Map.entry("0000000101", Signal.UNCHOKE),
                Map.entry("0000000102", Signal.INTERESTED),
                Map.entry("0000000103", Signal.NOT_INTERESTED),
                Map.entry("000000050400000003", new Have(3)),
                Map.entry("000000020590", new Bitfield(Bytes.ofHex("90"))),
                Map.entry("0000000d06000000010000400000004000", new Request(1, 16_384, 16_384)),
                Map.entry("00004009070000000100004000", new PieceHead(1, 16_384, 16_384)),
                Map.entry("000006a9070000000300000000", new PieceHead(3, 0, 1_696)),
                Map.entry("0000000d08000000010000400000004000", new Cancel(1, 16_384, 16_384)),
                Map.entry("00000003091ae1", new Port(6_881)),
                Map.entry("000000050d00000002", new Suggest(2)),
                Map.entry("000000010e", Signal.HAVE_ALL),
                Map.entry("000000010f", Signal.HAVE_NONE),
                Map.entry("0000000d10000000010000400000004000", new Reject(1, 16_384, 16_384)),
                Map.entry("000000051100000002", new AllowedFast(2)),
                Map.entry("00000006140700000002", new Extended(7, Bytes.ofHex("00000002"))));
        vectors.forEach((hex, message) -> {
            assertThat(decoded(hex)).isEqualTo(new Decoded.Complete<>(message));
            assertThat(encoded(message).hex()).isEqualTo(hex);
        });
    }

    @Test
    void theHandshakeOfTheSpecificationHoldsBothWays() {
        String hex = "13426974546f7272656e742070726f746f636f6c00000000001000043f87e7cb6670d06cb24666f9ccaec3ff581f6d86"
                + "2d474e303030312d6162636465666768696a6b6c";
        Hello hello = new Hello(Hello.OURS, INFOHASH, Bytes.ofUtf8("-GN0001-abcdefghijkl"));

        assertThat(PeerCodec.decodeHello(buffer(hex))).isEqualTo(new Decoded.Complete<>(hello));
        assertThat(encoded(hello).hex()).isEqualTo(hex);
        assertThat(hello.hasExtensions()).isTrue();
        assertThat(hello.isFast()).isTrue();
    }

    @Test
    void theHandshakeOfALivingClientIsRead() {
        ByteBuffer in = buffer("13426974546f7272656e742070726f746f636f6c0000000000100005"
                + "3f87e7cb6670d06cb24666f9ccaec3ff581f6d862d4c54323038302d4243592d77515f4933417e6c" + "0000000101");

        assertThat(PeerCodec.decodeHello(in))
                .isEqualTo(new Decoded.Complete<>(
                        new Hello(0x10_0005L, INFOHASH, Bytes.ofHex("2d4c54323038302d4243592d77515f4933417e6c"))));
        assertThat(PeerCodec.decode(in, LIMITS)).isEqualTo(new Decoded.Complete<>(Signal.UNCHOKE));
    }

    @Test
    void aHandshakeIsAwaitedToItsEndAndRefusedAtItsFirstWrongByte() {
        byte[] whole =
                encoded(new Hello(0, INFOHASH, Bytes.copyOf(new byte[20]))).toArray();
        for (int size = 0; size < whole.length; size++) {
            ByteBuffer in = ByteBuffer.wrap(whole, 0, size);
            assertThat(PeerCodec.decodeHello(in)).isEqualTo(new Decoded.Partial<>(whole.length - size));
            assertThat(in.position()).isZero();
        }
        for (int at = 0; at < 20; at++) {
            byte[] wrong = Arrays.copyOf(whole, at + 1);
            wrong[at] ^= 0x20;
            assertThat(PeerCodec.decodeHello(ByteBuffer.wrap(wrong)))
                    .isEqualTo(new Decoded.Fatal<>(Defect.UNKNOWN_PROTOCOL, at));
        }
    }

    @Test
    void everyMessageSurvivesTheRoundTripInExactlyItsWireSize() {
        Seeds.checkMany(20_000, random -> {
            PeerMessage message = RandomPeerMessages.message(random);
            ByteBuffer out = ByteBuffer.allocate(message.wireSize());
            if (random.nextBoolean()) {
                out.order(ByteOrder.LITTLE_ENDIAN);
            }
            PeerCodec.encode(message, out);
            assertThat(out.remaining()).isZero();
            assertThat(PeerCodec.decode(out.flip(), LIMITS)).isEqualTo(new Decoded.Complete<>(message));
            assertThat(out.remaining()).isZero();
        });
    }

    @Test
    void bytesThatAreAcceptedEncodeToTheSameBytes() {
        Seeds.checkMany(20_000, random -> {
            byte[] bytes = nearlyAMessage(random);
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (PeerCodec.decode(in, LIMITS) instanceof Decoded.Complete<PeerMessage> complete) {
                assertThat(encoded(complete.message()).toArray()).isEqualTo(Arrays.copyOf(bytes, in.position()));
            } else {
                assertThat(in.position()).isZero();
            }
        });
    }

    @Test
    void anySplitOfTheStreamDecodesTheSame() {
        Seeds.check(2_000, random -> {
            List<PeerMessage> sent = new ArrayList<>();
            ByteBuffer stream = ByteBuffer.allocate(65_536);
            for (int i = 0; i < 5; i++) {
                PeerMessage message = RandomPeerMessages.message(random);
                sent.add(message);
                PeerCodec.encode(message, stream);
            }
            assertThat(decodedInPieces(stream.flip(), random)).isEqualTo(sent);
        });
    }

    @Test
    void thePieceIsKnownAsSoonAsItsHeadIsThereAndItsDataIsLeft() {
        byte[] whole = Arrays.copyOf(encoded(new PieceHead(1, 16_384, 100)).toArray(), 113);
        for (int size = 0; size < PieceHead.SIZE; size++) {
            ByteBuffer in = ByteBuffer.wrap(whole, 0, size);
            assertThat(PeerCodec.decode(in, LIMITS)).isInstanceOf(Decoded.Partial.class);
            assertThat(in.position()).isZero();
        }
        ByteBuffer in = ByteBuffer.wrap(whole);
        assertThat(PeerCodec.decode(in, LIMITS)).isEqualTo(new Decoded.Complete<>(new PieceHead(1, 16_384, 100)));
        assertThat(in.remaining()).isEqualTo(100);
    }

    @Test
    void whatIsMissingIsNeverOverstated() {
        for (PeerMessage message : List.of(new Request(1, 2, 3), new Bitfield(Bytes.ofHex("0102")), Signal.CHOKE)) {
            byte[] whole = encoded(message).toArray();
            for (int size = 0; size < whole.length; size++) {
                int rest = whole.length - size;
                assertThat(PeerCodec.decode(ByteBuffer.wrap(whole, 0, size), LIMITS))
                        .isInstanceOfSatisfying(
                                Decoded.Partial.class,
                                partial -> assertThat(partial.missing()).isBetween(1, rest));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11, 12, 18, 19, 21, 22, 23, 24, 99, 255})
    void anUnknownIdIsFatal(int id) {
        assertThat(decodedHead(1, id)).isEqualTo(new Decoded.Fatal<>(Defect.UNKNOWN_MESSAGE, 0));
    }

    @Test
    void everyIdHasItsExactLengthOrItsBounds() {
        for (int id : new int[] {0, 1, 2, 3, 14, 15}) {
            assertSizes(id, 1, 1, Defect.WRONG_SIZE);
        }
        for (int id : new int[] {4, 13, 17}) {
            assertSizes(id, 5, 5, Defect.WRONG_SIZE);
        }
        for (int id : new int[] {6, 8, 16}) {
            assertSizes(id, 13, 13, Defect.WRONG_SIZE);
        }
        assertSizes(9, 3, 3, Defect.WRONG_SIZE);
        assertSizes(5, 1, 1 + (1 << 18), Defect.TOO_LARGE);
        assertSizes(7, 9, 9 + 131_072, Defect.TOO_LARGE);
        assertSizes(20, 2, 1 + 65_536, Defect.TOO_LARGE);
    }

    @Test
    void numbersOfTwoToThePowerOf31AndMoreAreFatal() {
        List<String> lines = List.of(
                "0000000504%s",
                "000000050d%s",
                "0000000511%s",
                "0000000d06%s0000000000004000",
                "0000000d0600000000%s00004000",
                "0000000d060000000000000000%s",
                "0000000d08%s0000000000004000",
                "0000000d100000000000000000%s",
                "0000000a07%s0000000001",
                "0000000a0700000000%s01");
        for (String line : lines) {
            assertThat(decoded(line.replace("%s", "7fffffff"))).isInstanceOf(Decoded.Complete.class);
            assertThat(decoded(line.replace("%s", "80000000")))
                    .isEqualTo(new Decoded.Fatal<>(Defect.OUT_OF_RANGE, PeerMessage.HEAD_SIZE));
        }
    }

    /** Lengths that are allowed are awaited, those to each side and the largest of all are fatal. */
    private static void assertSizes(int id, long min, long max, Defect above) {
        assertThat(decodedHead(min, id)).isNotInstanceOf(Decoded.Fatal.class);
        assertThat(decodedHead(max, id)).isNotInstanceOf(Decoded.Fatal.class);
        if (min > 1) {
            assertThat(decodedHead(min - 1, id)).isEqualTo(new Decoded.Fatal<>(Defect.WRONG_SIZE, 0));
        }
        for (long length : new long[] {max + 1, (1L << 31) - 1, 1L << 31, (1L << 32) - 1}) {
            assertThat(decodedHead(length, id)).as("id %d of %d", id, length).isEqualTo(new Decoded.Fatal<>(above, 0));
        }
    }

    private static Decoded<PeerMessage> decodedHead(long length, int id) {
        ByteBuffer in = ByteBuffer.allocate(PeerMessage.HEAD_SIZE);
        in.putInt((int) length).put((byte) id);
        return PeerCodec.decode(in.flip(), LIMITS);
    }

    private static List<PeerMessage> decodedInPieces(ByteBuffer stream, RandomGenerator random) {
        List<PeerMessage> received = new ArrayList<>();
        int end = stream.limit();
        stream.limit(0);
        while (stream.limit() < end) {
            stream.limit(Math.min(end, stream.limit() + 1 + random.nextInt(30)));
            while (PeerCodec.decode(stream, LIMITS) instanceof Decoded.Complete<PeerMessage> complete) {
                received.add(complete.message());
            }
        }
        return received;
    }

    /** A whole message with a few bytes changed, or noise behind a length that fits it. */
    private static byte[] nearlyAMessage(RandomGenerator random) {
        byte[] bytes = encoded(RandomPeerMessages.message(random)).toArray();
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(random.nextBoolean() ? 256 : 21);
        }
        return bytes;
    }

    private static Decoded<PeerMessage> decoded(String hex) {
        return PeerCodec.decode(buffer(hex), LIMITS);
    }

    private static ByteBuffer buffer(String hex) {
        return ByteBuffer.wrap(Bytes.ofHex(hex).toArray());
    }

    private static Bytes encoded(PeerMessage message) {
        ByteBuffer out = ByteBuffer.allocate(message.wireSize());
        PeerCodec.encode(message, out);
        return Bytes.copyOf(out.array());
    }
}
