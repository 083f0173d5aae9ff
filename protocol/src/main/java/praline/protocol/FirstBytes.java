package praline.protocol;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;

/**
 * Which protocol a connection speaks, told by its first bytes: one port serves all (spec/praline.md section 5). At most
 * 20 bytes are looked at, and what is decided never changes (spec/hardening.md W9).
 */
public enum FirstBytes {
    /** {@code GNUTELLA }: a handshake block follows. */
    OVERLAY("GNUTELLA "),
    /** {@code GET } or {@code HEAD }: a request head. */
    HTTP("GET ", "HEAD "),
    /** {@code GIV }: somebody answers our push, and we ask on this connection. */
    GIV("GIV "),
    /** 0x13 and {@code BitTorrent protocol}. */
    SWARM("\u0013BitTorrent protocol"),
    /** No protocol of ours: close without a word. */
    UNKNOWN,
    /** Too few bytes to tell. */
    UNDECIDED;

    private static final FirstBytes[] ALL = values();

    private final ImmutableList<String> prefixes;

    FirstBytes(String... prefixes) {
        this.prefixes = ImmutableList.copyOf(prefixes);
    }

    /**
     * What begins at the position of {@code in}, which is left as it was: the bytes belong to that protocol's codec.
     */
    public static FirstBytes of(ByteBuffer in) {
        boolean mayBecome = false;
        for (FirstBytes protocol : ALL) {
            for (String prefix : protocol.prefixes) {
                int matching = matching(prefix, in);
                if (matching == prefix.length()) {
                    return protocol;
                }
                mayBecome |= matching == in.remaining();
            }
        }
        return mayBecome ? UNDECIDED : UNKNOWN;
    }

    /** How many of the first bytes agree. */
    private static int matching(String prefix, ByteBuffer in) {
        int start = in.position();
        int size = Math.min(prefix.length(), in.remaining());
        int same = 0;
        while (same < size && in.get(start + same) == prefix.charAt(same)) {
            same++;
        }
        return same;
    }
}
