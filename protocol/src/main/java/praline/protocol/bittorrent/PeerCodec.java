package praline.protocol.bittorrent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Decoded.Complete;
import praline.protocol.Decoded.Fatal;
import praline.protocol.Decoded.Partial;
import praline.protocol.Defect;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.PeerMessage.AllowedFast;
import praline.protocol.bittorrent.PeerMessage.Bitfield;
import praline.protocol.bittorrent.PeerMessage.Cancel;
import praline.protocol.bittorrent.PeerMessage.Extended;
import praline.protocol.bittorrent.PeerMessage.Have;
import praline.protocol.bittorrent.PeerMessage.Hello;
import praline.protocol.bittorrent.PeerMessage.KeepAlive;
import praline.protocol.bittorrent.PeerMessage.PieceHead;
import praline.protocol.bittorrent.PeerMessage.Port;
import praline.protocol.bittorrent.PeerMessage.Reject;
import praline.protocol.bittorrent.PeerMessage.Request;
import praline.protocol.bittorrent.PeerMessage.Signal;
import praline.protocol.bittorrent.PeerMessage.Suggest;

/**
 * Between the messages of a swarm and bytes (spec/bittorrent.md 5.1-5.3).
 *
 * <pre>
 *   hello:    0x13 "BitTorrent protocol" | reserved (8) | infohash (20) | peer id (20)
 *   message:  length (4, BE) of what follows | id (1) | payload; length 0 is a keep-alive
 * </pre>
 *
 * <p>What is decoded encodes to the same bytes. A length is compared with what its id demands before anything is
 * awaited or kept. Whatever breaks a rule ends the stream: every living client closes such a link too (5.12).
 */
public final class PeerCodec {

    private static final byte[] PROTOCOL = "\u0013BitTorrent protocol".getBytes(StandardCharsets.US_ASCII);
    private static final int PEER_ID_SIZE = 20;

    private static final int HAVE = 4;
    private static final int BITFIELD = 5;
    private static final int REQUEST = 6;
    private static final int PIECE = 7;
    private static final int CANCEL = 8;
    private static final int PORT = 9;
    private static final int SUGGEST = 13;
    private static final int REJECT = 16;
    private static final int ALLOWED_FAST = 17;
    private static final int EXTENDED = 20;

    private static final int PIECE_FIELDS_SIZE = 2 * Integer.BYTES;
    private static final Signal[] SIGNALS = Signal.values();
    private static final KeepAlive KEEP_ALIVE = new KeepAlive();

    private PeerCodec() {}

    /**
     * Takes the 68 bytes out of {@code in} that open a link. First bytes of another protocol are {@link Fatal} as soon
     * as one differs, because a peer that tried encryption waits to be closed before it tries again in plain (5.13).
     */
    public static Decoded<Hello> decodeHello(ByteBuffer in) {
        ByteBuffer read = in.duplicate();
        int known = Math.min(read.remaining(), PROTOCOL.length);
        for (int i = 0; i < known; i++) {
            if (read.get() != PROTOCOL[i]) {
                return new Fatal<>(Defect.UNKNOWN_PROTOCOL, i);
            }
        }
        if (in.remaining() < Hello.SIZE) {
            return new Partial<>(Hello.SIZE - in.remaining());
        }
        Hello hello = new Hello(read.getLong(), Sha1.read(read), Bytes.read(read, PEER_ID_SIZE));
        in.position(read.position());
        return new Complete<>(hello);
    }

    /**
     * Takes the next message out of {@code in}; of a piece, only its head: the data is what follows in {@code in}. With
     * too few bytes, or when the stream cannot be trusted any more, {@code in} stays as it was. Nothing of {@code in}
     * is kept. That numbers lie inside the torrent is for the receiver to check, who knows it.
     */
    public static Decoded<PeerMessage> decode(ByteBuffer in, WireLimits limits) {
        ByteBuffer read = in.duplicate(); // big-endian, whatever the order of the caller's
        if (read.remaining() < Integer.BYTES) {
            return new Partial<>(Integer.BYTES - read.remaining());
        }
        long length = Integer.toUnsignedLong(read.getInt());
        if (length == 0) {
            in.position(read.position());
            return new Complete<>(KEEP_ALIVE);
        }
        if (!read.hasRemaining()) {
            return new Partial<>(1);
        }
        int id = read.get() & 0xFF;
        long payload = length - 1;
        Defect defect = defectOf(id, payload, limits.peer());
        if (defect != null) {
            return new Fatal<>(defect, 0);
        }
        int awaited = id == PIECE ? PIECE_FIELDS_SIZE : (int) payload;
        if (read.remaining() < awaited) {
            return new Partial<>(awaited - read.remaining());
        }
        PeerMessage message = read(id, (int) payload, read);
        if (!isInRange(message)) {
            return new Fatal<>(Defect.OUT_OF_RANGE, PeerMessage.HEAD_SIZE);
        }
        in.position(read.position());
        return new Complete<>(message);
    }

    /**
     * Writes {@code message} into {@code out}, which must have room for its {@link PeerMessage#wireSize()} bytes. The
     * data of a piece is written behind its head by whoever has it.
     */
    public static void encode(PeerMessage message, ByteBuffer out) {
        ByteBuffer write = out.duplicate(); // big-endian, whatever the order of the caller's
        if (message instanceof Hello hello) {
            write.put(PROTOCOL).putLong(hello.reserved());
            hello.infohash().writeTo(write);
            hello.peerId().writeTo(write);
        } else if (message instanceof KeepAlive) {
            write.putInt(0);
        } else {
            writeFramed(message, write);
        }
        out.position(write.position());
    }

    /** Why a message of this id cannot have so many bytes of payload; null if it can. */
    private static @Nullable Defect defectOf(int id, long payload, WireLimits.Peer limits) {
        return switch (id) {
            case HAVE, SUGGEST, ALLOWED_FAST -> exactly(Integer.BYTES, payload);
            case REQUEST, CANCEL, REJECT -> exactly(3 * Integer.BYTES, payload);
            case PORT -> exactly(Short.BYTES, payload);
            case BITFIELD -> between(0, limits.bitfield(), payload);
            case PIECE -> between(PIECE_FIELDS_SIZE, PIECE_FIELDS_SIZE + limits.block(), payload);
            case EXTENDED -> between(1, limits.extended(), payload);
            default -> signalOf(id) == null ? Defect.UNKNOWN_MESSAGE : exactly(0, payload);
        };
    }

    private static @Nullable Defect exactly(int size, long payload) {
        return payload == size ? null : Defect.WRONG_SIZE;
    }

    private static @Nullable Defect between(int min, int max, long payload) {
        if (payload > max) {
            return Defect.TOO_LARGE;
        }
        return payload < min ? Defect.WRONG_SIZE : null;
    }

    private static @Nullable Signal signalOf(int id) {
        for (Signal signal : SIGNALS) {
            if (signal.id() == id) {
                return signal;
            }
        }
        return null;
    }

    /** Reads the payload of a message whose id is known and whose size is right. */
    private static PeerMessage read(int id, int payload, ByteBuffer in) {
        return switch (id) {
            case HAVE -> new Have(in.getInt());
            case BITFIELD -> new Bitfield(Bytes.read(in, payload));
            case REQUEST -> new Request(in.getInt(), in.getInt(), in.getInt());
            case PIECE -> new PieceHead(in.getInt(), in.getInt(), payload - PIECE_FIELDS_SIZE);
            case CANCEL -> new Cancel(in.getInt(), in.getInt(), in.getInt());
            case PORT -> new Port(in.getShort() & 0xFFFF);
            case SUGGEST -> new Suggest(in.getInt());
            case REJECT -> new Reject(in.getInt(), in.getInt(), in.getInt());
            case ALLOWED_FAST -> new AllowedFast(in.getInt());
            case EXTENDED -> new Extended(in.get() & 0xFF, Bytes.read(in, payload - 1));
            default -> signalOfKnown(id);
        };
    }

    private static Signal signalOfKnown(int id) {
        Signal signal = signalOf(id);
        if (signal == null) {
            throw new IllegalStateException("an unknown id passed: " + id);
        }
        return signal;
    }

    /** Whether no number is 2^31 or more: no torrent has so many pieces, no piece so many bytes. */
    private static boolean isInRange(PeerMessage message) {
        if (message instanceof Have have) {
            return have.piece() >= 0;
        } else if (message instanceof Request request) {
            return (request.piece() | request.begin() | request.length()) >= 0;
        } else if (message instanceof PieceHead head) {
            return (head.piece() | head.begin()) >= 0;
        } else if (message instanceof Cancel cancel) {
            return (cancel.piece() | cancel.begin() | cancel.length()) >= 0;
        } else if (message instanceof Reject reject) {
            return (reject.piece() | reject.begin() | reject.length()) >= 0;
        } else if (message instanceof Suggest suggest) {
            return suggest.piece() >= 0;
        } else if (message instanceof AllowedFast allowed) {
            return allowed.piece() >= 0;
        }
        return true;
    }

    private static void writeFramed(PeerMessage message, ByteBuffer out) {
        int dataSize = message instanceof PieceHead head ? head.length() : 0;
        out.putInt(message.wireSize() - Integer.BYTES + dataSize);
        if (message instanceof PieceHead head) {
            out.put((byte) PIECE).putInt(head.piece()).putInt(head.begin());
        } else if (message instanceof Request request) {
            writeBlock(REQUEST, request.piece(), request.begin(), request.length(), out);
        } else if (message instanceof Have have) {
            out.put((byte) HAVE).putInt(have.piece());
        } else if (message instanceof Signal signal) {
            out.put((byte) signal.id());
        } else if (message instanceof Cancel cancel) {
            writeBlock(CANCEL, cancel.piece(), cancel.begin(), cancel.length(), out);
        } else if (message instanceof Reject reject) {
            writeBlock(REJECT, reject.piece(), reject.begin(), reject.length(), out);
        } else if (message instanceof Bitfield bitfield) {
            bitfield.bits().writeTo(out.put((byte) BITFIELD));
        } else if (message instanceof Extended extended) {
            extended.payload().writeTo(out.put((byte) EXTENDED).put((byte) extended.id()));
        } else if (message instanceof Port port) {
            out.put((byte) PORT).putShort((short) port.port());
        } else if (message instanceof Suggest suggest) {
            out.put((byte) SUGGEST).putInt(suggest.piece());
        } else if (message instanceof AllowedFast allowed) {
            out.put((byte) ALLOWED_FAST).putInt(allowed.piece());
        } else {
            throw new IllegalStateException("no way to write a " + message.getClass());
        }
    }

    private static void writeBlock(int id, int piece, int begin, int length, ByteBuffer out) {
        out.put((byte) id).putInt(piece).putInt(begin).putInt(length);
    }
}
