package praline.protocol.gnutella;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.testing.RandomMessages;
import praline.protocol.testing.Seeds;

/**
 * A file becomes a record and comes back, however large it is; trailers say what the table of spec/gnutella.md 7 says.
 */
class HitFileTest {

    private static final Sha1 SHA1 =
            Sha1.parseBase32("ZVUIFIMKBWG6BBIX3QSF2OKGG46L2EOV").orElseThrow();

    @Test
    void aRecordNamesTheContentAndItsTorrent() {
        HitRecord record = new HitFile(7, 105_000, Bytes.ofUtf8("one.txt"), SHA1, SHA1).toRecord();

        assertThat(record.extensions().utf8())
                .isEqualTo("urn:sha1:" + SHA1.base32() + "\u001Curn:btih:" + SHA1.base32());
        assertThat(record.size()).isEqualTo(105_000);
    }

    @Test
    void aLargeFileHasItsSizeInAnExtension() {
        HitRecord record = new HitFile(7, 5_000_000_000L, Bytes.ofUtf8("one.txt"), SHA1, null).toRecord();

        assertThat(record.size()).isEqualTo(0xFFFF_FFFFL);
        assertThat(record.extensions())
                .isEqualTo(Bytes.ofUtf8("urn:sha1:" + SHA1.base32()).concat(Bytes.ofHex("1cc3c24c46460105f2052a01")));
    }

    @Test
    void everyFileComesBack() {
        Seeds.check(2_000, random -> {
            HitFile file = new HitFile(
                    Integer.toUnsignedLong(random.nextInt()),
                    random.nextLong() >>> (1 + random.nextInt(63)),
                    Bytes.ofUtf8("name"),
                    random.nextBoolean() ? RandomMessages.sha1(random) : null,
                    random.nextBoolean() ? RandomMessages.sha1(random) : null);
            HitRecord record = file.toRecord();
            assertThat(record.extensions().indexOf(0, 0))
                    .as("a zero would end the record")
                    .isEqualTo(-1);
            assertThat(HitFile.of(hit(record), WireLimits.STANDARD)).containsExactly(file);
        });
    }

    @Test
    void theTrailersOfTheSpecificationAreWrittenAndRead() {
        assertTrailer(HitTrailer.ours(false, false, true, Bytes.EMPTY), "50524c4e021c09", false, false, true);
        assertTrailer(HitTrailer.ours(true, false, true, Bytes.EMPTY), "50524c4e021d09", true, false, true);
        assertTrailer(HitTrailer.ours(false, true, false, Bytes.EMPTY), "50524c4e021c05", false, true, false);
        assertTrailer(
                HitTrailer.ours(false, false, true, Bytes.ofHex("c382424840")),
                "50524c4e023c29c382424840",
                false,
                false,
                true);
    }

    @Test
    void theTrailerOfGtkGnutellaIsRead() {
        HitTrailer trailer = HitTrailer.read(Bytes.ofHex(
                        "47544b47022c29c30547544b475653010102030065e3bd800000000e0705a331000303544c534082424840"))
                .orElseThrow();

        assertThat(trailer.needsPush()).isFalse();
        assertThat(trailer.isBusy()).isFalse();
        assertThat(trailer.ggep(WireLimits.STANDARD).extensions())
                .extracting(Ggep.Extension::id)
                .containsExactly("GTKGV", "TLS", "BH");
    }

    @Test
    void aFlagOfUnknownValidityIsNotSet() {
        assertThat(HitTrailer.read(Bytes.ofHex("50524c4e020100")).orElseThrow().needsPush())
                .isFalse();
        assertThat(HitTrailer.read(Bytes.ofHex("50524c4e0101")).orElseThrow().needsPush())
                .isFalse();
        assertThat(HitTrailer.read(Bytes.ofHex("50524c4e020004")).orElseThrow().isBusy())
                .isFalse();
    }

    @Test
    void everyTrailerComesBack() {
        Seeds.check(2_000, random -> {
            Bytes open = RandomMessages.bytes(random, 254).concat(Bytes.ofHex("00"));
            HitTrailer trailer = new HitTrailer(0x47544B47, open, RandomMessages.bytes(random, 40));
            assertThat(HitTrailer.read(trailer.toBytes())).contains(trailer);
        });
    }

    private static void assertTrailer(HitTrailer trailer, String hex, boolean push, boolean busy, boolean uploaded) {
        assertThat(trailer.toBytes()).isEqualTo(Bytes.ofHex(hex));
        HitTrailer read = HitTrailer.read(Bytes.ofHex(hex)).orElseThrow();
        assertThat(read).isEqualTo(trailer);
        assertThat(read.needsPush()).isEqualTo(push);
        assertThat(read.isBusy()).isEqualTo(busy);
        assertThat(read.hasUploaded()).isEqualTo(uploaded);
    }

    private static QueryHit hit(HitRecord record) {
        return new QueryHit(
                Guid.ZERO, 1, 0, Endpoint.ofIpv4(1, 1), 0, ImmutableList.of(record), Bytes.EMPTY, Guid.ZERO);
    }
}
