package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;

/** Tells a supernode's tracker which of its leaves have the content of a torrent. */
public interface LeafSources {

    /** There are no leaves. */
    LeafSources NONE = (infohash, max) -> ImmutableList.of();

    /**
     * A leaf that has the content, or downloads it.
     *
     * @param endpoint its observed address, and where it listens
     * @param isPartial whether it has not got everything
     */
    record Source(Endpoint endpoint, boolean isPartial) {}

    /**
     * The leaves that are here, can be dialled, and have published a file with this infohash; each once, in no order
     * that means anything.
     *
     * @param max how many at most
     */
    ImmutableList<Source> holders(Sha1 infohash, int max);
}
