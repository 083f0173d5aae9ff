package praline.node.transfer;

import org.jspecify.annotations.Nullable;
import praline.protocol.http.QueuePlace;

/**
 * What a source's answer means for a download (spec/gnutella-download.md section 3). Only {@code Content-Range} is
 * trusted: a source may give less than it was asked for, but nothing else.
 */
sealed interface Reply {

    /** Bytes follow: {@code size} of them, from where they were wanted, of a file of {@code total}. */
    record Bytes(long size, long total) implements Reply {}

    /**
     * Ask again after so many milliseconds.
     *
     * @param queued where we stand in its queue; null: it has none, or does not say
     */
    record Later(long millis, @Nullable QueuePlace queued) implements Reply {}

    /** It has the file at another of its own paths. */
    record Moved(String target) implements Reply {}

    /** It says that the file has another size. */
    record AnotherSize(long total) implements Reply {}

    /** It gives the file from its beginning only. */
    record NoRanges() implements Reply {}

    /** It has trouble that may pass. */
    record Trouble(String what) implements Reply {}

    /** Nothing is to be had from it. */
    record Refusal(String what) implements Reply {}
}
