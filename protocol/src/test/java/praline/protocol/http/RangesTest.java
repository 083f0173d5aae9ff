package praline.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import praline.protocol.testing.Seeds;

/** Ranges that are asked for and ranges that are given. */
class RangesTest {

    @Test
    void oneRangeIsReadAndClampedToTheFile() {
        assertThat(asked("bytes=0-99", 100)).isEqualTo(new RangeAsked.Part(0, 99));
        assertThat(asked("bytes=10-", 100)).isEqualTo(new RangeAsked.Part(10, 99));
        assertThat(asked("bytes=99-1000", 100)).isEqualTo(new RangeAsked.Part(99, 99));
        assertThat(asked("bytes=-30", 100)).isEqualTo(new RangeAsked.Part(70, 99));
        assertThat(asked("bytes=-300", 100)).isEqualTo(new RangeAsked.Part(0, 99));
        assertThat(asked(" Bytes = 1 - 2 ", 100)).isEqualTo(new RangeAsked.Part(1, 2));
        assertThat(RangeAsked.of(Optional.empty(), 100)).isEqualTo(new RangeAsked.Whole());
    }

    @Test
    void whatBeginsBehindTheEndIsTheLastByte() {
        for (String header : new String[] {"bytes=100-", "bytes=100-200", "bytes=999999999999999999-"}) {
            assertThat(asked(header, 100)).as(header).isEqualTo(new RangeAsked.Part(99, 99));
        }
    }

    @Test
    void noByteAndNoFileAreOutside() {
        assertThat(asked("bytes=-0", 100)).isEqualTo(new RangeAsked.Outside());
        assertThat(asked("bytes=0-", 0)).isEqualTo(new RangeAsked.Outside());
        assertThat(asked("bytes=-5", 0)).isEqualTo(new RangeAsked.Outside());
    }

    @Test
    void moreThanOneRangeAndWhatIsNoneIsUnreadable() {
        String[] headers = {
            "",
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=a-b",
            "bytes=5-4",
            "bytes=0-1,2-3",
            "bytes=0-1, bytes=2-3",
            "byte=0-1",
            "items=0-1",
            "bytes 0-1",
            "bytes=0-1-",
            "bytes=+1-2",
            "bytes=0x1-",
            "bytes=1-9999999999999999999",
            "bytes=--5",
        };
        for (String header : headers) {
            assertThat(asked(header, 100)).as(header).isEqualTo(new RangeAsked.Unreadable());
        }
    }

    @Test
    void whatIsGivenIsWrittenAndRead() {
        Seeds.check(1_000, random -> {
            long first = random.nextLong(1L << 40);
            long last = first + random.nextLong(1L << 40);
            ContentRange range = new ContentRange(first, last, last + 1 + random.nextLong(1L << 40));
            assertThat(ContentRange.parse(range.toString())).contains(range);
        });
        assertThat(ContentRange.parse("Bytes=0-9/10")).contains(new ContentRange(0, 9, 10));
        assertThat(ContentRange.parse("bytes 0 - 9 / 10 ").orElseThrow().size()).isEqualTo(10);
    }

    @Test
    void aRangeThatNoFileHasIsNone() {
        String[] headers = {
            "",
            "bytes",
            "bytes0-9/10",
            "bytes */10",
            "bytes 0-9/*",
            "bytes 0-9",
            "bytes 9-0/10",
            "bytes 0-10/10",
            "bytes -9/10",
            "bytes 0-9/10/11",
            "0-9/10",
            "bytes 0-9999999999999999999/1",
        };
        for (String header : headers) {
            assertThat(ContentRange.parse(header)).as(header).isEmpty();
        }
        assertThatThrownBy(() -> new ContentRange(5, 4, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    private static RangeAsked asked(String header, long size) {
        return RangeAsked.of(Optional.of(header), size);
    }
}
