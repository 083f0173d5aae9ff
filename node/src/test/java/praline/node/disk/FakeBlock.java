package praline.node.disk;

import java.nio.ByteBuffer;

/** A block of bytes that notices whether it was released, and how often. */
final class FakeBlock implements ByteBlock {

    private final ByteBuffer bytes;
    private int releases;

    FakeBlock(byte[] content, int from, int to) {
        this.bytes = ByteBuffer.wrap(content, from, to - from);
    }

    @Override
    public int size() {
        return bytes.remaining();
    }

    @Override
    public ByteBuffer bytes() {
        return bytes.duplicate();
    }

    @Override
    public void release() {
        releases++;
    }

    boolean isReleasedOnce() {
        return releases == 1;
    }
}
