package praline.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.io.BaseEncoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import praline.protocol.testing.RandomMessages;
import praline.protocol.testing.Seeds;

/** The shared values: what is written is read, in every byte order, and what is none is refused. */
class ValuesTest {

    private static final String ABC_BASE32 = "VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5";
    private static final Sha1 ABC = Sha1.digestOf("abc".getBytes(StandardCharsets.US_ASCII));

    @Test
    void guidsAndHashesComeBackInEitherByteOrder() {
        Seeds.check(2_000, random -> {
            ByteBuffer buffer = ByteBuffer.allocate(Guid.SIZE + Sha1.SIZE);
            buffer.order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            Guid guid = new Guid(random.nextLong(), random.nextLong());
            Sha1 sha1 = RandomMessages.sha1(random);
            guid.writeTo(buffer);
            sha1.writeTo(buffer);
            assertThat(Bytes.copyOf(buffer.array()).hex()).isEqualTo(guid.toString() + sha1.hex());
            buffer.flip().order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            assertThat(Guid.read(buffer)).isEqualTo(guid);
            assertThat(Sha1.read(buffer)).isEqualTo(sha1);
            assertThat(Guid.ofHex(guid.toString().toUpperCase(Locale.ROOT))).isEqualTo(guid);
        });
    }

    @Test
    void aFreshGuidHasTheMarksOfAModernServent() {
        Seeds.check(
                1_000, random -> assertThat(Guid.random(random).toString()).matches("[0-9a-f]{16}ff[0-9a-f]{12}00"));
    }

    @Test
    void hashesAreWrittenInBase32() {
        assertThat(ABC.base32()).isEqualTo(ABC_BASE32);
        assertThat(Sha1.digestOf(new byte[0]).base32()).isEqualTo("3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ");
        Seeds.check(2_000, random -> {
            Sha1 sha1 = RandomMessages.sha1(random);
            String base32 = BaseEncoding.base32().encode(sha1.toArray());
            assertThat(sha1.base32()).isEqualTo(base32);
            assertThat(Sha1.parseBase32(base32)).contains(sha1);
            assertThat(Sha1.parseBase32(base32.toLowerCase(Locale.ROOT))).contains(sha1);
        });
    }

    @Test
    void whatIsNoHashIsRefused() {
        String[] texts = {
            "",
            ABC_BASE32.substring(1),
            ABC_BASE32 + "A",
            "0" + ABC_BASE32.substring(1),
            "8" + ABC_BASE32.substring(1),
            "=" + ABC_BASE32.substring(1),
            "\u017f" + ABC_BASE32.substring(1)
        };
        for (String text : texts) {
            assertThat(Sha1.parseBase32(text)).as(text).isEmpty();
        }
        assertThatThrownBy(() -> Sha1.of(new byte[19])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void urnsAreReadInEitherCase() {
        assertThat(Urn.parse("urn:sha1:" + ABC_BASE32)).contains(Urn.sha1(ABC));
        assertThat(Urn.parse("URN:Btih:" + ABC_BASE32)).contains(Urn.btih(ABC));
        assertThat(Urn.parse("urn:bitprint:" + ABC_BASE32 + ".whatever")).contains(Urn.sha1(ABC));
        assertThat(Urn.sha1(ABC)).hasToString("urn:sha1:" + ABC_BASE32);
        for (String text : new String[] {
            "",
            "urn:",
            "urn:sha1",
            "urn:sha1:",
            "urn:md5:" + ABC_BASE32,
            "urn:bitprint:" + ABC_BASE32,
            "sha1:" + ABC_BASE32,
            "urn:\u017fha1:" + ABC_BASE32,
            " urn:sha1:" + ABC_BASE32
        }) {
            assertThat(Urn.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void endpointsAreReadAndWrittenAlike() {
        for (String text : new String[] {"192.0.2.1:6346", "[2001:db8::1]:1", "0.0.0.0:0", "[::1]:65535"}) {
            assertThat(Endpoint.parse(text).orElseThrow()).hasToString(text);
        }
        assertThat(Endpoint.parse("[::ffff:192.0.2.1]:1")).isEqualTo(Endpoint.parse("192.0.2.1:1"));
        for (String text : new String[] {
            "",
            "192.0.2.1",
            "192.0.2.1:",
            "192.0.2.1:65536",
            "192.0.2.1:-1",
            "host:1",
            "1.2.3:4",
            "2001:db8::1",
            "[2001:db8::1]",
            "192.0.2.256:1"
        }) {
            assertThat(Endpoint.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void bytesAreCutAndJoined() {
        Bytes bytes = Bytes.ofHex("00c3a91c");
        assertThat(bytes.size()).isEqualTo(4);
        assertThat(bytes.at(1)).isEqualTo(0xC3);
        assertThat(bytes.slice(1, 3).utf8()).isEqualTo("\u00e9");
        assertThat(bytes.slice(0, 1).concat(bytes.slice(1, 4))).isEqualTo(bytes);
        assertThat(bytes.indexOf(0x1C, 0)).isEqualTo(3);
        assertThat(bytes.indexOf(0x1C, 4)).isEqualTo(-1);
        assertThat(bytes).as("never raw").hasToString("00c3a91c");
    }

    @Test
    void bytesDoNotChangeWithTheirSource() {
        byte[] source = {1, 2, 3};
        Bytes bytes = Bytes.copyOf(source);
        source[0] = 9;
        bytes.toArray()[1] = 9;

        assertThat(bytes).isEqualTo(Bytes.ofHex("010203"));
    }
}
