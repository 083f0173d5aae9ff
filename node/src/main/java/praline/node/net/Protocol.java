package praline.node.net;

import praline.node.engine.LinkPurpose;

/**
 * One of the protocols that share a node's port.
 *
 * @param purpose what a link that speaks it is opened for
 * @param budgetKey the limit that bounds what is queued for one link
 * @param budget its value, in bytes
 * @param inflow bytes a second that an engine takes from one link, uncompressed
 * @param newCodec makes the codec of one link
 * @param <M> the frames
 */
record Protocol<M>(LinkPurpose purpose, String budgetKey, int budget, long inflow, CodecMaker<M> newCodec) {

    /** Makes the codec of one link. */
    interface CodecMaker<M> {

        /** {@code dialled}: we opened the connection and speak first. */
        FrameCodec<M> make(boolean dialled);
    }
}
