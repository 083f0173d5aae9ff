package praline.node.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import praline.node.state.StateFile;
import praline.protocol.Sha1;

/** What is remembered of an unfinished download across restarts. */
final class PartialRecord {

    private static final int SIZE = 2 * Long.BYTES;

    /**
     * How far a download has come.
     *
     * @param size of the whole file, bytes
     * @param safe how many bytes from the beginning were forced to the disk
     */
    record Extent(long size, long safe) {}

    private final StateFile file;

    PartialRecord(Path folder, Sha1 sha1) {
        file = new StateFile(folder.resolve(sha1.base32() + ".record"));
    }

    /** The newest record that can be read and makes sense. */
    Optional<Extent> read() throws IOException {
        return file.read()
                .filter(content -> content.length == SIZE)
                .map(content -> {
                    ByteBuffer in = ByteBuffer.wrap(content);
                    return new Extent(in.getLong(), in.getLong());
                })
                .filter(extent -> 0 <= extent.safe() && extent.safe() <= extent.size());
    }

    void write(Extent extent) throws IOException {
        file.write(ByteBuffer.allocate(SIZE)
                .putLong(extent.size())
                .putLong(extent.safe())
                .array());
    }

    void delete() throws IOException {
        file.delete();
    }
}
