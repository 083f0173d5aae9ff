package praline.node.transfer;

import praline.node.engine.Block;

/** Who asks the transfer engine for ranges of files, and hears what comes of it; never from inside of asking. */
public interface RangeTaker {

    /** Nobody asks. */
    RangeTaker NONE = new RangeTaker() {
        @Override
        public void onRangeBlock(long ticket, Block block) {
            block.release();
        }

        @Override
        public void onRangeEnd(long ticket, long retryMillis) {}
    };

    /** The next bytes of what was asked for; the block's owner is the taker from here on. */
    void onRangeBlock(long ticket, Block block);

    /** Nothing more comes: all has come, or the source failed and may be asked again in {@code retryMillis}. */
    void onRangeEnd(long ticket, long retryMillis);
}
