package praline.node.library;

import praline.protocol.Bytes;
import praline.protocol.Sha1;

/**
 * A file whose content is known, ready to be shared.
 *
 * @param file where it is and what it looked like when it was hashed
 * @param name what others are told: the base name only, never a path (spec/hardening.md N8)
 * @param sha1 of the content
 * @param infohash of the torrent that follows from the content (spec/praline.md section 4)
 */
public record SharedFile(FoundFile file, Bytes name, Sha1 sha1, Sha1 infohash) {

    /** The file under the name that it has on the disk. */
    static SharedFile of(FoundFile file, Sha1 sha1, Sha1 infohash) {
        return new SharedFile(file, FileNames.published(file.path()), sha1, infohash);
    }
}
