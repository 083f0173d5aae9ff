package praline.node.transfer;

import org.jspecify.annotations.Nullable;
import praline.node.engine.Job;
import praline.protocol.Endpoint;
import praline.protocol.http.QueuePlace;

/** One node that should have the file, and what we know of it. */
final class Source {

    final Endpoint endpoint;

    /** Not to be asked before; in the host's milliseconds. */
    long notBefore;

    /** Failures in a row. */
    int failures;

    /** The size that it says the file has, or {@link Job#SIZE_UNKNOWN}. */
    long claimedSize = Job.SIZE_UNKNOWN;

    /** Whether its last answer was to ask later. */
    boolean isBusy;

    /** Whether its bytes may not be mixed with others': it cannot go on, or had part in a file that was wrong. */
    boolean isAlone;

    /** Whether it can go on where others, or it itself, stopped. */
    boolean canGoOn = true;

    /** Whether nothing more is expected of it. */
    boolean isGone;

    /** Whether it gave wrong bytes: it is never asked again. */
    boolean isBanned;

    /** Where we stand in its queue; null: nowhere. */
    @Nullable
    QueuePlace queued;

    /** The link on which we wait in its queue; null: there is none. */
    @Nullable
    SourceLink parked;

    /** What went wrong last, for the user. */
    @Nullable
    String trouble;

    Source(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Whether it says that the file has {@code size} bytes, or has said nothing yet. */
    boolean agreesTo(long size) {
        return claimedSize == Job.SIZE_UNKNOWN || size == Job.SIZE_UNKNOWN || claimedSize == size;
    }
}
