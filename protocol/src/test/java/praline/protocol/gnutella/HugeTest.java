package praline.protocol.gnutella;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.Urn;
import praline.protocol.WireLimits;
import praline.protocol.testing.RandomMessages;
import praline.protocol.testing.Seeds;

/** The extension area of queries and records, in every form that spec/gnutella.md 6.2 names. */
class HugeTest {

    private static final String BASE32 = "ZVUIFIMKBWG6BBIX3QSF2OKGG46L2EOV";
    private static final Sha1 SHA1 = Sha1.parseBase32(BASE32).orElseThrow();
    private static final String HEX = "cd6882a18a0d8de08517dc245d3946373cbd11d5";

    @Test
    void aHashIsReadFromEveryFormOfIt() {
        String[] areas = {
            "urn:sha1:" + BASE32,
            "URN:SHA1:" + BASE32.toLowerCase(java.util.Locale.ROOT),
            "urn:bitprint:" + BASE32 + ".NUOV46USHWUWX5XZ4ZLBLPTJKFYHS5IXBJ6CDBY",
            "urn:\u001Curn:sha1:" + BASE32,
            "urn:btih:" + BASE32 + "\u001Curn:sha1:" + BASE32 + "\u001C",
            "<?xml version=\"1.0\"?>\u001Curn:sha1:" + BASE32 + "\0",
        };
        for (String area : areas) {
            assertThat(read(Bytes.ofUtf8(area)).sha1()).as(area).contains(SHA1);
        }
        assertThat(read(Bytes.ofHex("c381485501" + HEX)).sha1()).contains(SHA1);
        assertThat(read(Bytes.ofHex("c381486d02" + HEX + "00".repeat(24))).sha1())
                .contains(SHA1);
        assertThat(read(GgepWriter.plain()
                                .add("u", Bytes.ofUtf8("sha1:" + BASE32))
                                .toBytes())
                        .sha1())
                .contains(SHA1);
    }

    @Test
    void whatIsNoHashIsNone() {
        for (String area :
                new String[] {"", "urn:", "urn", "urn:sha1:", "urn:sha1:" + BASE32.substring(1), "urn:md5:x"}) {
            assertThat(read(Bytes.ofUtf8(area)).sha1()).as(area).isEmpty();
        }
        assertThat(read(Bytes.ofHex("c381485403" + HEX)).sha1()).isEmpty();
        assertThat(read(Bytes.ofHex("c381484201cd")).sha1()).isEmpty();
    }

    @Test
    void stringsAndTheBlockAreToldApart() {
        Huge huge = read(Bytes.ofUtf8("urn:\u001C<x>\u001C")
                .concat(Bytes.ofHex("c3814d4104"))
                .concat(Bytes.ofUtf8("\u001Curn:late")));

        assertThat(huge.strings()).containsExactly(Bytes.ofUtf8("urn:"), Bytes.ofUtf8("<x>"), Bytes.ofUtf8("urn:late"));
        assertThat(huge.ggep().get("M")).contains(Bytes.ofHex("04"));
    }

    @Test
    void anAreaIsBuiltAsItIsRead() {
        Seeds.check(500, random -> {
            Sha1 sha1 = RandomMessages.sha1(random);
            Sha1 infohash = RandomMessages.sha1(random);
            Bytes block = random.nextBoolean()
                    ? Bytes.EMPTY
                    : GgepWriter.zeroFree()
                            .add("LF", RandomMessages.bytes(random, 8))
                            .toBytes();
            Huge huge = read(Huge.area(ImmutableList.of(Urn.sha1(sha1), Urn.btih(infohash)), block));
            assertThat(huge.sha1()).contains(sha1);
            assertThat(huge.infohash()).contains(infohash);
            assertThat(huge.ggep().has("LF")).isEqualTo(!block.isEmpty());
        });
        assertThat(Huge.area(ImmutableList.of(), Bytes.EMPTY)).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void anyBytesAreReadToTheirEnd() {
        Seeds.checkMany(20_000, random -> {
            byte[] bytes = RandomMessages.bytes(random, 60).toArray();
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = random.nextInt(8) == 0 ? (byte) 0xC3 : random.nextInt(8) == 0 ? 0x1C : bytes[i];
            }
            Huge huge = read(Bytes.copyOf(bytes));
            assertThat(huge.strings()).noneMatch(Bytes::isEmpty);
        });
    }

    private static Huge read(Bytes area) {
        return Huge.read(area, WireLimits.STANDARD);
    }
}
