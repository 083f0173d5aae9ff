package praline.protocol.http;

import com.google.errorprone.annotations.Immutable;
import java.util.Optional;

/**
 * Which bytes of a file an answer carries: the only thing about it to be trusted (spec/gnutella-download.md section 3).
 *
 * @param first the first byte, 0 or more
 * @param last the last byte, inclusive, at least {@code first}
 * @param total bytes of the whole file, more than {@code last}
 */
@Immutable
public record ContentRange(long first, long last, long total) {

    public ContentRange {
        if (first < 0 || last < first || total <= last) {
            throw new IllegalArgumentException("no range: " + first + "-" + last + "/" + total);
        }
    }

    /** Reads {@code bytes a-b/total}; empty for anything else, and for a range that no file can have. */
    public static Optional<ContentRange> parse(String header) {
        RangeText text = new RangeText(header);
        // LimeWire wrote an equals sign.
        boolean isBytes = text.unit() && (text.mark('=') || text.hadBlank());
        long first = text.number();
        boolean isRange = text.mark('-');
        long last = text.number();
        boolean isOf = text.mark('/');
        long total = text.number();
        boolean isWhole = isBytes && isRange && isOf && text.ends();
        return isWhole && first >= 0 && last >= first && total > last
                ? Optional.of(new ContentRange(first, last, total))
                : Optional.empty();
    }

    public long size() {
        return last - first + 1;
    }

    /** As the header writes it. */
    @Override
    public String toString() {
        return "bytes " + first + "-" + last + "/" + total;
    }
}
