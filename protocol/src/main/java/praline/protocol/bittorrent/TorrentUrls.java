package praline.protocol.bittorrent;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import praline.protocol.WireLimits;

/**
 * Which URLs of a torrent file or magnet link are kept: those that a program of this kind can use at all. The others
 * are passed over in silence, as everybody does it: torrents carry trackers of many kinds.
 */
final class TorrentUrls {

    private static final ImmutableSet<String> SOURCES = ImmutableSet.of("http", "https");

    private final WireLimits.Torrent limits;

    TorrentUrls(WireLimits limits) {
        this.limits = limits.torrent();
    }

    boolean isTracker(String url) {
        return url.length() <= limits.url() && TrackerUrl.parse(url).isPresent();
    }

    /** Whether bytes can be had there: a web seed, a source. */
    boolean isSource(String url) {
        int end = url.indexOf("://");
        return url.length() <= limits.url()
                && end > 0
                && SOURCES.contains(Ascii.toLowerCase(url.substring(0, end)))
                && url.length() > end + 3
                && url.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    /** Those among {@code values} that are strings and URLs of sources, each once, as many as may be. */
    ImmutableList<String> sources(ImmutableList<Bencode> values) {
        return values.stream()
                .flatMap(value -> textOf(value).stream())
                .filter(this::isSource)
                .distinct()
                .limit(limits.addresses())
                .collect(ImmutableList.toImmutableList());
    }

    /** The text of a string; nothing for any other value. */
    static ImmutableList<String> textOf(Bencode value) {
        return value instanceof Bencode.ByteString string
                ? ImmutableList.of(string.bytes().utf8())
                : ImmutableList.of();
    }
}
