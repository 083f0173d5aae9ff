package praline.node;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import praline.node.library.Library;
import praline.node.swarm.SharedTorrents;
import praline.node.swarm.TorrentOrder;
import praline.protocol.Sha1;
import praline.protocol.text.RemoteText;

/** The library as those see it who come for the torrent that follows from a file's content. */
final class SharedTorrentFiles implements SharedTorrents {

    private final Library library;

    SharedTorrentFiles(Library library) {
        this.library = library;
    }

    @Override
    public Optional<TorrentOrder> find(Sha1 infohash) {
        return library.findTorrent(infohash)
                .map(file -> new TorrentOrder(
                        infohash,
                        null,
                        file.file(),
                        file.sha1(),
                        RemoteText.of(file.name()),
                        ImmutableList.of(),
                        ImmutableList.of()));
    }
}
