package praline.node.net;

import org.jspecify.annotations.Nullable;
import praline.node.engine.LinkPurpose;

/**
 * One of the protocols that share a node's port.
 *
 * @param purpose what a link that speaks it is opened for
 * @param budgetKey the limit whose hits are counted when a link is full; null where the engine fills links on purpose
 *     and goes on when there is room, so that nothing is lost by it
 * @param budget bytes that may be queued for one link
 * @param inflow bytes a second that an engine takes from one link, uncompressed
 * @param newCodec makes the codec of one link
 * @param <M> the frames
 */
record Protocol<M>(LinkPurpose purpose, @Nullable String budgetKey, int budget, long inflow, CodecMaker<M> newCodec) {

    /** An inflow that is never felt: the engine says when it has enough. */
    static final long UNLIMITED = Integer.MAX_VALUE * 1_000L;

    /** Makes the codec of one link. */
    interface CodecMaker<M> {

        /** {@code dialled}: we opened the connection and speak first. */
        FrameCodec<M> make(boolean dialled);
    }
}
