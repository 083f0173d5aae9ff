package praline.node;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import praline.node.engine.TorrentPlace;
import praline.node.library.ComingFile;
import praline.node.library.Library;
import praline.node.swarm.SwarmEngine;
import praline.node.transfer.PartialFile;
import praline.node.transfer.SharedContent;
import praline.node.transfer.SharedFile;
import praline.protocol.Sha1;

/** The library as those see it who fetch from this node. */
final class SharedByHash implements SharedContent {

    private final Library library;
    private final Consumer<Sha1> changed;
    private @Nullable SwarmEngine swarm;

    /** {@code changed} is told of a content whose file is not what it was. */
    SharedByHash(Library library, Consumer<Sha1> changed) {
        this.library = library;
        this.changed = changed;
    }

    /** {@code swarms} bring what is on its way here. */
    void attach(SwarmEngine swarms) {
        swarm = swarms;
    }

    @Override
    public Optional<SharedFile> find(Sha1 sha1) {
        return library.find(sha1).map(SharedByHash::given);
    }

    @Override
    public Optional<SharedFile> find(long index) {
        return library.at(index).map(SharedByHash::given);
    }

    @Override
    public boolean isComing(Sha1 sha1) {
        return library.isComing(sha1);
    }

    @Override
    public Optional<PartialFile> partial(Sha1 sha1) {
        SwarmEngine swarms = swarm;
        if (swarms == null) {
            return Optional.empty();
        }
        return library.coming(sha1).flatMap(file -> swarms.held(file.infohash()).map(held -> part(file, held)));
    }

    private static PartialFile part(ComingFile file, SwarmEngine.Held held) {
        TorrentPlace place = new TorrentPlace(file.infohash(), held.pieceLength());
        return new PartialFile(new SharedFile(file.sha1(), file.size(), file.name(), place), held.ranges());
    }

    @Override
    public void changed(SharedFile file) {
        changed.accept(file.sha1());
    }

    private static SharedFile given(praline.node.library.SharedFile file) {
        return new SharedFile(file.sha1(), file.file().size(), file.name(), file.file());
    }
}
