package praline.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows the news of a torrent: to programs all of them, to a person lines of results and one of progress. */
final class TorrentScreen {

    private static final int SECONDS_A_MINUTE = 60;
    private static final int SECONDS_AN_HOUR = 3_600;
    /** Beyond this nobody believes an estimate. */
    private static final int HOURS_MAX = 100;

    private final Output output;

    TorrentScreen(Output output) {
        this.output = output;
    }

    void show(TorrentNews news) {
        if (output.isJson()) {
            output.json(news);
        } else {
            print(news);
        }
    }

    private void print(TorrentNews news) {
        if (news instanceof TorrentNews.Ready ready) {
            output.ready(ready.address());
        } else if (news instanceof TorrentNews.Armed) {
            output.line("armed");
        } else if (news instanceof TorrentNews.Done done) {
            output.line("done " + done.path());
        } else if (news instanceof TorrentNews.Metadata metadata) {
            output.note(metadata.name() + ": " + Sizes.shown(metadata.size()) + " in "
                    + Plural.of(metadata.pieces(), "piece"));
        } else if (news instanceof TorrentNews.Waiting waiting) {
            output.note("waiting: " + waiting.text());
        } else if (news instanceof TorrentNews.Tracker tracker) {
            output.note("tracker " + tracker.url() + ": " + tracker.text());
        } else if (news instanceof TorrentNews.Checking checking) {
            output.progress("verifying " + Bar.of(checking.checked(), checking.pieces()));
        } else if (news instanceof TorrentNews.Progress progress) {
            output.progress(line(progress));
        } else {
            output.clearProgress();
        }
    }

    /** All of a progress that fits into a line. */
    static String line(TorrentNews.Progress now) {
        Long size = now.size();
        if (size == null) {
            return "asking peers what the torrent consists of  " + Plural.of(now.peers(), "peer");
        }
        String rates = now.phase().equals("seeding")
                ? String.format(Locale.ROOT, "seeding  ratio %.2f", (double) now.uploaded() / Math.max(1, size))
                : Bar.of(now.had(), size) + "  \u2193" + Sizes.rate(now.down());
        String left = timeLeft(now.secondsLeft());
        return rates + "  \u2191" + Sizes.rate(now.up()) + "  " + Plural.of(now.peers(), "peer") + "  "
                + now.piecesHad() + "/" + now.pieces() + (left.isEmpty() ? "" : "  " + left + " left");
    }

    /** {@code 0:07}, {@code 12:40}, {@code 3:05:00}. */
    static String timeLeft(@Nullable Long seconds) {
        if (seconds == null || seconds >= (long) HOURS_MAX * SECONDS_AN_HOUR) {
            return "";
        }
        long hours = seconds / SECONDS_AN_HOUR;
        long minutes = seconds % SECONDS_AN_HOUR / SECONDS_A_MINUTE;
        long rest = seconds % SECONDS_A_MINUTE;
        return hours > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, rest)
                : String.format(Locale.ROOT, "%d:%02d", minutes, rest);
    }
}
