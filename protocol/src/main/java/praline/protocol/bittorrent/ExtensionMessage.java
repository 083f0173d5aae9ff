package praline.protocol.bittorrent;

import com.google.errorprone.annotations.Immutable;
import java.nio.ByteBuffer;
import java.util.Optional;
import praline.protocol.Bytes;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.Bencode.Dictionary;

/**
 * What is said inside the messages of the extension protocol (spec/bittorrent.md 5.9, 5.10). Who receives a message
 * chose the number it is sent by: ours are in {@link Extension}, a peer's in its {@link ExtendedHandshake}.
 *
 * <pre>{@code
 * Optional<ExtensionMessage> said = ExtensionMessage.decode(extended, limits);     // theirs, by our number
 * link.send(new MetadataRequest(0).numbered(theirs.idOf(Extension.METADATA)));     // ours, by their number
 * }</pre>
 */
@Immutable
public sealed interface ExtensionMessage
        permits ExtendedHandshake,
                PeerExchange,
                ExtensionMessage.MetadataRequest,
                ExtensionMessage.MetadataBlock,
                ExtensionMessage.MetadataReject,
                ExtensionMessage.UploadOnly,
                ExtensionMessage.DontHave {

    /** The payload, behind the number. */
    Bytes payload();

    /** This, as a message to a peer that listed the extension with {@code id}, 1..255; 0 for the handshake. */
    default PeerMessage.Extended numbered(int id) {
        return new PeerMessage.Extended(id, payload());
    }

    /**
     * Reads a message that was sent to us. Empty for a number that we did not list, a kind of message that we do not
     * know, and bytes that are none: such messages are passed over, and the link goes on (5.12).
     */
    static Optional<ExtensionMessage> decode(PeerMessage.Extended message, WireLimits limits) {
        return ExtensionReader.read(message, limits);
    }

    /** Asks for a block of the info dictionary; all but the last one have 16,384 bytes. */
    record MetadataRequest(int piece) implements ExtensionMessage {
        @Override
        public Bytes payload() {
            return metadata(0, piece).build().encode();
        }
    }

    /**
     * A block of the info dictionary.
     *
     * @param totalSize bytes of the dictionary; 0 if the sender does not say
     * @param block 1..16,384 bytes, which follow the message's dictionary on the wire
     */
    record MetadataBlock(int piece, int totalSize, Bytes block) implements ExtensionMessage {
        @Override
        public Bytes payload() {
            return metadata(1, piece)
                    .put("total_size", totalSize)
                    .build()
                    .encode()
                    .concat(block);
        }
    }

    /** This block is not to be had here, or not now. */
    record MetadataReject(int piece) implements ExtensionMessage {
        @Override
        public Bytes payload() {
            return metadata(2, piece).build().encode();
        }
    }

    /** Whether the sender downloads nothing any more. */
    record UploadOnly(boolean isUploadOnly) implements ExtensionMessage {
        @Override
        public Bytes payload() {
            return Bytes.copyOf(new byte[] {(byte) (isUploadOnly ? 1 : 0)});
        }
    }

    /** The sender no longer has this piece. */
    record DontHave(int piece) implements ExtensionMessage {
        @Override
        public Bytes payload() {
            return Bytes.copyOf(ByteBuffer.allocate(Integer.BYTES).putInt(piece).array());
        }
    }

    private static Dictionary.Builder metadata(int type, int piece) {
        return new Dictionary.Builder().put("msg_type", type).put("piece", piece);
    }
}
