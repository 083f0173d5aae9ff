package praline.node.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import praline.node.state.StateFile;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.TorrentInfo;

/** The info dictionaries of torrents beside their records, so that a magnet link is resumed without asking for one. */
final class TorrentInfos {

    private final Path folder;

    TorrentInfos(Path folder) {
        this.folder = folder;
    }

    /** Remembers what a torrent consists of, when that is not remembered yet. */
    void keep(TorrentInfo torrent) throws IOException {
        if (read(torrent.infohash()).isEmpty()) {
            file(torrent.infohash()).write(torrent.info().toArray());
        }
    }

    /** The raw dictionary of this infohash. */
    Optional<Bytes> read(Sha1 infohash) throws IOException {
        return file(infohash)
                .read()
                .filter(content -> Sha1.digestOf(content).equals(infohash))
                .map(Bytes::copyOf);
    }

    void forget(Sha1 infohash) throws IOException {
        file(infohash).delete();
    }

    private StateFile file(Sha1 infohash) {
        return new StateFile(folder.resolve(infohash.hex() + ".info"));
    }
}
