package praline.protocol.bittorrent;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import com.google.common.net.HostAndPort;
import java.nio.ByteBuffer;
import java.util.Optional;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.Bencode.ByteString;
import praline.protocol.bittorrent.Bencode.Dictionary;
import praline.protocol.bittorrent.Bencode.Int;
import praline.protocol.bittorrent.Bencode.Items;
import praline.protocol.text.RemoteText;

/** Takes a torrent file apart (spec/bittorrent.md 2.1, 2.5; spec/hardening.md W12). */
final class MetainfoReader {

    private final WireLimits limits;
    private final TorrentUrls urls;

    MetainfoReader(WireLimits limits) {
        this.limits = limits;
        this.urls = new TorrentUrls(limits);
    }

    Metainfo read(Bytes file) throws Unusable {
        if (file.size() > limits.torrent().file()) {
            throw new Unusable("it has more than " + limits.torrent().file() + " bytes");
        }
        BencodeRules rules = BencodeRules.torrent(limits);
        ByteBuffer in = ByteBuffer.wrap(file.toArray());
        Optional<Bytes> info = Bencode.rawEntry(in, "info", rules);
        if (!(Bencode.decode(in, rules) instanceof Decoded.Complete<Bencode> complete)
                || !(complete.message() instanceof Dictionary top)) {
            throw new Unusable("this is no torrent file, or a damaged one");
        }
        if (info.isEmpty()) {
            throw new Unusable("it has no info dictionary");
        }
        return new Metainfo(
                new InfoReader(info.get(), limits).read(),
                trackers(top),
                text(top, "comment"),
                text(top, "created by"),
                top.integer("creation date"),
                webSeeds(top),
                nodes(top));
    }

    private ImmutableList<ImmutableList<String>> trackers(Dictionary top) {
        int left = limits.torrent().addresses();
        ImmutableList.Builder<ImmutableList<String>> tiers = ImmutableList.builder();
        for (Bencode entry : top.list("announce-list")) {
            ImmutableList<String> tier = trackersOf(entry, left);
            if (!tier.isEmpty()) {
                tiers.add(tier);
                left -= tier.size();
            }
        }
        ImmutableList<ImmutableList<String>> listed = tiers.build();
        if (!listed.isEmpty()) {
            return listed;
        }
        Optional<String> single = top.bytes("announce").map(Bytes::utf8).filter(urls::isTracker);
        return single.map(url -> ImmutableList.of(ImmutableList.of(url))).orElse(ImmutableList.of());
    }

    /** A tier; what is a string where a list belongs is a tier of one. */
    private ImmutableList<String> trackersOf(Bencode entry, int max) {
        ImmutableList<Bencode> values = entry instanceof Items list ? list.items() : ImmutableList.of(entry);
        return values.stream()
                .flatMap(value -> TorrentUrls.textOf(value).stream())
                .filter(urls::isTracker)
                .distinct()
                .limit(max)
                .collect(ImmutableList.toImmutableList());
    }

    private ImmutableList<String> webSeeds(Dictionary top) {
        Bencode value = top.get("url-list");
        if (value == null) {
            return ImmutableList.of();
        }
        return urls.sources(value instanceof Items list ? list.items() : ImmutableList.of(value));
    }

    private ImmutableList<HostAndPort> nodes(Dictionary top) {
        return top.list("nodes").stream()
                .flatMap(node -> nodeOf(node).stream())
                .limit(limits.torrent().addresses())
                .collect(ImmutableList.toImmutableList());
    }

    private static Optional<HostAndPort> nodeOf(Bencode node) {
        if (node instanceof Items pair
                && pair.items().size() == 2
                && pair.items().get(0) instanceof ByteString host
                && pair.items().get(1) instanceof Int port
                && port.value() > 0
                && port.value() <= 0xFFFF
                && isHost(host.bytes().utf8())) {
            return Optional.of(HostAndPort.fromParts(host.bytes().utf8(), (int) port.value()));
        }
        return Optional.empty();
    }

    /** A name or an address, whose colons are those of IPv6: one alone would be the mark of a port. */
    private static boolean isHost(String host) {
        return TrackerUrl.isHost(host) && CharMatcher.is(':').countIn(host) != 1;
    }

    private static RemoteText text(Dictionary top, String key) {
        return top.bytes(key).map(RemoteText::of).orElse(RemoteText.EMPTY);
    }
}
