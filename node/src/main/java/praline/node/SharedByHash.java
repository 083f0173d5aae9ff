package praline.node;

import java.util.Optional;
import praline.node.library.Library;
import praline.node.transfer.SharedContent;
import praline.node.transfer.SharedFile;
import praline.protocol.Sha1;

/** The library as those see it who fetch from this node. */
final class SharedByHash implements SharedContent {

    private final Library library;
    private final Runnable rescan;

    /** {@code rescan} has the share folders looked through soon. */
    SharedByHash(Library library, Runnable rescan) {
        this.library = library;
        this.rescan = rescan;
    }

    @Override
    public Optional<SharedFile> find(Sha1 sha1) {
        return library.find(sha1).map(SharedByHash::given);
    }

    @Override
    public Optional<SharedFile> find(long index) {
        return library.at(index).map(SharedByHash::given);
    }

    /** A scan begins with taking out what is not there any more. */
    @Override
    public void changed(SharedFile file) {
        rescan.run();
    }

    private static SharedFile given(praline.node.library.SharedFile file) {
        return new SharedFile(file.sha1(), file.file().size(), file.name(), file.file());
    }
}
