package praline.protocol.bittorrent;

import com.google.common.collect.ImmutableList;
import com.google.common.net.HostAndPort;
import com.google.errorprone.annotations.Immutable;
import java.util.OptionalLong;
import java.util.stream.Stream;
import praline.protocol.Bytes;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.Bencode.ByteString;
import praline.protocol.bittorrent.Bencode.Dictionary;
import praline.protocol.bittorrent.Bencode.Items;
import praline.protocol.text.RemoteText;

/**
 * A torrent file: the torrent, and where to find those who take part in it (spec/bittorrent.md 2.1).
 *
 * @param info what the torrent is
 * @param trackers tiers of URLs with {@code http}, {@code https} or {@code udp}, in the order of the file (BEP 12)
 * @param comment empty for none
 * @param createdBy the program that made the file; empty if it does not say
 * @param creationSeconds since 1970, if it says
 * @param webSeeds URLs of servers that have the content (BEP 19)
 * @param nodes of the DHT, to begin with
 */
@Immutable
public record Metainfo(
        TorrentInfo info,
        ImmutableList<ImmutableList<String>> trackers,
        RemoteText comment,
        RemoteText createdBy,
        OptionalLong creationSeconds,
        ImmutableList<String> webSeeds,
        ImmutableList<HostAndPort> nodes) {

    /** The torrent and its trackers alone. */
    public static Metainfo of(TorrentInfo info, ImmutableList<ImmutableList<String>> trackers) {
        return new Metainfo(
                info,
                trackers,
                RemoteText.EMPTY,
                RemoteText.EMPTY,
                OptionalLong.empty(),
                ImmutableList.of(),
                ImmutableList.of());
    }

    /**
     * Reads the bytes of a torrent file. What follows the dictionary does not matter; entries that are of no use to us,
     * or wrong and not needed, count as absent.
     */
    public static Parsed<Metainfo> parse(Bytes file, WireLimits limits) {
        try {
            return new Parsed.Valid<>(new MetainfoReader(limits).read(file));
        } catch (Unusable e) {
            return new Parsed.Invalid<>(e.reason);
        }
    }

    /** The bytes of the file: canonical, but for the info dictionary, which stays as it is. */
    public Bytes encode() {
        Bytes head = beforeInfo().encode();
        Bytes tail = afterInfo().encode();
        return head.slice(0, head.size() - 1)
                .concat(Bytes.ofUtf8("4:info"))
                .concat(info.info())
                .concat(tail.slice(1, tail.size()));
    }

    /** Entries whose keys come before {@code info}. */
    private Dictionary beforeInfo() {
        Dictionary.Builder head = new Dictionary.Builder();
        if (!trackers.isEmpty()) {
            head.put("announce", trackers.get(0).get(0));
        }
        if (trackers.size() > 1 || (trackers.size() == 1 && trackers.get(0).size() > 1)) {
            head.put("announce-list", listOf(trackers.stream().map(Metainfo::strings)));
        }
        if (!comment.isEmpty()) {
            head.put("comment", comment.tainted());
        }
        if (!createdBy.isEmpty()) {
            head.put("created by", createdBy.tainted());
        }
        creationSeconds.ifPresent(seconds -> head.put("creation date", seconds));
        return head.build();
    }

    /** Entries whose keys come after {@code info}. */
    private Dictionary afterInfo() {
        Dictionary.Builder tail = new Dictionary.Builder();
        if (!nodes.isEmpty()) {
            tail.put(
                    "nodes",
                    listOf(nodes.stream()
                            .map(node -> new Items(
                                    ImmutableList.of(string(node.getHost()), new Bencode.Int(node.getPort()))))));
        }
        if (!webSeeds.isEmpty()) {
            tail.put("url-list", strings(webSeeds));
        }
        return tail.build();
    }

    private static Items strings(ImmutableList<String> texts) {
        return listOf(texts.stream().map(Metainfo::string));
    }

    private static Items listOf(Stream<? extends Bencode> items) {
        return new Items(items.collect(ImmutableList.toImmutableList()));
    }

    private static ByteString string(String text) {
        return new ByteString(Bytes.ofUtf8(text));
    }
}
