package praline.protocol.bittorrent;

import com.google.errorprone.annotations.Immutable;
import praline.protocol.text.RemoteText;

/** What became of an announce. */
@Immutable
public sealed interface TrackerReply {

    /** It was taken. */
    record Accepted(AnnounceReply reply) implements TrackerReply {}

    /**
     * It was not, or the answer is none.
     *
     * @param reason in the tracker's words, or in ours if it has none
     * @param retryMinutes when to try again (BEP 31); 0 if it does not say, {@link #NEVER} not to
     */
    record Refused(RemoteText reason, int retryMinutes) implements TrackerReply {

        public static final int NEVER = -1;
    }
}
