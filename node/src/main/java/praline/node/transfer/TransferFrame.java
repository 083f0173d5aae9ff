package praline.node.transfer;

import praline.node.engine.Block;
import praline.protocol.Bytes;
import praline.protocol.http.Giv;
import praline.protocol.http.RequestHead;
import praline.protocol.http.ResponseHead;

/**
 * What two nodes say to each other on one HTTP link: a request, the head of its answer, and the answer's body in parts.
 * How long a body is stands in the head; the parts that arrive may be cut in any way.
 */
public sealed interface TransferFrame {

    /** The exact number of bytes that this frame takes on the wire. */
    int wireSize();

    /** Asks for a file, or for the head of the answer only. */
    record Request(RequestHead head) implements TransferFrame {

        @Override
        public int wireSize() {
            return head.wireSize();
        }
    }

    /** Says what follows. */
    record Response(ResponseHead head) implements TransferFrame {

        @Override
        public int wireSize() {
            return head.wireSize();
        }
    }

    /** Opens a connection that a push asked for: whoever dialled it gives files, and whoever was dialled asks. */
    record Calling(Giv giv) implements TransferFrame {

        @Override
        public int wireSize() {
            return giv.wireSize();
        }
    }

    /**
     * Bytes of a shared file to be sent: coordinates only. The host reads them when the socket has room, and cuts the
     * link when it cannot, because the head has promised them.
     *
     * @param offset of the first byte in the file
     * @param size bytes, 1..{@link #PART_MAX}
     */
    record SharedPart(SharedFile file, long offset, int size) implements TransferFrame {

        /** Small enough that several links share a socket buffer's worth of memory fairly. */
        public static final int PART_MAX = 16_384;

        @Override
        public int wireSize() {
            return size;
        }
    }

    /** A whole body that is no file, to be sent. */
    record Said(Bytes content) implements TransferFrame {

        @Override
        public int wireSize() {
            return content.size();
        }
    }

    /** Bytes of a body that arrived. Whoever holds the frame owns the block. */
    record ReceivedPart(Block block) implements TransferFrame {

        @Override
        public int wireSize() {
            return block.size();
        }
    }
}
