package praline.node.transfer;

import com.google.common.primitives.Longs;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Job;
import praline.protocol.Sha1;
import praline.protocol.Urn;
import praline.protocol.http.ContentRange;
import praline.protocol.http.QueuePlace;
import praline.protocol.http.RequestHead;
import praline.protocol.http.ResponseHead;

/** Reads a source's answer to one request: for the bytes of a file from {@code offset} to its end. */
final class ReplyReader {

    private static final long MILLIS = 1_000;
    private static final String NO_PART_OF = "bytes */";

    /** For a source that does not say when to come back, or says a date. */
    private static final long RETRY_MILLIS = 60_000;

    private static final int TARGET_SIZE_MAX = 1_024;
    private static final long SECONDS_MAX = 86_400;

    private final ResponseHead head;
    private final Sha1 sha1;
    private final long offset;
    private final long total;

    /** @param total the size of the file, or {@link Job#SIZE_UNKNOWN} */
    ReplyReader(ResponseHead head, Sha1 sha1, long offset, long total) {
        this.head = head;
        this.sha1 = sha1;
        this.offset = offset;
        this.total = total;
    }

    Reply read() {
        return switch (head.status()) {
            case 200 -> whole();
            case 206 -> part();
            case 404, 410 -> new Reply.Refusal("does not share the file");
            case 301 -> moved();
            case 429, 503 -> new Reply.Later(retryMillis(), queued());
            case 416 -> outside();
            case 409 -> new Reply.Trouble("is giving us this file already");
            default -> other();
        };
    }

    private Reply other() {
        String what = "answers " + head.status();
        return head.status() >= 500 ? new Reply.Trouble(what) : new Reply.Refusal(what);
    }

    private Reply whole() {
        OptionalLong size = head.contentLength();
        if (size.isEmpty() || isAnotherContent()) {
            return unusable();
        }
        if (total != Job.SIZE_UNKNOWN && size.getAsLong() != total) {
            return new Reply.AnotherSize(size.getAsLong());
        }
        return offset > 0 ? new Reply.NoRanges() : new Reply.Bytes(size.getAsLong(), size.getAsLong());
    }

    private Reply part() {
        Optional<ContentRange> header = head.headers().get("Content-Range").flatMap(ContentRange::parse);
        if (header.isEmpty() || isAnotherContent()) {
            return unusable();
        }
        ContentRange range = header.get();
        if (total != Job.SIZE_UNKNOWN && range.total() != total) {
            return new Reply.AnotherSize(range.total());
        }
        boolean isWanted = range.first() == offset && head.contentLength().equals(OptionalLong.of(range.size()));
        return isWanted
                ? new Reply.Bytes(range.size(), range.total())
                : new Reply.Refusal("gives another part than it was asked for");
    }

    /** A file that ends before the byte that was asked for has another size, and the answer may say which. */
    private Reply outside() {
        if (head.headers().get("X-Available-Ranges").isPresent()) {
            return new Reply.Later(RETRY_MILLIS, null); // more of it is on its way there
        }
        String range = head.headers().get("Content-Range").orElse("");
        Long size = range.startsWith(NO_PART_OF) ? Longs.tryParse(range.substring(NO_PART_OF.length())) : null;
        return size != null && size >= 0 && size <= offset
                ? new Reply.AnotherSize(size)
                : new Reply.Trouble("does not have this part");
    }

    /** Only where it stays at the same source: others are found by what they have, not by where somebody sends us. */
    private Reply moved() {
        String target = head.headers().get("Location").orElse("");
        return target.startsWith("/") && target.length() <= TARGET_SIZE_MAX && RequestHead.isTarget(target)
                ? new Reply.Moved(target)
                : new Reply.Refusal("sends us elsewhere");
    }

    private @Nullable QueuePlace queued() {
        return head.headers().get("X-Queued").flatMap(QueuePlace::parse).orElse(null);
    }

    private boolean isAnotherContent() {
        return head.headers()
                .get("X-Gnutella-Content-URN")
                .flatMap(Urn::parse)
                .filter(urn -> !urn.equals(Urn.sha1(sha1)))
                .isPresent();
    }

    private Reply unusable() {
        return isAnotherContent()
                ? new Reply.Refusal("gives another file")
                : new Reply.Refusal("does not say what it gives");
    }

    private long retryMillis() {
        Long seconds = head.headers().get("Retry-After").map(Longs::tryParse).orElse(null);
        return seconds == null ? RETRY_MILLIS : MILLIS * Math.min(Math.max(1, seconds), SECONDS_MAX);
    }
}
