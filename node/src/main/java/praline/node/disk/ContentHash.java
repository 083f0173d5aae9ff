package praline.node.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import praline.protocol.Sha1;

/** The SHA-1 of a file's bytes. */
final class ContentHash {

    private static final int BUFFER_SIZE = 128 * 1024;

    private ContentHash() {}

    static Sha1 of(FileChannel channel) throws IOException {
        MessageDigest digest = Sha1.newDigest();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE);
        long offset = 0;
        while (channel.read(buffer, offset) >= 0) {
            offset += buffer.flip().remaining();
            digest.update(buffer);
            buffer.clear();
        }
        return Sha1.of(digest.digest());
    }
}
