package praline.cli;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * What happens while a torrent is fetched and given: for programs one JSON object a line, whose {@code event} says
 * which. Rates are payload bytes a second.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
sealed interface TorrentNews {

    /** It listens at {@code address}, and what the folder held has been verified. */
    @JsonTypeName("ready")
    record Ready(String address) implements TorrentNews {}

    /** All is prepared; it joins when a line comes. */
    @JsonTypeName("armed")
    record Armed() implements TorrentNews {}

    /** What the torrent consists of is known, from its file or from a peer. */
    @JsonTypeName("metadata")
    record Metadata(String infohash, String name, long size, int pieces, int pieceLength) implements TorrentNews {}

    /** What the folder held is being verified. */
    @JsonTypeName("checking")
    record Checking(int checked, int pieces) implements TorrentNews {}

    /**
     * How it stands.
     *
     * @param phase {@code metadata}, {@code fetching}, {@code paused}, {@code seeding}
     * @param size bytes in all; null while it is not known, as is {@code pieces}
     * @param had bytes that are verified
     * @param uploaded bytes given since the start
     * @param downloaded bytes taken since the start, {@code wasted} among them
     * @param known peers that are known, linked or not
     * @param secondsLeft at this rate; null where nobody can tell
     */
    @JsonTypeName("progress")
    record Progress(
            String phase,
            @Nullable Long size,
            long had,
            @Nullable Integer pieces,
            int piecesHad,
            long down,
            long up,
            long downloaded,
            long wasted,
            long uploaded,
            int peers,
            int known,
            @Nullable Long secondsLeft)
            implements TorrentNews {}

    /** It stands still, and goes on by itself: {@code disk_full}, {@code disk_error}, {@code no_peer}. */
    @JsonTypeName("waiting")
    record Waiting(String obstacle, String text) implements TorrentNews {}

    /** A tracker warned, refused or did not answer. */
    @JsonTypeName("tracker")
    record Tracker(String url, String text) implements TorrentNews {}

    /** All bytes are right and stand at {@code path}. */
    @JsonTypeName("done")
    record Done(String path) implements TorrentNews {}

    /** It cannot be had. */
    @JsonTypeName("failed")
    record Failed(String text) implements TorrentNews {}
}
