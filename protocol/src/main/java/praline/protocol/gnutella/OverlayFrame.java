package praline.protocol.gnutella;

import com.google.errorprone.annotations.Immutable;

/** What two servents say to each other on one overlay link: handshake blocks first, descriptors afterwards. */
@Immutable
public sealed interface OverlayFrame permits Handshake, Message {

    /** The exact number of bytes that this frame takes on the wire, uncompressed. */
    int wireSize();
}
