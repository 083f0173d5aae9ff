package praline.protocol.bittorrent;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Endpoint;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.Bencode.Dictionary;
import praline.protocol.bittorrent.PeerExchange.Peer;
import praline.protocol.text.RemoteText;

/** Reads the payloads of extension messages; {@link ExtensionMessage} says what becomes of bad ones. */
final class ExtensionReader {

    private static final int HANDSHAKE = 0;
    private static final int ID_MAX = 255;
    private static final int PORT_MAX = 0xFFFF;
    private static final int IPV4_ADDRESS_SIZE = 4;
    private static final int IPV6_ADDRESS_SIZE = 16;

    private final WireLimits limits;
    private final ByteBuffer in;

    private ExtensionReader(Bytes payload, WireLimits limits) {
        this.limits = limits;
        this.in = ByteBuffer.wrap(payload.toArray());
    }

    static Optional<ExtensionMessage> read(PeerMessage.Extended message, WireLimits limits) {
        ExtensionReader reader = new ExtensionReader(message.payload(), limits);
        if (message.id() == HANDSHAKE) {
            return reader.dictionary().map(reader::handshake);
        }
        Optional<Extension> extension = Extension.ofOurId(message.id());
        return extension.flatMap(known -> switch (known) {
            case PEER_EXCHANGE -> reader.dictionary().map(reader::exchange);
            case METADATA -> reader.dictionary().flatMap(reader::metadata);
            case UPLOAD_ONLY -> reader.uploadOnly();
            case DONT_HAVE -> reader.dontHave();
        });
    }

    private Optional<Dictionary> dictionary() {
        return Bencode.decode(in, BencodeRules.message(limits)) instanceof Decoded.Complete<Bencode> complete
                        && complete.message() instanceof Dictionary dictionary
                ? Optional.of(dictionary)
                : Optional.empty();
    }

    private ExtendedHandshake handshake(Dictionary handshake) {
        ImmutableMap.Builder<Extension, Integer> ids = ImmutableMap.builder();
        Dictionary listed = handshake.dictionary("m").orElse(Dictionary.EMPTY);
        for (Extension extension : Extension.values()) {
            listed.integer(extension.wireName(), ID_MAX).ifPresent(id -> ids.put(extension, (int) id));
        }
        OptionalLong uploadOnly = handshake.integer("upload_only");
        return new ExtendedHandshake(
                ids.buildOrThrow(),
                number(handshake, "p", PORT_MAX),
                handshake.bytes("v").map(RemoteText::of).orElse(RemoteText.EMPTY),
                handshake.bytes("yourip").flatMap(ExtensionReader::address),
                number(handshake, "reqq", Integer.MAX_VALUE),
                number(handshake, "metadata_size", limits.torrent().file()),
                uploadOnly.isPresent() ? Optional.of(uploadOnly.getAsLong() != 0) : Optional.empty());
    }

    /** A number in 0..{@code max}; 0 for any other and for none. */
    private static int number(Dictionary dictionary, String key, int max) {
        return (int) dictionary.integer(key, max).orElse(0);
    }

    private static Optional<Endpoint> address(Bytes address) {
        return address.size() == IPV4_ADDRESS_SIZE || address.size() == IPV6_ADDRESS_SIZE
                ? Optional.of(Endpoint.of(address.toArray(), 0))
                : Optional.empty();
    }

    private Optional<ExtensionMessage> metadata(Dictionary message) {
        OptionalLong type = message.integer("msg_type");
        OptionalLong piece = message.integer("piece", Integer.MAX_VALUE);
        if (type.isEmpty() || piece.isEmpty()) {
            return Optional.empty();
        }
        int index = (int) piece.getAsLong();
        if (type.getAsLong() == 0) {
            return Optional.of(new ExtensionMessage.MetadataRequest(index));
        } else if (type.getAsLong() == 2) {
            return Optional.of(new ExtensionMessage.MetadataReject(index));
        } else if (type.getAsLong() == 1 && in.hasRemaining() && in.remaining() <= PeerMessage.BLOCK) {
            int totalSize = number(message, "total_size", limits.torrent().file());
            return Optional.of(new ExtensionMessage.MetadataBlock(index, totalSize, Bytes.read(in, in.remaining())));
        }
        return Optional.empty();
    }

    private PeerExchange exchange(Dictionary message) {
        ImmutableList.Builder<Peer> added = ImmutableList.builder();
        addPeers(message, "added", CompactPeers.IPV4_SIZE, added);
        addPeers(message, "added6", CompactPeers.IPV6_SIZE, added);
        ImmutableList.Builder<Endpoint> dropped = ImmutableList.builder();
        message.bytes("dropped").ifPresent(packed -> dropped.addAll(CompactPeers.read(packed, CompactPeers.IPV4_SIZE)));
        message.bytes("dropped6")
                .ifPresent(packed -> dropped.addAll(CompactPeers.read(packed, CompactPeers.IPV6_SIZE)));
        return new PeerExchange(
                firstOf(added.build().stream()
                        .filter(peer -> peer.endpoint().port() > 0)
                        .toList()),
                firstOf(dropped.build().stream().filter(peer -> peer.port() > 0).toList()));
    }

    private static void addPeers(Dictionary message, String key, int entrySize, ImmutableList.Builder<Peer> added) {
        Bytes flags = message.bytes(key + ".f").orElse(Bytes.EMPTY);
        List<Endpoint> peers = CompactPeers.read(message.bytes(key).orElse(Bytes.EMPTY), entrySize);
        for (int i = 0; i < peers.size(); i++) {
            added.add(new Peer(peers.get(i), i < flags.size() ? flags.at(i) : 0));
        }
    }

    private <T> ImmutableList<T> firstOf(List<T> entries) {
        return entries.stream().limit(limits.peer().exchanged()).collect(ImmutableList.toImmutableList());
    }

    private Optional<ExtensionMessage> uploadOnly() {
        return in.remaining() == 1 ? Optional.of(new ExtensionMessage.UploadOnly(in.get() != 0)) : Optional.empty();
    }

    private Optional<ExtensionMessage> dontHave() {
        if (in.remaining() != Integer.BYTES) {
            return Optional.empty();
        }
        int piece = in.getInt();
        return piece < 0 ? Optional.empty() : Optional.of(new ExtensionMessage.DontHave(piece));
    }
}
