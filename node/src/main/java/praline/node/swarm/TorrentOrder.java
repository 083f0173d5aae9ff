package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Place;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/**
 * A torrent that this node takes part in.
 *
 * @param infohash its name in the swarm
 * @param info what it consists of; null: to be taken from a peer by the metadata extension
 * @param shared a file of ours whose bytes are the whole torrent; null: it is fetched into, or found in, the folder of
 *     downloads
 * @param content SHA-1 of the only file, where a search told it; compared before the file gets its name
 * @param name what to call the only file, where a search told it; null: as the torrent says
 * @param trackers tiers of URLs (BEP 12), in their order
 * @param peers who is known to take part
 */
public record TorrentOrder(
        Sha1 infohash,
        @Nullable TorrentInfo info,
        @Nullable Place shared,
        @Nullable Sha1 content,
        @Nullable RemoteText name,
        ImmutableList<ImmutableList<String>> trackers,
        ImmutableList<Endpoint> peers) {

    /** A torrent whose info dictionary is at hand, fetched from or given to whoever its trackers name. */
    public static TorrentOrder of(TorrentInfo info, ImmutableList<ImmutableList<String>> trackers) {
        return new TorrentOrder(info.infohash(), info, null, null, null, trackers, ImmutableList.of());
    }

    /** The same, with these peers to begin with. */
    public TorrentOrder withPeers(ImmutableList<Endpoint> known) {
        return new TorrentOrder(infohash, info, shared, content, name, trackers, known);
    }
}
