package praline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import praline.protocol.text.Printable;

/** What a person sees of a torrent. */
class TorrentScreenTest {

    @Test
    void aLineSaysHowFarHowFastWithWhomAndHowLong() {
        TorrentNews.Progress half = progress("fetching", 1_000_000L, 500_000, 12_000, 3_400, 40L);
        assertEquals(
                "\u2588\u2588\u2588\u2588\u2588\u2591\u2591\u2591\u2591\u2591  50%"
                        + "  \u219312.0 kB/s  \u21913.4 kB/s  3 peers  31/62  0:40 left",
                TorrentScreen.line(half));
    }

    @Test
    void theLongestLineFitsIntoATerminal() {
        TorrentNews.Progress large = new TorrentNews.Progress(
                "fetching",
                1L << 42,
                1L << 41,
                65_536,
                32_768,
                999_000_000,
                999_000_000,
                0,
                0,
                0,
                200,
                1_000,
                359_999L);
        String line = TorrentScreen.line(large);
        assertTrue(Printable.width(line) < Output.COLUMNS, line);
    }

    @Test
    void onlyAllIsAHundredPercent() {
        assertTrue(Bar.of(999, 1_000).endsWith("  99%"));
        assertTrue(Bar.of(1_000, 1_000).endsWith(" 100%"));
        assertTrue(Bar.of(0, 0).endsWith(" 100%"));
    }

    @Test
    void whoKnowsNothingYetSaysSo() {
        TorrentNews.Progress blank = progress("metadata", null, 0, 0, 0, null);
        assertEquals("asking peers what the torrent consists of  3 peers", TorrentScreen.line(blank));
    }

    @Test
    void timesAreReadAsOnAClock() {
        assertEquals("0:07", TorrentScreen.timeLeft(7L));
        assertEquals("12:40", TorrentScreen.timeLeft(760L));
        assertEquals("3:05:00", TorrentScreen.timeLeft(11_100L));
        assertEquals("", TorrentScreen.timeLeft(10_000_000L));
        assertEquals("", TorrentScreen.timeLeft(null));
    }

    private static TorrentNews.Progress progress(
            String phase, Long size, long had, long down, long up, Long secondsLeft) {
        return new TorrentNews.Progress(
                phase,
                size,
                had,
                size == null ? null : 62,
                size == null ? 0 : 31,
                down,
                up,
                had,
                0,
                0,
                3,
                5,
                secondsLeft);
    }
}
