package praline.node.disk;

import java.nio.ByteBuffer;
import praline.node.engine.Block;

/** A block whose bytes are really there, as a host of real links makes it. */
public interface ByteBlock extends Block {

    /** The bytes, from position to limit; valid until the block is released. */
    ByteBuffer bytes();
}
