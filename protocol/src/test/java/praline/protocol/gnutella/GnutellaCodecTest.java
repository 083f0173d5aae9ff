package praline.protocol.gnutella;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Defect;
import praline.protocol.Guid;
import praline.protocol.WireLimits;
import praline.protocol.testing.RandomMessages;
import praline.protocol.testing.Seeds;

/** The three laws of the codec over messages and bytes drawn by chance, and its bounds one byte to each side. */
class GnutellaCodecTest {

    private static final WireLimits LIMITS = WireLimits.STANDARD;

    @Test
    void everyMessageSurvivesTheRoundTripInExactlyItsWireSize() {
        Set<Class<?>> seen = new HashSet<>();
        Seeds.checkMany(20_000, random -> {
            Message message = RandomMessages.message(random);
            ByteBuffer out = ByteBuffer.allocate(message.wireSize() + 1);
            if (random.nextBoolean()) {
                out.order(ByteOrder.LITTLE_ENDIAN);
            }
            GnutellaCodec.encode(message, out);
            assertThat(out.position()).isEqualTo(message.wireSize());
            out.flip();
            assertThat(GnutellaCodec.decode(out, LIMITS)).isEqualTo(new Decoded.Complete<>(message));
            assertThat(out.remaining()).isZero();
            seen.add(message.getClass());
        });
        if (Long.getLong("praline.seed") == null) {
            assertThat(seen).containsExactlyInAnyOrder(Message.class.getPermittedSubclasses());
        }
    }

    @Test
    void whateverIsAcceptedEncodesToTheSameBytes() {
        Seeds.checkMany(50_000, random -> {
            ByteBuffer in = ByteBuffer.wrap(nearlyAMessage(random));
            Decoded<Message> decoded = GnutellaCodec.decode(in, LIMITS);
            if (decoded instanceof Decoded.Complete<Message> complete) {
                assertThat(RandomMessages.encoded(complete.message()))
                        .isEqualTo(Arrays.copyOf(in.array(), in.position()));
            } else if (decoded instanceof Decoded.Malformed<Message> malformed) {
                assertThat(in.position())
                        .as("a decoder that stands still hangs the link")
                        .isPositive();
                assertThat(malformed.defect().isFatal()).isFalse();
                assertThat(malformed.offset()).isBetween(0, in.position());
            } else {
                assertThat(in.position()).isZero();
            }
        });
    }

    @Test
    void anySplitOfTheStreamDecodesTheSame() {
        Seeds.check(2_000, random -> {
            List<Message> sent = new ArrayList<>();
            ByteBuffer stream = ByteBuffer.allocate(65_536);
            for (int i = 0; i < 4; i++) {
                Message message = RandomMessages.message(random);
                sent.add(message);
                GnutellaCodec.encode(message, stream);
            }
            stream.flip();
            assertThat(decodedInPieces(stream, random)).isEqualTo(sent);
        });
    }

    @Test
    void everyPrefixOfAMessageIsPartialAndUntouched() {
        byte[] whole = RandomMessages.encoded(query(300));
        for (int size = 0; size < whole.length; size++) {
            ByteBuffer in = ByteBuffer.wrap(whole, 0, size);
            Decoded<Message> decoded = GnutellaCodec.decode(in, LIMITS);
            int missing = size < Message.HEADER_SIZE ? Message.HEADER_SIZE - size : whole.length - size;
            assertThat(decoded).isEqualTo(new Decoded.Partial<>(missing));
            assertThat(in.position()).isZero();
        }
    }

    @Test
    void aLengthBeyondTheBoundOfItsTypeIsFatalBeforeItsPayloadArrives() {
        Map<Integer, Long> bounds = Map.of(
                0x00, 65_536L, 0x01, 65_536L, 0x02, 4_096L, 0x30, 40_960L, 0x31, 32_768L, 0x32, 32_768L, 0x40, 65_536L,
                0x80, 1_024L, 0x81, 65_536L, 0xCD, 40_960L);
        bounds.forEach((type, bound) -> {
            assertThat(decodedHeader(type, bound)).isInstanceOf(Decoded.Partial.class);
            for (long length : new long[] {bound + 1, (1L << 31) - 1, 1L << 31, (1L << 32) - 1}) {
                assertThat(decodedHeader(type, length))
                        .as("type %x of %d", type, length)
                        .isEqualTo(new Decoded.Fatal<>(Defect.TOO_LARGE, 19));
            }
        });
    }

    @Test
    void anOversizedPingPongPushOrHitIsSkippedAndTheStreamGoesOn() {
        Map<Integer, Integer> bounds = Map.of(0x00, 1_536, 0x01, 14 + 1_536, 0x40, 26 + 1_536, 0x81, 16_384);
        bounds.forEach((type, bound) -> {
            ByteBuffer in = ByteBuffer.allocate(100_000);
            putHeader(in, type, bound + 1);
            in.position(in.position() + bound + 1);
            GnutellaCodec.encode(query(5), in);
            in.flip();
            assertThat(GnutellaCodec.decode(in, LIMITS)).isEqualTo(new Decoded.Malformed<>(Defect.OVERSIZED, 19));
            assertThat(GnutellaCodec.decode(in, LIMITS)).isEqualTo(new Decoded.Complete<>(query(5)));
        });
    }

    @Test
    void thePayloadThatEndsTooEarlyIsMalformed() {
        Map<Integer, Integer> shortest = Map.of(0x01, 14, 0x02, 2, 0x31, 8, 0x32, 8, 0x40, 26, 0x80, 3);
        shortest.forEach((type, size) -> {
            for (int length = 0; length < size; length++) {
                assertThat(decodedZeros(type, length))
                        .as("type %x of %d", type, length)
                        .isInstanceOfSatisfying(
                                Decoded.Malformed.class,
                                malformed -> assertThat(malformed.defect()).isEqualTo(Defect.TRUNCATED));
            }
            assertThat(decodedZeros(type, size)).isInstanceOf(Decoded.Complete.class);
        });
    }

    @Test
    void aQueryWhoseTextNeverEndsIsMalformed() {
        ByteBuffer in = ByteBuffer.allocate(100);
        putHeader(in, 0x80, 5);
        in.put(new byte[] {0, 0, 'a', 'b', 'c'}).flip();

        assertThat(GnutellaCodec.decode(in, LIMITS)).isEqualTo(new Decoded.Malformed<>(Defect.TRUNCATED, 28));
    }

    private static List<Message> decodedInPieces(ByteBuffer stream, RandomGenerator random) {
        List<Message> received = new ArrayList<>();
        int end = stream.limit();
        stream.limit(0);
        while (stream.limit() < end) {
            stream.limit(Math.min(end, stream.limit() + 1 + random.nextInt(60)));
            while (GnutellaCodec.decode(stream, LIMITS) instanceof Decoded.Complete<Message> complete) {
                received.add(complete.message());
            }
        }
        return received;
    }

    /** A whole message with a few bytes changed, or noise behind a header that fits it. */
    private static byte[] nearlyAMessage(RandomGenerator random) {
        if (random.nextInt(4) == 0) {
            int size = random.nextInt(120);
            ByteBuffer noise = ByteBuffer.allocate(Message.HEADER_SIZE + size);
            int[] types = {0x00, 0x01, 0x02, 0x31, 0x40, 0x80, 0x81};
            putHeader(noise, types[random.nextInt(types.length)], size);
            random.ints(size, 0, random.nextBoolean() ? 256 : 4).forEach(value -> noise.put((byte) value));
            return noise.array();
        }
        byte[] bytes = RandomMessages.encoded(RandomMessages.message(random));
        for (int i = random.nextInt(4); i > 0; i--) {
            int from = random.nextInt(3) == 0 ? 0 : Math.min(Message.HEADER_SIZE, bytes.length - 1);
            bytes[from + random.nextInt(bytes.length - from)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static Decoded<Message> decodedHeader(int type, long length) {
        ByteBuffer in = ByteBuffer.allocate(Message.HEADER_SIZE);
        putHeader(in, type, length);
        return GnutellaCodec.decode(in.flip(), LIMITS);
    }

    private static Decoded<Message> decodedZeros(int type, int length) {
        ByteBuffer in = ByteBuffer.allocate(Message.HEADER_SIZE + length);
        putHeader(in, type, length);
        return GnutellaCodec.decode(in.rewind(), LIMITS);
    }

    private static void putHeader(ByteBuffer out, int type, long length) {
        out.put(new byte[Guid.SIZE]).put((byte) type).put((byte) 1).put((byte) 0);
        out.order(ByteOrder.LITTLE_ENDIAN).putInt((int) length).order(ByteOrder.BIG_ENDIAN);
    }

    private static Query query(int textSize) {
        return new Query(Guid.ZERO, 4, 0, 0x8000, Bytes.ofUtf8("a".repeat(textSize)), Bytes.EMPTY);
    }
}
