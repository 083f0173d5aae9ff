package praline.node.disk;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import praline.protocol.Sha1;

/** The bytes of one piece in memory, in as many blocks as they came in. They are hashed and written without a copy. */
final class PieceBlocks {

    private final ImmutableList<ByteBuffer> blocks;
    private int next;
    private int taken;

    /** @param blocks one after another; they are not moved on */
    PieceBlocks(ImmutableList<ByteBuffer> blocks) {
        this.blocks = blocks;
    }

    static PieceBlocks of(ByteBuffer piece) {
        return new PieceBlocks(ImmutableList.of(piece));
    }

    long size() {
        return blocks.stream().mapToLong(ByteBuffer::remaining).sum();
    }

    /** The SHA-1 of all of them together. */
    Sha1 hash() {
        MessageDigest digest = Sha1.newDigest();
        for (ByteBuffer block : blocks) {
            digest.update(block.duplicate());
        }
        return Sha1.of(digest.digest());
    }

    /** The SHA-1 of each of them. */
    ImmutableList<Sha1> hashes() {
        MessageDigest digest = Sha1.newDigest();
        return blocks.stream()
                .map(block -> {
                    digest.update(block.duplicate());
                    return Sha1.of(digest.digest());
                })
                .collect(ImmutableList.toImmutableList());
    }

    /** Takes the next {@code size} bytes and writes them, with as few calls of the system as it takes. */
    void writeNext(FileChannel channel, long position, int size) throws IOException {
        ByteBuffer[] bytes = takeNext(size);
        long missing = size;
        synchronized (channel) {
            channel.position(position);
            while (missing > 0) {
                missing -= channel.write(bytes);
            }
        }
    }

    /** Passes over the next {@code size} bytes. */
    void skip(int size) {
        takeNext(size);
    }

    private ByteBuffer[] takeNext(int size) {
        List<ByteBuffer> parts = new ArrayList<>(blocks.size());
        int missing = size;
        while (missing > 0) {
            ByteBuffer block = blocks.get(next);
            int part = Math.min(missing, block.remaining() - taken);
            parts.add(block.slice(block.position() + taken, part));
            taken += part;
            missing -= part;
            if (taken == block.remaining()) {
                next++;
                taken = 0;
            }
        }
        return parts.toArray(ByteBuffer[]::new);
    }
}
