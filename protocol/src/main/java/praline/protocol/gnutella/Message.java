package praline.protocol.gnutella;

import com.google.errorprone.annotations.Immutable;
import praline.protocol.Guid;

/** One Gnutella descriptor: a header of 23 bytes and a payload (spec/gnutella.md section 3). */
@Immutable
public sealed interface Message extends OverlayFrame
        permits Ping, Pong, Bye, Query, QueryHit, Push, Vendor, IndexBatch, IndexStatus, QrpReset, QrpPatch, Opaque {

    /** GUID, type, TTL, hops and payload length. */
    int HEADER_SIZE = 23;

    MessageType type();

    Guid guid();

    /** How many more hops this message may travel, 0..255. */
    int ttl();

    /** How many hops this message has travelled, 0..255. */
    int hops();

    /** Bytes of the payload, without the header. */
    int payloadSize();

    @Override
    default int wireSize() {
        return HEADER_SIZE + payloadSize();
    }
}
