package praline.lab.experiment;

import java.util.Optional;
import praline.node.transfer.SharedContent;
import praline.node.transfer.SharedFile;
import praline.protocol.Sha1;

/** A server of a single file. */
record OneFile(SharedFile file) implements SharedContent {

    @Override
    public Optional<SharedFile> find(Sha1 sha1) {
        return Optional.of(file).filter(known -> known.sha1().equals(sha1));
    }

    @Override
    public Optional<SharedFile> find(long index) {
        return Optional.of(file).filter(known -> index == 1);
    }

    @Override
    public void changed(SharedFile changed) {
        throw new IllegalStateException("the file of the experiment changed: " + changed);
    }
}
