package praline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** How long a seed stays, and how people say so. */
class StayTest {

    private static final long GIGABYTE = 1_000_000_000;

    private static final class Line {
        @Mixin
        private SwarmOptions options;

        @Parameters
        private List<String> rest = List.of();
    }

    @Test
    void withoutABoundItNeverEnds() {
        Stay forever = new Stay.Converter().convert("forever");
        assertFalse(forever.isOver(1e9, Long.MAX_VALUE, 1));
        assertTrue(Stay.NOT.isOver(0, 0, GIGABYTE));
    }

    @Test
    void secondsAndRatiosEndIt() {
        Stay minute = new Stay.Converter().convert("60");
        assertFalse(minute.isOver(59.9, 10 * GIGABYTE, GIGABYTE));
        assertTrue(minute.isOver(60, 0, GIGABYTE));
        Stay twice = new Stay.Converter().convert("Ratio:1.5");
        assertFalse(twice.isOver(1e9, GIGABYTE, GIGABYTE));
        assertTrue(twice.isOver(0, 3 * GIGABYTE / 2, GIGABYTE));
    }

    @Test
    void nothingElseIsATime() {
        for (String text : List.of("", "long", "-1", "NaN", "ratio:", "ratio:-1", "Infinity", "1m")) {
            assertThrows(TypeConversionException.class, () -> new Stay.Converter().convert(text), text);
        }
    }

    @Test
    void theOptionTakesOnlyWhatIsItsOwn() {
        Line bare = parse("--stay", "a.torrent");
        assertEquals(List.of("a.torrent"), bare.rest);
        assertFalse(bare.options.stay().isOver(1e9, GIGABYTE, 1));
        Line last = parse("a.torrent", "--stay");
        assertFalse(last.options.stay().isOver(1e9, GIGABYTE, 1));
        Line timed = parse("--stay", "5", "a.torrent");
        assertEquals(List.of("a.torrent"), timed.rest);
        assertTrue(timed.options.stay().isOver(5, 0, 1));
        assertTrue(parse("--stay=5").options.stay().isOver(5, 0, 1));
        assertTrue(parse("a.torrent").options.stay().isOver(0, 0, 1));
    }

    private static Line parse(String... arguments) {
        Line line = new Line();
        new CommandLine(line).parseArgs(arguments);
        return line;
    }
}
