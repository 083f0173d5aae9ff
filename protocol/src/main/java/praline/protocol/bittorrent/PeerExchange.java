package praline.protocol.bittorrent;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.bittorrent.Bencode.Dictionary;

/**
 * What has changed among the peers that the sender is connected to (BEP 11; spec/bittorrent.md 5.9).
 *
 * @param added where they listen, none with port 0; a stranger's word, the receiver itself may be among them
 * @param dropped none with port 0
 */
public record PeerExchange(ImmutableList<Peer> added, ImmutableList<Endpoint> dropped) implements ExtensionMessage {

    /** It would rather be spoken to with encryption. */
    public static final int PREFERS_ENCRYPTION = 0x01;

    /** It has everything, or downloads nothing. */
    public static final int SEED = 0x02;

    /** The sender reached it by dialling. */
    public static final int REACHABLE = 0x10;

    /**
     * One of them.
     *
     * @param flags the byte that BEP 11 gives it
     */
    @Immutable
    public record Peer(Endpoint endpoint, int flags) {}

    @Override
    public Bytes payload() {
        Dictionary.Builder message = new Dictionary.Builder();
        putAdded(message, "added", true);
        putAdded(message, "added6", false);
        putUnlessEmpty(message, "dropped", CompactPeers.ipv4(dropped));
        putUnlessEmpty(message, "dropped6", CompactPeers.ipv6(dropped));
        return message.build().encode();
    }

    /** With the flags always: libtorrent passes over peers that come without. */
    private void putAdded(Dictionary.Builder message, String key, boolean isIpv4) {
        ImmutableList<Peer> peers = added.stream()
                .filter(peer -> peer.endpoint().isIpv4() == isIpv4)
                .collect(ImmutableList.toImmutableList());
        ImmutableList<Endpoint> endpoints = peers.stream().map(Peer::endpoint).collect(ImmutableList.toImmutableList());
        byte[] flags = new byte[peers.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = (byte) peers.get(i).flags();
        }
        putUnlessEmpty(message, key, isIpv4 ? CompactPeers.ipv4(endpoints) : CompactPeers.ipv6(endpoints));
        putUnlessEmpty(message, key + ".f", Bytes.copyOf(flags));
    }

    private static void putUnlessEmpty(Dictionary.Builder message, String key, Bytes value) {
        if (!value.isEmpty()) {
            message.put(key, value);
        }
    }
}
