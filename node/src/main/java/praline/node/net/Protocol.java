package praline.node.net;

import org.jspecify.annotations.Nullable;
import praline.node.engine.LinkPurpose;

/**
 * One of the protocols that share a node's port.
 *
 * @param purpose what a link that speaks it is opened for
 * @param newCodec makes the codec of one link
 * @param sending how its links send
 * @param receiving how its links receive
 * @param <M> the frames
 */
record Protocol<M>(LinkPurpose purpose, CodecMaker<M> newCodec, Sending sending, Receiving receiving) {

    /**
     * How links send.
     *
     * @param budget bytes that may be queued for one link
     * @param budgetKey the limit whose hits are counted when a link is full; null where the engine fills links on
     *     purpose and goes on when there is room, so that nothing is lost by it
     * @param readAhead bytes that are read from the disk in one go for one link, unless one frame has more
     */
    record Sending(int budget, @Nullable String budgetKey, int readAhead) {}

    /**
     * How links receive.
     *
     * @param bytesPerSecond that an engine takes from one link, uncompressed
     * @param turnBytes decoded from one link before the next link has its turn
     * @param isBulk whether what comes is mostly data for the disk: it waits while that has too much to do already, and
     *     it is taken from the buffers of the system, which are lent to the codec and not copied for it
     */
    record Receiving(long bytesPerSecond, int turnBytes, boolean isBulk) {

        /** So many bytes a second that it is never felt: the engine says when it has enough. */
        static final long UNLIMITED = Integer.MAX_VALUE * 1_000L;
    }

    /** Makes the codec of one link. */
    interface CodecMaker<M> {

        /** {@code dialled}: we opened the connection and speak first. */
        FrameCodec<M> make(boolean dialled);
    }
}
