package praline.protocol.bittorrent;

import com.google.common.collect.ImmutableMap;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.bittorrent.Bencode.Dictionary;
import praline.protocol.text.RemoteText;

/**
 * The handshake of the extension protocol (BEP 10; spec/bittorrent.md 5.9): which extensions the sender takes, and by
 * which numbers. It may come again later and then says only what is new.
 *
 * @param ids by which number the sender wants each extension, 1..255; 0: no longer
 * @param port where the sender listens, TCP; 0 if it does not say
 * @param client the sender's program; empty if it does not say
 * @param yourAddress where the sender sees the receiver, with port 0
 * @param requestQueue how many requests it keeps in mind; 0 if it does not say
 * @param metadataSize bytes of the info dictionary; 0 if it does not have it, or claims more than we would take
 * @param isUploadOnly whether it downloads nothing, if it says (BEP 21)
 */
public record ExtendedHandshake(
        ImmutableMap<Extension, Integer> ids,
        int port,
        RemoteText client,
        Optional<Endpoint> yourAddress,
        int requestQueue,
        int metadataSize,
        Optional<Boolean> isUploadOnly)
        implements ExtensionMessage {

    /** The number in the message that carries it. */
    public static final int ID = 0;

    /** Nothing said yet. */
    public static final ExtendedHandshake NONE =
            new ExtendedHandshake(ImmutableMap.of(), 0, RemoteText.EMPTY, Optional.empty(), 0, 0, Optional.empty());

    /** The number by which the sender wants {@code extension}; 0 if it does not take it. */
    public int idOf(Extension extension) {
        return ids.getOrDefault(extension, 0);
    }

    public boolean takes(Extension extension) {
        return idOf(extension) != 0;
    }

    /** What holds after {@code later} has come. */
    public ExtendedHandshake updatedBy(ExtendedHandshake later) {
        Map<Extension, Integer> both = new EnumMap<>(Extension.class);
        both.putAll(ids);
        both.putAll(later.ids);
        return new ExtendedHandshake(
                ImmutableMap.copyOf(both),
                later.port == 0 ? port : later.port,
                later.client.isEmpty() ? client : later.client,
                later.yourAddress.or(() -> yourAddress),
                later.requestQueue == 0 ? requestQueue : later.requestQueue,
                later.metadataSize == 0 ? metadataSize : later.metadataSize,
                later.isUploadOnly.or(() -> isUploadOnly));
    }

    @Override
    public Bytes payload() {
        Dictionary.Builder listed = new Dictionary.Builder();
        ids.forEach((extension, id) -> listed.put(extension.wireName(), id));
        Dictionary.Builder handshake = new Dictionary.Builder().put("m", listed.build());
        putUnlessZero(handshake, "metadata_size", metadataSize);
        putUnlessZero(handshake, "p", port);
        putUnlessZero(handshake, "reqq", requestQueue);
        isUploadOnly.ifPresent(only -> handshake.put("upload_only", only ? 1 : 0));
        if (!client.isEmpty()) {
            handshake.put("v", client.tainted());
        }
        yourAddress.ifPresent(address -> handshake.put("yourip", CompactPeers.address(address)));
        return handshake.build().encode();
    }

    private static void putUnlessZero(Dictionary.Builder handshake, String key, int value) {
        if (value != 0) {
            handshake.put(key, value);
        }
    }
}
