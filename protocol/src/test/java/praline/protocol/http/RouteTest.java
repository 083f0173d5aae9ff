package praline.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import praline.protocol.Sha1;
import praline.protocol.Urn;
import praline.protocol.testing.Seeds;
import praline.protocol.text.RemoteText;

/** The table of paths, and everything that looks like one of them and is not. */
class RouteTest {

    private static final String BASE32 = "ZVUIFIMKBWG6BBIX3QSF2OKGG46L2EOV";
    private static final Route BY_URN =
            new Route.ByUrn(Urn.sha1(Sha1.parseBase32(BASE32).orElseThrow()));

    @Test
    void aFileIsAskedForByItsContent() {
        assertThat(Route.of("/uri-res/N2R?urn:sha1:" + BASE32)).isEqualTo(BY_URN);
        assertThat(Route.of("/uri-res/N2R?urn%3Asha1%3a" + BASE32)).isEqualTo(BY_URN);
        assertThat(Route.of("/uri-res/N2R?urn:bitprint:" + BASE32 + ".NUOV46USHWUWX5XZ4ZLBLPTJKFYHS5IXBJ6CDBY"))
                .isEqualTo(BY_URN);
    }

    @Test
    void aFileIsAskedForByIndexAndName() {
        assertThat(Route.of("/get/7/praline%20test.txt"))
                .isEqualTo(new Route.ByIndex(7, RemoteText.of("praline test.txt")));
        assertThat(Route.of("/get/4294967295/%C3%A9%FF"))
                .isEqualTo(new Route.ByIndex(0xFFFF_FFFFL, RemoteText.of("\u00e9\ufffd")));
        assertThat(Route.of("/get/0/..%2f..%2Fetc%2fpasswd"))
                .as("a name to compare, never a path")
                .isEqualTo(new Route.ByIndex(0, RemoteText.of("../../etc/passwd")));
        assertThat(Route.of("/get/0/%2525")).as("decoded once").isEqualTo(new Route.ByIndex(0, RemoteText.of("%25")));
    }

    @Test
    void theTrackerAndThePushProxyGetTheirQueriesRaw() {
        assertThat(Route.of("/announce?info_hash=%00&port=1")).isEqualTo(new Route.Announce("info_hash=%00&port=1"));
        assertThat(Route.of("/announce")).isEqualTo(new Route.Announce(""));
        assertThat(Route.of("/scrape?a?b")).isEqualTo(new Route.Scrape("a?b"));
        assertThat(Route.of("/gnutella/push-proxy?ServerId=x")).isEqualTo(new Route.PushProxy("ServerId=x"));
    }

    @Test
    void everythingElseLeadsNowhere() {
        String[] targets = {
            "/",
            "/uri-res/N2R",
            "/uri-res/N2R?",
            "/uri-res/n2r?urn:sha1:" + BASE32,
            "/uri-res/N2R/?urn:sha1:" + BASE32,
            "/uri-res%2FN2R?urn:sha1:" + BASE32,
            "/uri-res/N2X?urn:sha1:" + BASE32,
            "/uri-res/N2R?urn:sha1:" + BASE32 + "A",
            "/uri-res/N2R?urn%253Asha1:" + BASE32,
            "/uri-res/N2R?%zz",
            "/uri-res/N2R?%",
            "/get",
            "/get/",
            "/get/1",
            "/get//a",
            "/get/-1/a",
            "/get/+1/a",
            "/get/4294967296/a",
            "/get/99999999999999999999/a",
            "/get/x/a",
            "/get/1/a?b",
            "/get/1/%4",
            "/get/../announce",
            "/announce/",
            "/announce%3f",
            "//announce",
            "/./announce",
            "/gnutella/push-proxies",
            "/../../etc/passwd",
            "/%2e%2e/etc/passwd",
            "/index.html",
        };
        for (String target : targets) {
            assertThat(Route.of(target)).as(target).isEqualTo(new Route.Nowhere());
        }
    }

    @Test
    void percentCodeComesBack() {
        Seeds.check(2_000, random -> {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                int codePoint = random.nextInt(random.nextBoolean() ? 0x80 : 0x11_0000);
                text.appendCodePoint(codePoint >= 0xD800 && codePoint <= 0xDFFF ? '%' : codePoint);
            }
            String encoded = PercentCode.encode(text.toString());
            assertThat(RequestHead.isTarget("/" + encoded)).isTrue();
            assertThat(PercentCode.decode(encoded)).contains(text.toString());
        });
    }
}
