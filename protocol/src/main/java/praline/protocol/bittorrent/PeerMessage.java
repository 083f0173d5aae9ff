package praline.protocol.bittorrent;

import com.google.errorprone.annotations.Immutable;
import praline.protocol.Bytes;
import praline.protocol.Sha1;

/**
 * What two peers of a swarm say to each other: the 68 bytes at the start, then messages with a length in front (BEP 3,
 * 6, 10; spec/bittorrent.md section 5).
 */
@Immutable
public sealed interface PeerMessage {

    /** Bytes of a block, the unit that is requested; only the last one of a torrent is shorter. */
    int BLOCK = 16_384;

    /** The length field and the id. */
    int HEAD_SIZE = 5;

    /** The exact number of bytes that this message takes on the wire; of a piece, without its data. */
    int wireSize();

    /**
     * The first message of either end.
     *
     * @param reserved the eight bytes of flags, big-endian
     * @param infohash of the torrent that this link is about
     * @param peerId 20 bytes
     */
    record Hello(long reserved, Sha1 infohash, Bytes peerId) implements PeerMessage {

        public static final int SIZE = 68;

        /** We speak the extension protocol (BEP 10) and the Fast extension (BEP 6). */
        public static final long OURS = 0x0000_0000_0010_0004L;

        private static final long EXTENSIONS = 0x0000_0000_0010_0000L;
        private static final long FAST = 0x04L;

        public boolean hasExtensions() {
            return (reserved & EXTENSIONS) != 0;
        }

        public boolean isFast() {
            return (reserved & FAST) != 0;
        }

        @Override
        public int wireSize() {
            return SIZE;
        }
    }

    /** Nothing new; sent so that the link is not taken for dead. */
    record KeepAlive() implements PeerMessage {
        @Override
        public int wireSize() {
            return Integer.BYTES;
        }
    }

    /** Messages that are an id and nothing else. */
    enum Signal implements PeerMessage {
        CHOKE(0),
        UNCHOKE(1),
        INTERESTED(2),
        NOT_INTERESTED(3),
        /** Fast extension: the sender has every piece. */
        HAVE_ALL(14),
        /** Fast extension: the sender has no piece. */
        HAVE_NONE(15);

        private final int id;

        Signal(int id) {
            this.id = id;
        }

        public int id() {
            return id;
        }

        @Override
        public int wireSize() {
            return HEAD_SIZE;
        }
    }

    /** The sender has this piece, and has verified it. */
    record Have(int piece) implements PeerMessage {
        @Override
        public int wireSize() {
            return HEAD_SIZE + Integer.BYTES;
        }
    }

    /** All that the sender has: piece 0 is the highest bit of the first byte. May come at any time, and replaces. */
    record Bitfield(Bytes bits) implements PeerMessage {
        @Override
        public int wireSize() {
            return HEAD_SIZE + bits.size();
        }
    }

    /** Asks for a block. */
    record Request(int piece, int begin, int length) implements PeerMessage {
        @Override
        public int wireSize() {
            return HEAD_SIZE + 3 * Integer.BYTES;
        }
    }

    /** Takes a request back. */
    record Cancel(int piece, int begin, int length) implements PeerMessage {
        @Override
        public int wireSize() {
            return HEAD_SIZE + 3 * Integer.BYTES;
        }
    }

    /** Fast extension: this request is not going to be answered. */
    record Reject(int piece, int begin, int length) implements PeerMessage {
        @Override
        public int wireSize() {
            return HEAD_SIZE + 3 * Integer.BYTES;
        }
    }

    /** The head of a piece message; {@code length} bytes of data follow it, 0 or more. */
    record PieceHead(int piece, int begin, int length) implements PeerMessage {

        public static final int SIZE = HEAD_SIZE + 2 * Integer.BYTES;

        @Override
        public int wireSize() {
            return SIZE;
        }
    }

    /** Where the sender's DHT node listens, UDP. */
    record Port(int port) implements PeerMessage {
        @Override
        public int wireSize() {
            return HEAD_SIZE + Short.BYTES;
        }
    }

    /** Fast extension: the sender could give this piece cheaply. */
    record Suggest(int piece) implements PeerMessage {
        @Override
        public int wireSize() {
            return HEAD_SIZE + Integer.BYTES;
        }
    }

    /** Fast extension: the receiver may ask for this piece even while it is choked. */
    record AllowedFast(int piece) implements PeerMessage {
        @Override
        public int wireSize() {
            return HEAD_SIZE + Integer.BYTES;
        }
    }

    /**
     * A message of the extension protocol (BEP 10).
     *
     * @param id 0 for its handshake; else the number that the receiver listed for the extension, 0..255
     */
    record Extended(int id, Bytes payload) implements PeerMessage {
        @Override
        public int wireSize() {
            return HEAD_SIZE + 1 + payload.size();
        }
    }
}
