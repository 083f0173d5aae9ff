package praline.node.transfer;

import java.util.Optional;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;

/** Answers what is asked of a tracker on the node's port (spec/bittorrent.md section 8); a node that leads has one. */
public interface TrackerDesk {

    /**
     * The body of the answer to an announcement over HTTP; its status is 200, whatever it says.
     *
     * @param rawQuery what stands behind the question mark, as it came
     * @param from where it came from; the port means nothing
     * @param now the host's milliseconds
     */
    Bytes announce(String rawQuery, Endpoint from, long now);

    /** The body of the answer to a scrape over HTTP; status and parameters are those of {@link #announce}. */
    Bytes scrape(String rawQuery, Endpoint from, long now);

    /** The answer to a datagram; empty for what is no request to a tracker, or gets no answer. */
    Optional<Bytes> datagram(Bytes datagram, Endpoint from, long now);
}
