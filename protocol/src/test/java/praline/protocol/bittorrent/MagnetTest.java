package praline.protocol.bittorrent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.testing.RandomMessages;
import praline.protocol.testing.Seeds;
import praline.protocol.text.RemoteText;

/** The forms and traps of spec/bittorrent.md section 4, the link of 14.1, and the way there and back. */
class MagnetTest {

    private static final WireLimits LIMITS = WireLimits.STANDARD;
    private static final String HEX = "3f87e7cb6670d06cb24666f9ccaec3ff581f6d86";
    private static final String BASE32 = "H6D6PS3GODIGZMSGM344ZLWD75MB63MG";
    private static final Sha1 INFOHASH = Sha1.parseHex(HEX).orElseThrow();
    private static final String CONTENT_BASE32 = "KU444TKLUBARKYD7BEFHMLTVZXDV3PV7";
    private static final Sha1 CONTENT = Sha1.parseBase32(CONTENT_BASE32).orElseThrow();

    @Test
    void ourOwnFormIsWrittenAndReadAsTheSpecificationHasIt() {
        String link = "magnet:?xt=urn:sha1:" + CONTENT_BASE32 + "&xt=urn:btih:" + HEX
                + "&dn=alpha.bin&xl=100000&tr=http%3A%2F%2F127.0.0.1%3A6969%2Fannounce";
        Magnet magnet = new Magnet(
                INFOHASH,
                CONTENT,
                RemoteText.of("alpha.bin"),
                OptionalLong.of(100_000),
                ImmutableList.of("http://127.0.0.1:6969/announce"),
                ImmutableList.of(),
                ImmutableList.of());

        assertThat(magnet.link()).isEqualTo(link);
        assertThat(valid(link)).isEqualTo(magnet);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "magnet:?xt=urn:btih:" + HEX,
                "magnet:?xt=urn:btih:3F87E7CB6670D06CB24666F9CCAEC3FF581F6D86",
                "magnet:?xt=urn:btih:" + BASE32,
                "magnet:?xt=urn:btih:h6d6ps3godigzmsgm344zlwd75mb63mg",
                "magnet:?xt.1=urn:btih:" + HEX,
                "magnet:?xt=urn%3Abtih%3A" + HEX,
                "Magnet:?xt=URN:BTIH:" + HEX,
                "MAGNET:?XT=urn:btih:" + HEX,
                "magnet:?&xt=urn:btih:" + HEX,
                "magnet:?foo&=bar&xt=urn:btih:" + HEX + "&&x=%&xl=x",
                "magnet:?xt=urn:btih:zz&xt=urn:btih:" + HEX,
                "magnet:?xt=urn:btmh:122001&xt=urn:btih:" + HEX
            })
    void theInfohashIsFoundInEveryForm(String link) {
        assertThat(valid(link).infohash()).isEqualTo(INFOHASH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "magnet:?xt=urn:sha1:" + CONTENT_BASE32,
                "magnet:?xt=urn:bitprint:" + CONTENT_BASE32 + ".YMUDCFBOA5FHAAQQM7MPMPXGYLQAGN5OHHFHPQA",
                "magnet:?xt=urn:ed2k:31d6cfe0d16ae931b73c59d7e0c089c0&xt=urn:sha1:" + CONTENT_BASE32
            })
    void theContentIsFoundInEveryForm(String link) {
        assertThat(valid(link).content()).isEqualTo(CONTENT);
        assertThat(valid(link).infohash()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com, no magnet link",
        "magnet:, no magnet link",
        "magnet:?, neither a torrent nor a content",
        "magnet:?dn=a&tr=http://a/announce, neither a torrent nor a content",
        "magnet:?xt=urn:btih:3f87e7cb6670d06cb24666f9ccaec3ff581f6d8, neither 40 hexadecimal",
        "magnet:?xt=urn:btih:, neither 40 hexadecimal",
        "magnet:?xt=urn:btmh:1220000000, version 2 torrent",
        "magnet:?xt=urn:tree:tiger:YMUDCFBOA5FHAAQQM7MPMPXGYLQAGN5OHHFHPQA, neither a torrent nor a content"
    })
    void aLinkToNothingIsRefusedInClearWords(String link, String reason) {
        assertThat(Magnet.parse(link, LIMITS))
                .isInstanceOfSatisfying(
                        Parsed.Invalid.class,
                        invalid -> assertThat(invalid.reason()).contains(reason));
    }

    @Test
    void aLinkBeyondItsBoundIsRefused() {
        String link = "magnet:?xt=urn:btih:" + HEX + "&dn=";

        assertThat(Magnet.parse(link + "a".repeat(65_536), LIMITS)).isInstanceOf(Parsed.Invalid.class);
    }

    @Test
    void aSourceAloneIsEnough() {
        assertThat(valid("magnet:?xs=http://a/b").sources()).containsExactly("http://a/b");
    }

    @Test
    void aPlusIsABlankInNamesAndAPlusElsewhere() {
        Magnet magnet = valid("magnet:?xt=urn:btih:" + HEX + "&dn=a+b%2Bc%20\u00FC&tr=http://a/b+c");

        assertThat(magnet.name()).isEqualTo(RemoteText.of("a b+c \u00FC"));
        assertThat(magnet.trackers()).containsExactly("http://a/b+c");
    }

    @Test
    void listsAreCollectedWithoutRepetitionAndWhatIsOfNoUseIsLeftOut() {
        Magnet magnet = valid("magnet:?xt=urn:btih:" + HEX
                + "&tr=udp%3A%2F%2Fa%3A1&tr.1=http://b/announce&tr=udp://a:1&tr=wss://c"
                + "&x.pe=127.0.0.1:6881&x.pe=[::1]:7&x.pe=host:1&x.pe=127.0.0.1:0&x.pe=127.0.0.1:99999"
                + "&xs=http://a/x?a%26b&xs=urn:guid:00&as=https://b/y&ws=http://c/z&ws=ftp://d/z");

        assertThat(magnet.trackers()).containsExactly("udp://a:1", "http://b/announce");
        assertThat(magnet.peers())
                .containsExactly(
                        Endpoint.parse("127.0.0.1:6881").orElseThrow(),
                        Endpoint.parse("[::1]:7").orElseThrow());
        assertThat(magnet.sources()).containsExactly("http://a/x?a&b", "https://b/y", "http://c/z");
    }

    @Test
    void ofSeveralNumberedTopicsTheFirstIsTakenWithWhatBelongsToIt() {
        String other = "0".repeat(40);
        String link = "magnet:?xt.1=urn:btih:" + HEX + "&dn.1=one&xt.2=urn:btih:" + other + "&dn.2=two&tr=udp://a:1";

        assertThat(valid(link).infohash()).isEqualTo(INFOHASH);
        assertThat(valid(link).name()).isEqualTo(RemoteText.of("one"));
        assertThat(valid(link).trackers()).containsExactly("udp://a:1");
        assertThat(valid("magnet:?dn.2=two&xt.2=urn:btih:" + other + "&dn=none&xt=urn:btih:" + HEX)
                        .name())
                .isEqualTo(RemoteText.of("none"));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Seeds.checkMany(2_000, random -> {
            Magnet magnet = magnet(random);
            assertThat(valid(magnet.link())).isEqualTo(magnet);
        });
    }

    @Test
    void anyTextIsALinkOrIsRefused() {
        String[] parts = {"magnet:?", "xt=", "xt.1=", "urn:btih:", HEX, "&", "%", "%3", "=", ".", "dn=", "\u00FC", "+"};
        Seeds.checkMany(5_000, random -> {
            StringBuilder link = new StringBuilder("magnet:?");
            for (int i = random.nextInt(12); i > 0; i--) {
                link.append(parts[random.nextInt(parts.length)]);
            }
            if (Magnet.parse(link.toString(), LIMITS) instanceof Parsed.Valid<Magnet> valid) {
                assertThat(valid(valid.value().link())).isEqualTo(valid.value());
            }
        });
    }

    private static Magnet magnet(RandomGenerator random) {
        boolean hasInfohash = random.nextBoolean();
        return new Magnet(
                hasInfohash ? RandomMessages.sha1(random) : null,
                hasInfohash && random.nextBoolean() ? null : RandomMessages.sha1(random),
                RemoteText.of(random.nextBoolean() ? "" : "a + b & c = d % \u00FC"),
                random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextInt(1 << 30)),
                random.nextBoolean() ? ImmutableList.of() : ImmutableList.of("udp://a:1", "http://b/announce?k=v&l"),
                random.nextBoolean() ? ImmutableList.of() : ImmutableList.of(Endpoint.ofIpv4(0x7F000001, 6_881)),
                random.nextBoolean() ? ImmutableList.of() : ImmutableList.of("http://a/uri-res/N2R?urn:sha1:X"));
    }

    private static Magnet valid(String link) {
        Parsed<Magnet> parsed = Magnet.parse(link, LIMITS);
        assertThat(parsed).as(link).isInstanceOf(Parsed.Valid.class);
        return ((Parsed.Valid<Magnet>) parsed).value();
    }
}
