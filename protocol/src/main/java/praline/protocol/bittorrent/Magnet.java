package praline.protocol.bittorrent;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.Urn;
import praline.protocol.WireLimits;
import praline.protocol.http.PercentCode;
import praline.protocol.text.RemoteText;

/**
 * A magnet link: what is wanted, and where it may be had (spec/bittorrent.md section 4). One link may name a content
 * for Gnutella and a torrent for BitTorrent; the two hashes are of different things and never equal.
 *
 * @param infohash the torrent ({@code urn:btih}); null if the link names none
 * @param content SHA-1 of the bytes of the only file ({@code urn:sha1}, {@code urn:bitprint}); null if it names none
 * @param name to show; empty for none
 * @param size bytes, if the link says
 * @param trackers URLs, each a tier of its own
 * @param peers who takes part, by numeric address
 * @param sources URLs from which the content can be had: {@code xs}, {@code as} and {@code ws}
 */
@Immutable
public record Magnet(
        @Nullable Sha1 infohash,
        @Nullable Sha1 content,
        RemoteText name,
        OptionalLong size,
        ImmutableList<String> trackers,
        ImmutableList<Endpoint> peers,
        ImmutableList<String> sources) {

    /** Reads a link that a user gave. Keys that we do not know, and values that are of no use, are passed over. */
    public static Parsed<Magnet> parse(String link, WireLimits limits) {
        try {
            return new Parsed.Valid<>(new MagnetReader(limits).read(link));
        } catch (Unusable e) {
            return new Parsed.Invalid<>(e.reason);
        }
    }

    /**
     * The link in our form: what Gnutella knows first, then what BitTorrent knows, all in lower case, because
     * libtorrent takes no other.
     */
    public String link() {
        StringBuilder link = new StringBuilder("magnet:?");
        if (content != null) {
            add(link, "xt", Urn.sha1(content).toString());
        }
        if (infohash != null) {
            add(link, "xt", "urn:btih:" + infohash.hex());
        }
        if (!name.isEmpty()) {
            add(link, "dn", PercentCode.encode(name.tainted()));
        }
        size.ifPresent(bytes -> add(link, "xl", Long.toString(bytes)));
        sources.forEach(url -> add(link, "xs", PercentCode.encode(url)));
        trackers.forEach(url -> add(link, "tr", PercentCode.encode(url)));
        peers.forEach(peer -> add(link, "x.pe", peer.toString()));
        return link.toString();
    }

    private static void add(StringBuilder link, String key, String value) {
        if (link.charAt(link.length() - 1) != '?') {
            link.append('&');
        }
        link.append(key).append('=').append(value);
    }
}
