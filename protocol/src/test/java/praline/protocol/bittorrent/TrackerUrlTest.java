package praline.protocol.bittorrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import praline.protocol.bittorrent.TrackerUrl.Scheme;

/** Which URLs are trackers, and where they are scraped (spec/bittorrent.md 8.4). */
class TrackerUrlTest {

    @ParameterizedTest
    @CsvSource({
        "http://a.example/announce, HTTP, a.example, 80, /announce",
        "HTTP://a.example:6969/announce?k=v, HTTP, a.example, 6969, /announce?k=v",
        "https://a.example, HTTPS, a.example, 443, /",
        "http://a.example?k=v, HTTP, a.example, 80, /?k=v",
        "http://a.example/x#part, HTTP, a.example, 80, /x",
        "udp://127.0.0.1:6969, UDP, 127.0.0.1, 6969, /",
        "udp://[::1]:6969/announce, UDP, ::1, 6969, /announce"
    })
    void aUrlIsTakenApart(String url, Scheme scheme, String host, int port, String target) {
        assertThat(TrackerUrl.parse(url)).contains(new TrackerUrl(scheme, host, port, target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "announce",
                "://a/announce",
                "ftp://a/announce",
                "wss://a/announce",
                "http:///announce",
                "http://user@a/announce",
                "http://a b/announce",
                "http://a/\u00FC",
                "http://a/\r\nX: y",
                "http://a:99999/announce",
                "http://a:0/announce",
                "udp://a/announce",
                "http://a:b/announce"
            })
    void whatIsNoTrackerIsNone(String url) {
        assertThat(TrackerUrl.parse(url)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://a/announce, /scrape",
        "http://a/x/announce, /x/scrape",
        "http://a/announce.php, /scrape.php",
        "http://a/announce?x=2%0644, /scrape?x=2%0644",
        "http://a/announce?x=/y, /scrape?x=/y",
        "udp://a:1/x, /x"
    })
    void theUrlToScrapeFollowsFromTheAnnounce(String url, String target) {
        assertThat(scrape(url)).contains(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://a/a", "http://a/announce/x", "http://a/x_announce", "http://a/", "http://a/?announce"})
    void aTrackerWithoutSuchAnElementCannotBeScraped(String url) {
        assertThat(scrape(url)).isEmpty();
    }

    @Test
    void aQueryIsAddedBehindTheOneThatIsThere() {
        assertThat(TrackerUrl.parse("http://a/announce").orElseThrow().targetWith("b=c"))
                .isEqualTo("/announce?b=c");
        assertThat(TrackerUrl.parse("http://a/announce?k=v").orElseThrow().targetWith("b=c"))
                .isEqualTo("/announce?k=v&b=c");
    }

    private static Optional<String> scrape(String url) {
        return TrackerUrl.parse(url).orElseThrow().scrape().map(TrackerUrl::target);
    }
}
