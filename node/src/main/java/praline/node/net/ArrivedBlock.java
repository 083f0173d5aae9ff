package praline.node.net;

import java.nio.ByteBuffer;
import praline.node.disk.ByteBlock;

/** Bytes of a body as the socket delivered them. They are on the heap, so that dropping them gives them back. */
record ArrivedBlock(ByteBuffer bytes) implements ByteBlock {

    @Override
    public int size() {
        return bytes.remaining();
    }

    @Override
    public void release() {
        // The garbage collector does it.
    }
}
