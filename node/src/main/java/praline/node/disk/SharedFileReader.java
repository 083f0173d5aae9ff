package praline.node.disk;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import praline.node.library.FoundFile;
import praline.node.transfer.SharedFile;

/** A shared file, open for reading because it was what had been hashed (spec/hardening.md D11). */
public final class SharedFileReader implements Closeable {

    private final FileChannel channel;

    private SharedFileReader(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens {@code file}, whose place must be a {@link FoundFile}.
     *
     * @throws IOException if it is gone, unreadable or not what was hashed any more
     */
    public static SharedFileReader open(SharedFile file) throws IOException {
        return new SharedFileReader(((FoundFile) file.place()).open());
    }

    /**
     * Fills {@code target} with the bytes from {@code offset} on.
     *
     * @throws IOException if they cannot be read, or the file ends before {@code target} is full
     */
    public void read(ByteBuffer target, long offset) throws IOException {
        for (long position = offset; target.hasRemaining(); ) {
            int count = channel.read(target, position);
            if (count < 0) {
                throw new EOFException("the file ends at " + position);
            }
            position += count;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
