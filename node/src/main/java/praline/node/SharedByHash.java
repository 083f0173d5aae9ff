package praline.node;

import java.util.Optional;
import java.util.function.Consumer;
import praline.node.library.Library;
import praline.node.transfer.SharedContent;
import praline.node.transfer.SharedFile;
import praline.protocol.Sha1;

/** The library as those see it who fetch from this node. */
final class SharedByHash implements SharedContent {

    private final Library library;
    private final Consumer<Sha1> changed;

    /** {@code changed} is told of a content whose file is not what it was. */
    SharedByHash(Library library, Consumer<Sha1> changed) {
        this.library = library;
        this.changed = changed;
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
    public void changed(SharedFile file) {
        changed.accept(file.sha1());
    }

    private static SharedFile given(praline.node.library.SharedFile file) {
        return new SharedFile(file.sha1(), file.file().size(), file.name(), file.file());
    }
}
