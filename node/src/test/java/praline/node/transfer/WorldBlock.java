package praline.node.transfer;

import praline.node.engine.Block;

/**
 * Bytes that are only counted: which part of which content they are. Content 0 is the right one, any other is wrong.
 */
final class WorldBlock implements Block {

    private final World world;
    private final int content;
    private final long offset;
    private final int size;
    private boolean isReleased;

    WorldBlock(World world, int content, long offset, int size) {
        this.world = world;
        this.content = content;
        this.offset = offset;
        this.size = size;
        world.blocksAlive++;
    }

    @Override
    public int size() {
        return size;
    }

    int content() {
        return content;
    }

    long offset() {
        return offset;
    }

    @Override
    public void release() {
        if (isReleased) {
            throw new IllegalStateException("a block was released twice");
        }
        isReleased = true;
        world.blocksAlive--;
    }
}
