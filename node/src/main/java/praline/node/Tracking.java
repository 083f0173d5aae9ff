package praline.node;

import java.util.Optional;
import praline.node.engine.DatagramEngine;
import praline.node.transfer.TrackerDesk;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;

/** A leader's tracker: what comes over HTTP, and what comes to the UDP port (spec/bittorrent.md section 8). */
public interface Tracking extends TrackerDesk {

    /** What {@code datagram} is to the tracker; changes nothing. */
    DatagramEngine.Verdict verdict(Bytes datagram, Endpoint from, long now);

    /** The answer to a datagram that is the tracker's; empty: there is none. */
    Optional<Bytes> datagram(Bytes datagram, Endpoint from, long now);
}
