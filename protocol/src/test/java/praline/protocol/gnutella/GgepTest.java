package praline.protocol.gnutella;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.util.Map;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import praline.protocol.Bytes;
import praline.protocol.WireLimits;
import praline.protocol.testing.RandomMessages;
import praline.protocol.testing.Seeds;

/** GGEP blocks: the vectors of spec/gnutella.md section 8, what is written comes back, and the bounds of W5. */
class GgepTest {

    private static final Bytes HELLO = Bytes.ofUtf8("hello hello hello hello");

    @Test
    void theVectorsOfTheSpecificationAreRead() {
        assertThat(read("c38353435041 01").extensions()).containsExactly(extension("SCP", "01"));
        assertThat(read("c3025643 45 50524c4e01 025550 43 021e0a 024455 42 100e 83544c53 40")
                        .extensions())
                .containsExactly(
                        extension("VC", "50524c4e01"),
                        extension("UP", "021e0a"),
                        extension("DU", "100e"),
                        extension("TLS", ""));
        assertThat(read("c3c148 56 0201 10112233445566778899aabbccddeeff 04112233")
                        .get("H"))
                .contains(Bytes.ofHex("0100112233445566778899aabbccddeeff00112233"));
        assertThat(read("c3a15a50 789ccb48cdc9c957c8402701680308b1").get("Z")).contains(HELLO);
        assertThat(read("c3e15a51 11789ccb48cdc9c957c8402701680308b1").get("Z")).contains(HELLO);
        assertThat(read("c38158818040" + "00".repeat(4_096)).get("X")).contains(Bytes.ofHex("00".repeat(4_096)));
    }

    @Test
    void theVectorsOfTheSpecificationAreWritten() {
        assertThat(GgepWriter.plain().add("SCP", Bytes.ofHex("01")).toBytes())
                .isEqualTo(Bytes.ofHex("c38353435041" + "01"));
        assertThat(GgepWriter.zeroFree()
                        .add("H", Bytes.ofHex("0100112233445566778899aabbccddeeff00112233"))
                        .toBytes())
                .isEqualTo(Bytes.ofHex("c3c148" + "56" + "020110112233445566778899aabbccddeeff04112233"));
    }

    @Test
    void lengthsHaveOneToThreeGroups() {
        Map<Integer, String> table = Map.of(
                0, "40", 1, "41", 63, "7f", 64, "8140", 127, "817f", 4_095, "bf7f", 4_096, "818040", 4_097, "818041",
                65_535, "8fbf7f", 262_143, "bfbf7f");
        table.forEach((size, field) -> {
            Bytes data = Bytes.copyOf(new byte[size]);
            Bytes block = Bytes.ofHex("c38158" + field).concat(data);
            assertThat(GgepWriter.plain().add("X", data).toBytes()).isEqualTo(block);
            assertThat(new GgepReader(WireLimits.STANDARD).read(block, 0).get("X"))
                    .contains(data);
        });
        assertThatThrownBy(() -> GgepWriter.plain().add("X", Bytes.copyOf(new byte[262_144])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void numbersAreLittleEndianAndZeroIsEmpty() {
        Map<Long, String> table =
                Map.of(0L, "", 1L, "01", 255L, "ff", 256L, "0001", 3_600L, "100e", 5_000_000_000L, "00f2052a01");
        table.forEach((value, hex) -> {
            assertThat(Ggep.number(value)).isEqualTo(Bytes.ofHex(hex));
            assertThat(Ggep.number(Bytes.ofHex(hex))).isEqualTo(OptionalLong.of(value));
        });
        assertThat(Ggep.number(Bytes.ofHex("ffffffffffffff7f"))).hasValue(Long.MAX_VALUE);
        assertThat(Ggep.number(Bytes.ofHex("0000000000000080"))).isEmpty();
        assertThat(Ggep.number(Bytes.ofHex("000000000000000001"))).isEmpty();
        assertThat(Ggep.number(Bytes.ofHex("0500000000000000000000"))).hasValue(5);
    }

    @Test
    void whatIsWrittenComesBack() {
        Seeds.check(10_000, random -> {
            boolean zeroFree = random.nextBoolean();
            GgepWriter writer = zeroFree ? GgepWriter.zeroFree() : GgepWriter.plain();
            ImmutableList<Ggep.Extension> extensions = extensions(random);
            for (Ggep.Extension extension : extensions) {
                if (random.nextBoolean()) {
                    writer.add(extension.id(), extension.data());
                } else {
                    writer.addDeflated(extension.id(), extension.data());
                }
            }
            Bytes block = writer.toBytes();
            Ggep read = new GgepReader(WireLimits.STANDARD).read(block, 0);
            assertThat(read).isEqualTo(new Ggep(extensions, 0, block.size()));
            if (zeroFree) {
                assertThat(block.indexOf(0, 0)).isEqualTo(-1);
            }
        });
    }

    @Test
    void aBrokenFrameCostsTheRestOfTheBlock() {
        String good = "c3014141 58";
        String[] rest = {
            "",
            "80",
            "9142 40",
            "c1",
            "814240 00".substring(0, 4),
            "814200",
            "8142c0",
            "814280808041",
            "814243 0102",
            "81 00 40",
            "81 20 40",
        };
        for (String bad : rest) {
            Bytes bytes = Bytes.ofHex((good + bad).replace(" ", ""));
            Ggep read = new GgepReader(WireLimits.STANDARD).read(bytes, 0);
            assertThat(read).as(bad).isEqualTo(new Ggep(ImmutableList.of(extension("A", "58")), 1, bytes.size()));
        }
    }

    @Test
    void damagedDataCostOneExtension() {
        String[] damaged = {"4142" + "42" + "0500", "2142" + "42" + "0500", "2142" + "43" + "789c00"};
        for (String bad : damaged) {
            Ggep read = read("c3" + bad + "8143 41 58");
            assertThat(read.extensions()).as(bad).containsExactly(extension("C", "58"));
            assertThat(read.defects()).isEqualTo(1);
        }
    }

    @Test
    void whatFollowsTheBlockIsLeftAlone() {
        assertThat(read("c3814141581c75726e").end()).isEqualTo(5);
        assertThat(new GgepReader(WireLimits.STANDARD)
                        .read(Bytes.ofHex("00c381414158"), 1)
                        .end())
                .isEqualTo(6);
        assertThat(read("0081414158")).isEqualTo(Ggep.NONE);
        assertThat(read("")).isEqualTo(Ggep.NONE);
    }

    @Test
    void theFirstOfTwoEqualNamesCounts() {
        assertThat(read("c3014141 01 814141 02").get("A")).contains(Bytes.ofHex("01"));
    }

    @Test
    void allBlocksOfAMessageInflateToABoundedSizeTogether() {
        Bytes half = GgepWriter.plain()
                .addDeflated("X", Bytes.copyOf(new byte[32_000]))
                .toBytes();
        GgepReader reader = new GgepReader(WireLimits.STANDARD);
        assertThat(reader.read(half, 0).defects()).isZero();
        assertThat(reader.read(half, 0).defects()).isZero();
        assertThat(reader.read(half, 0).defects()).isEqualTo(1);

        Bytes exact = GgepWriter.plain()
                .addDeflated("X", Bytes.copyOf(new byte[65_535]))
                .toBytes();
        Bytes over = GgepWriter.plain()
                .addDeflated("X", Bytes.copyOf(new byte[65_536]))
                .toBytes();
        assertThat(new GgepReader(WireLimits.STANDARD).read(exact, 0).defects()).isZero();
        assertThat(new GgepReader(WireLimits.STANDARD).read(over, 0).defects()).isEqualTo(1);
    }

    @Test
    void aBlockHasAtMost32Extensions() {
        Ggep read = read("c3" + "014140".repeat(39) + "814140");

        assertThat(read.extensions()).hasSize(32);
        assertThat(read.defects()).isEqualTo(8);
    }

    @Test
    void noBytesAreMoreThanABlockWithDefects() {
        Seeds.checkMany(20_000, random -> {
            Bytes block = Bytes.ofHex("c3").concat(RandomMessages.bytes(random, 60));
            Ggep read = new GgepReader(WireLimits.STANDARD).read(block, 0);
            assertThat(read.end()).isBetween(2 - 1, block.size());
        });
    }

    private static ImmutableList<Ggep.Extension> extensions(RandomGenerator random) {
        ImmutableList.Builder<Ggep.Extension> extensions = ImmutableList.builder();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            String id = "IdOfFifteenByte".substring(0, 1 + random.nextInt(15));
            Bytes data = random.nextBoolean()
                    ? RandomMessages.bytes(random, 300)
                    : Bytes.copyOf(new byte[random.nextInt(300)]);
            extensions.add(new Ggep.Extension(id, data));
        }
        return extensions.build();
    }

    private static Ggep.Extension extension(String id, String hex) {
        return new Ggep.Extension(id, Bytes.ofHex(hex));
    }

    private static Ggep read(String hex) {
        return new GgepReader(WireLimits.STANDARD).read(Bytes.ofHex(hex.replace(" ", "")), 0);
    }
}
