package praline.protocol.bittorrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Defect;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.Bencode.ByteString;
import praline.protocol.bittorrent.Bencode.Dictionary;
import praline.protocol.bittorrent.Bencode.Int;
import praline.protocol.bittorrent.Bencode.Items;
import praline.protocol.testing.RandomMessages;
import praline.protocol.testing.Seeds;

/** The table of spec/bittorrent.md 1.2 line by line, the laws of a codec, and the bombs of spec/hardening.md W11. */
class BencodeTest {

    private static final BencodeRules LENIENT = BencodeRules.torrent(WireLimits.STANDARD);
    private static final BencodeRules STRICT = LENIENT.strict();

    @Test
    void theExamplesOfTheSpecificationHoldBothWays() {
        Dictionary cow = new Dictionary.Builder()
                .put("spam", new Items(ImmutableList.of(string("a"), string("b"))))
                .put("cow", "moo")
                .build();
        assertBothWays("d3:cow3:moo4:spaml1:a1:bee", cow);
        assertBothWays("de", Dictionary.EMPTY);
        assertBothWays("le", new Items(ImmutableList.of()));
        assertBothWays("i-3e", new Int(-3));
        assertBothWays("i0e", new Int(0));
        assertBothWays("0:", string(""));
        assertBothWays("i9223372036854775807e", new Int(Long.MAX_VALUE));
        assertBothWays("i-9223372036854775807e", new Int(-Long.MAX_VALUE));
        assertBothWays("d0:i1ee", new Dictionary(ImmutableMap.of(Bytes.EMPTY, new Int(1))));
    }

    @ParameterizedTest
    @CsvSource({
        "i-0e, i0e",
        "i03e, i3e",
        "i-03e, i-3e",
        "04:spam, 4:spam",
        "d1:bi2e1:ai1ee, d1:ai1e1:bi2ee",
        "d1:ai1e1:ai2ee, d1:ai1ee",
        "d2:aai1e1:ai2ee, d1:ai2e2:aai1ee"
    })
    void whatOthersWriteIsReadLenientlyAndRefusedStrictly(String wire, String canonical) {
        assertThat(decoded(wire, STRICT)).isInstanceOf(Decoded.Malformed.class);
        assertThat(decoded(wire, LENIENT))
                .isInstanceOfSatisfying(
                        Decoded.Complete.class,
                        complete -> assertThat(((Bencode) complete.message()).encode())
                                .isEqualTo(Bytes.ofUtf8(canonical)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ie",
                "i-e",
                "i1.5e",
                "i 1e",
                "i+1e",
                "i--1e",
                "i9223372036854775808e",
                "i-9223372036854775808e",
                "i000000000000000000001e",
                "i123456789012345678901e",
                "di1ei2ee",
                "dlei1ee",
                "d1:ae",
                "d1:a",
                "d",
                "l",
                "e",
                "",
                "5:spam",
                "2147483647:a",
                "2147483648:a",
                "4294967295:a",
                "4294967296:a",
                "17592186044416:a",
                "00000000001:a",
                "-1:a",
                "1a",
                "1",
                "i1",
                "i",
                "x",
                "l1:a"
            })
    void whatIsNoBencodingIsRefusedByEverybody(String wire) {
        for (BencodeRules rules : new BencodeRules[] {STRICT, LENIENT}) {
            ByteBuffer in = ByteBuffer.wrap(wire.getBytes(StandardCharsets.US_ASCII));
            assertThat(Bencode.decode(in, rules)).isInstanceOfSatisfying(Decoded.Malformed.class, malformed -> {
                assertThat(malformed.defect()).isIn(Defect.TRUNCATED, Defect.BAD_BENCODE);
                assertThat(malformed.offset()).isBetween(0, wire.length());
            });
            assertThat(in.hasRemaining()).isFalse();
        }
    }

    @Test
    void whatFollowsTheValueIsLeft() {
        ByteBuffer in = ByteBuffer.wrap("4:spamX\r\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(Bencode.decode(in, STRICT)).isEqualTo(new Decoded.Complete<>(string("spam")));
        assertThat(in.remaining()).isEqualTo(3);
        assertThat(Bencode.decodeAll(Bytes.ofUtf8("4:spamX"), STRICT)).isEmpty();
        assertThat(Bencode.decodeAll(Bytes.ofUtf8("4:spam"), STRICT)).contains(string("spam"));
    }

    @Test
    void depthIsBoundedAtItsLimit() {
        int depth = LENIENT.depth();
        assertThat(decoded("l".repeat(depth) + "e".repeat(depth), LENIENT)).isInstanceOf(Decoded.Complete.class);
        assertThat(decoded("l".repeat(depth + 1) + "e".repeat(depth + 1), LENIENT))
                .isEqualTo(new Decoded.Malformed<>(Defect.OVERSIZED, depth));
    }

    @Test
    void valuesAreCountedAndBounded() {
        BencodeRules four = new BencodeRules(false, 8, 4);

        assertThat(decoded("li1ei2ei3ee", four)).isInstanceOf(Decoded.Complete.class);
        assertThat(decoded("li1ei2ei3ei4ee", four)).isEqualTo(new Decoded.Malformed<>(Defect.OVERSIZED, 10));
        assertThat(decoded("d1:ai1e1:bi1ee", four)).isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void bombsAreRefusedWithoutBeingBuilt() {
        String[] bombs = {
            "l".repeat(1 << 20),
            "d1:a".repeat(1 << 18),
            "i" + "1".repeat(1_000_000) + "e",
            "1".repeat(1_000_000) + ":",
            "l" + "le".repeat(1_100_000) + "e",
            "l" + "0:".repeat(1_100_000) + "e"
        };
        for (String bomb : bombs) {
            Assertions.assertTimeout(
                    Duration.ofSeconds(2),
                    () -> assertThat(decoded(bomb, LENIENT)).isInstanceOf(Decoded.Malformed.class));
        }
    }

    @Test
    void aBombCostsOneSmallArray() {
        ByteBuffer bomb = ByteBuffer.wrap("l".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 10; i++) {
            Bencode.decode(bomb.rewind(), LENIENT); // classes are loaded once
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        Decoded<Bencode> decoded = Bencode.decode(bomb.rewind(), LENIENT);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(decoded).isInstanceOf(Decoded.Malformed.class);
        assertThat(allocated).isLessThan(4_096);
    }

    /** "Aa" and "BB" have the same hash, and so have all strings made of them. */
    @Test
    void keysThatCollideAreStillReadFast() {
        StringBuilder wire = new StringBuilder("d");
        for (int i = 0; i < 1 << 16; i++) {
            StringBuilder key = new StringBuilder();
            for (int bit = 0; bit < 16; bit++) {
                key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            wire.append("32:").append(key).append("i1e");
        }
        Assertions.assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThat(decoded(wire.append('e').toString(), LENIENT))
                        .isInstanceOfSatisfying(
                                Decoded.Complete.class,
                                complete -> assertThat(((Dictionary) complete.message()).entries())
                                        .hasSize(1 << 16)));
    }

    @Test
    void theRawBytesOfAnEntryAreThoseOfTheWire() {
        String wire = "d4:infod1:bi02e1:ai1ee4:info4:late1:xi1ee rest";
        ByteBuffer in = ByteBuffer.wrap(wire.getBytes(StandardCharsets.US_ASCII));

        assertThat(Bencode.rawEntry(in, "info", LENIENT)).contains(Bytes.ofUtf8("d1:bi02e1:ai1ee"));
        assertThat(Bencode.rawEntry(in, "x", LENIENT)).contains(Bytes.ofUtf8("i1e"));
        assertThat(Bencode.rawEntry(in, "y", LENIENT)).isEmpty();
        assertThat(Bencode.rawEntry(in, "info", STRICT)).isEmpty();
        assertThat(in.position()).isZero();
        assertThat(Bencode.rawEntry(ByteBuffer.wrap(new byte[] {'l', 'e'}), "info", LENIENT))
                .isEmpty();
    }

    @Test
    void theWrongTypeCountsAsAbsent() {
        Dictionary dictionary =
                new Dictionary.Builder().put("a", 1).put("b", "x").build();

        assertThat(dictionary.bytes("a")).isEmpty();
        assertThat(dictionary.integer("b")).isEmpty();
        assertThat(dictionary.integer("a")).hasValue(1);
        assertThat(dictionary.integer("a", 0)).isEmpty();
        assertThat(dictionary.list("a")).isEmpty();
        assertThat(dictionary.dictionary("a")).isEmpty();
        assertThat(dictionary.bytes("c")).isEmpty();
    }

    @Test
    void theIntegerThatNobodyReadsIsNotWritten() {
        assertThatThrownBy(() -> new Int(Long.MIN_VALUE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyValueSurvivesTheRoundTripInExactlyItsSize() {
        Seeds.checkMany(5_000, random -> {
            Bencode value = value(random, 4);
            Bytes bytes = value.encode();
            assertThat(bytes.size()).isEqualTo(value.encodedSize());
            assertThat(Bencode.decodeAll(bytes, STRICT)).contains(value);
        });
    }

    @Test
    void bytesThatAreAcceptedStrictlyEncodeToTheSameBytes() {
        Seeds.checkMany(20_000, random -> {
            byte[] bytes = value(random, 4).encode().toArray();
            for (int i = random.nextInt(3); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) "0123456789:deil-".charAt(random.nextInt(16));
            }
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (Bencode.decode(in, STRICT) instanceof Decoded.Complete<Bencode> complete) {
                assertThat(complete.message().encode().toArray()).isEqualTo(Arrays.copyOf(bytes, in.position()));
                assertThat(Bencode.decode(in.rewind(), LENIENT)).isEqualTo(complete);
            }
        });
    }

    @Test
    void noPrefixOfAValueIsOne() {
        Seeds.check(500, random -> {
            byte[] bytes = value(random, 3).encode().toArray();
            for (int size = 0; size < bytes.length; size++) {
                assertThat(Bencode.decode(ByteBuffer.wrap(bytes, 0, size), LENIENT))
                        .isInstanceOf(Decoded.Malformed.class);
            }
        });
    }

    private static Bencode value(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth == 0 ? 2 : 4)) {
            case 0 -> new ByteString(RandomMessages.bytes(random, 20));
            case 1 -> new Int(Math.max(random.nextLong() >> random.nextInt(64), -Long.MAX_VALUE));
            case 2 -> {
                ImmutableList.Builder<Bencode> items = ImmutableList.builder();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(value(random, depth - 1));
                }
                yield new Items(items.build());
            }
            default -> {
                Map<Bytes, Bencode> entries = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    entries.put(RandomMessages.bytes(random, 3), value(random, depth - 1));
                }
                yield new Dictionary(ImmutableMap.copyOf(entries));
            }
        };
    }

    private static void assertBothWays(String wire, Bencode value) {
        assertThat(decoded(wire, STRICT)).isEqualTo(new Decoded.Complete<>(value));
        assertThat(value.encode()).isEqualTo(Bytes.ofUtf8(wire));
    }

    private static Decoded<Bencode> decoded(String wire, BencodeRules rules) {
        return Bencode.decode(ByteBuffer.wrap(wire.getBytes(StandardCharsets.US_ASCII)), rules);
    }

    private static ByteString string(String text) {
        return new ByteString(Bytes.ofUtf8(text));
    }
}
