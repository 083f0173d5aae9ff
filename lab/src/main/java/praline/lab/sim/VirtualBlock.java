package praline.lab.sim;

import praline.node.engine.Block;

/** A block without bytes: how long it is, and whether they would be the right ones. */
final class VirtualBlock implements Block {

    private final int size;
    private final boolean isGood;
    private boolean isReleased;

    VirtualBlock(int size, boolean isGood) {
        this.size = size;
        this.isGood = isGood;
    }

    boolean isGood() {
        return isGood;
    }

    @Override
    public int size() {
        return size;
    }

    /** Throws {@link IllegalStateException} the second time: a block has one owner. */
    @Override
    public void release() {
        if (isReleased) {
            throw new IllegalStateException("a block of " + size + " bytes was released twice");
        }
        isReleased = true;
    }
}
