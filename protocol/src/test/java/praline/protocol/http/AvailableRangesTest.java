package praline.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;

/** Parts of a file in a header. */
class AvailableRangesTest {

    @Test
    void whatItWritesItReads() {
        AvailableRanges ranges = new AvailableRanges(
                ImmutableList.of(new AvailableRanges.Span(0, 10), new AvailableRanges.Span(20, 30)));

        assertThat(ranges).hasToString("bytes 0-10,20-30");
        assertThat(AvailableRanges.parse("bytes 0-10,20-30")).contains(ranges);
        assertThat(AvailableRanges.parse("bytes=0-10, 20-30")).contains(ranges);
        assertThat(AvailableRanges.parse("bytes")).contains(new AvailableRanges(ImmutableList.of()));
    }

    @Test
    void aByteLiesInOnePartOrInNone() {
        AvailableRanges ranges = AvailableRanges.parse("bytes 0-10,20-30").orElseThrow();

        assertThat(ranges.around(10)).contains(new AvailableRanges.Span(0, 10));
        assertThat(ranges.around(11)).isEmpty();
        assertThat(ranges.around(20)).contains(new AvailableRanges.Span(20, 30));
    }

    @Test
    void whatIsNoListOfPartsIsNotRead() {
        for (String text :
                new String[] {"", "0-10", "bytes 10-0", "bytes 0-", "bytes -5", "bytes 0-1;2-3", "bytes a-b"}) {
            assertThat(AvailableRanges.parse(text)).as(text).isEmpty();
        }
    }
}
