package praline.node.swarm;

import java.util.Optional;
import praline.protocol.Sha1;

/** The torrents that follow from what this node shares, as the engine asks when a peer comes for one. From memory. */
@FunctionalInterface
public interface SharedTorrents {

    /** A node that shares nothing. */
    SharedTorrents NONE = infohash -> Optional.empty();

    /** A shared file whose torrent has this infohash, as an order without an info dictionary but with its place. */
    Optional<TorrentOrder> find(Sha1 infohash);
}
