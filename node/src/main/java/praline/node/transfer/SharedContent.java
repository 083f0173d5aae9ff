package praline.node.transfer;

import java.util.Optional;
import praline.protocol.Sha1;

/** What this node gives to others, as the transfer asks for it. Answers at once, from memory. */
public interface SharedContent {

    /** A node that gives nothing. */
    SharedContent NONE = new SharedContent() {
        @Override
        public Optional<SharedFile> find(Sha1 sha1) {
            return Optional.empty();
        }

        @Override
        public Optional<SharedFile> find(long index) {
            return Optional.empty();
        }

        @Override
        public void changed(SharedFile file) {}
    };

    /** A file with this content; of several, any. */
    Optional<SharedFile> find(Sha1 sha1);

    /** The file whose hits carry this number, 0..2^32-1. */
    Optional<SharedFile> find(long index);

    /** Whether this content is on its way here, so that it makes sense to ask again. */
    default boolean isComing(Sha1 sha1) {
        return false;
    }

    /** What there is of a content that is on its way here. */
    default Optional<PartialFile> partial(Sha1 sha1) {
        return Optional.empty();
    }

    /**
     * {@code file} is gone or is not what was hashed any more: it should be hashed again, and nobody told of it
     * meanwhile.
     */
    void changed(SharedFile file);
}
