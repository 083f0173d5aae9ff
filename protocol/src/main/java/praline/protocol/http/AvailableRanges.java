package praline.protocol.http;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import java.util.Optional;

/**
 * Which parts of a file a sharer has that has not got all of it yet, as {@code X-Available-Ranges} says it
 * (spec/gnutella-download.md section 4).
 *
 * <pre>bytes 0-10,20-30</pre>
 *
 * @param spans in the order of the header
 */
@Immutable
public record AvailableRanges(ImmutableList<Span> spans) {

    /** More parts than this are not said, so that the header stays short. */
    public static final int SPANS_MAX = 50;

    /** Bytes from {@code first} to {@code last}, both inclusive. */
    @Immutable
    public record Span(long first, long last) {

        public Span {
            if (first < 0 || last < first) {
                throw new IllegalArgumentException("no part of a file: " + first + "-" + last);
            }
        }
    }

    /** Reads the value of the header; empty for what cannot be read. Of too many parts the first are kept. */
    public static Optional<AvailableRanges> parse(String header) {
        RangeText text = new RangeText(header);
        if (!text.unit()) {
            return Optional.empty();
        }
        text.mark('=');
        ImmutableList.Builder<Span> spans = ImmutableList.builder();
        for (int count = 0; count < SPANS_MAX && !text.ends(); count++) {
            long first = text.number();
            boolean isSpan = text.mark('-');
            long last = text.number();
            if (!isSpan || first < 0 || last < first || !(text.mark(',') || text.ends())) {
                return Optional.empty();
            }
            spans.add(new Span(first, last));
        }
        return Optional.of(new AvailableRanges(spans.build()));
    }

    /** The part that {@code offset} lies in. */
    public Optional<Span> around(long offset) {
        return spans.stream()
                .filter(span -> span.first() <= offset && offset <= span.last())
                .findFirst();
    }

    /** As the header says it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("bytes");
        String separator = " ";
        for (Span span : spans) {
            text.append(separator).append(span.first()).append('-').append(span.last());
            separator = ",";
        }
        return text.toString();
    }
}
