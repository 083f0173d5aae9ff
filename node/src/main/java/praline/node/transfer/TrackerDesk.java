package praline.node.transfer;

import praline.protocol.Bytes;
import praline.protocol.Endpoint;

/** Answers what is asked of a tracker over HTTP (spec/bittorrent.md section 8); a node that leads has one. */
public interface TrackerDesk {

    /**
     * The body of the answer to an announcement ; its status is 200, whatever it says.
     *
     * @param rawQuery what stands behind the question mark, as it came
     * @param from where it came from; the port means nothing
     * @param now the host's milliseconds
     */
    Bytes announce(String rawQuery, Endpoint from, long now);

    /** The body of the answer to a scrape; status and parameters are those of {@link #announce}. */
    Bytes scrape(String rawQuery, Endpoint from, long now);
}
