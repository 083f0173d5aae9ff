package praline.protocol.http;

import com.google.errorprone.annotations.Immutable;
import java.util.Optional;

/**
 * Which bytes of a file a {@code Range} header asks for (RFC 9110 section 14; spec/gnutella-download.md sections 2 and
 * 3). Both ends are clamped to the file, as gtk-gnutella does: whoever asks for what is behind the end gets the last
 * byte, and learns from the answer how long the file is.
 */
@Immutable
public sealed interface RangeAsked {

    /** Both ends are inclusive and within the file. */
    record Part(long first, long last) implements RangeAsked {}

    /** There is no such header. */
    record Whole() implements RangeAsked {}

    /** Nothing of it is in the file: it asks for no byte, or the file has none. */
    record Outside() implements RangeAsked {}

    /** More than one range, or none that can be read. */
    record Unreadable() implements RangeAsked {}

    /**
     * Reads {@code bytes=a-b}, {@code bytes=a-} or {@code bytes=-n} for a file of {@code size} bytes; never throws.
     *
     * @param header the value of the header, when there is one
     */
    static RangeAsked of(Optional<String> header, long size) {
        if (header.isEmpty()) {
            return new Whole();
        }
        RangeText text = new RangeText(header.get());
        boolean isBytes = text.unit() && text.mark('=');
        long first = text.number();
        boolean isRange = text.mark('-');
        long last = text.number();
        if (!isBytes || !isRange || !text.ends() || (first < 0 && last < 0)) {
            return new Unreadable();
        }
        if (first < 0) {
            return part(Math.max(0, size - last), last == 0 ? -1 : Long.MAX_VALUE, size);
        }
        return last >= 0 && last < first ? new Unreadable() : part(first, last < 0 ? Long.MAX_VALUE : last, size);
    }

    private static RangeAsked part(long first, long last, long size) {
        return size > 0 && last >= 0 ? new Part(Math.min(first, size - 1), Math.min(last, size - 1)) : new Outside();
    }
}
