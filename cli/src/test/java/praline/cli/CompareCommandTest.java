package praline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.cli.Commands.Outcome;
import praline.cli.control.Json;

/** {@code praline compare}: the table, the folder and the exit code; what is measured is tested in the laboratory. */
class CompareCommandTest {

    @TempDir
    private Path folder;

    @Test
    void aComparisonInVirtualTimePrintsATableAndLeavesAReport() throws IOException {
        Outcome outcome = compare("--out", folder.toString());

        assertEquals(0, outcome.exitCode(), outcome.err());
        assertTrue(outcome.lines().stream().allMatch(line -> line.length() <= 80), outcome.out());
        assertTrue(outcome.out().contains("messages per query"));
        assertTrue(Files.readString(folder.resolve("report.html")).contains("<svg"));
        assertTrue(Files.exists(folder.resolve("result.json")));
        assertTrue(Files.exists(folder.resolve("compare.csv")));
    }

    @Test
    void theSameSeedGivesTheSameResultFile() throws IOException {
        Outcome first = compare("--json", "--out", folder.resolve("first").toString());
        compare("--json", "--out", folder.resolve("second").toString());

        String result = Files.readString(folder.resolve("first/result.json"));
        assertEquals(result, Files.readString(folder.resolve("second/result.json")));
        JsonNode printed = Json.MAPPER.readTree(first.out());
        assertEquals(Json.MAPPER.readTree(result), printed);
    }

    @Test
    void aDistributionPrintsATableAndLeavesAReport() throws IOException {
        Outcome outcome = distribute("--peers", "2,4");

        assertEquals(0, outcome.exitCode(), outcome.err());
        assertTrue(outcome.lines().stream().allMatch(line -> line.length() <= 80), outcome.out());
        assertTrue(outcome.out().contains("4 swarm"));
        assertTrue(Files.readString(folder.resolve("report.html")).contains("<svg"));
        assertTrue(Files.exists(folder.resolve("distribution.csv")));
    }

    @Test
    void aDistributionThatCannotBeIsSaidInOneLine() {
        for (Outcome outcome : java.util.List.of(distribute("--peers", "0"), distribute("--piece", "50000"))) {
            assertEquals(1, outcome.err().lines().count(), outcome.err());
            assertEquals(2, outcome.exitCode());
        }
        assertEquals(2, distribute("--us", "fast").exitCode());
    }

    @Test
    void whatCannotBeComparedIsSaidInOneLine() {
        Outcome tooFew = Commands.praline("compare", "--on", "sim", "--supernodes", "1", "--out", folder.toString());
        assertEquals(1, tooFew.err().lines().count(), tooFew.err());
        assertEquals(2, tooFew.exitCode());
        Outcome noFolder = compare("--share", folder.resolve("nowhere").toString(), "--out", folder.toString());
        assertEquals(1, noFolder.err().lines().count(), noFolder.err());
        assertEquals(5, noFolder.exitCode());
        Outcome noMode = compare("--mode", "ultra", "--out", folder.toString());
        assertEquals(2, noMode.exitCode());
        assertTrue(noMode.err().contains("\"ultra\" is none of index, qrp"), noMode.err());
    }

    private Outcome distribute(String... options) {
        String[] fixed = {
            "compare", "--distribution", "--on", "sim", "--size", "1M", "--piece", "16K", "--out", folder.toString()
        };
        String[] all = java.util.Arrays.copyOf(fixed, fixed.length + options.length);
        System.arraycopy(options, 0, all, fixed.length, options.length);
        return Commands.praline(all);
    }

    private static Outcome compare(String... options) {
        String[] fixed = {"compare", "--on", "sim", "--nodes", "20", "--supernodes", "3", "--queries", "40"};
        String[] all = java.util.Arrays.copyOf(fixed, fixed.length + options.length);
        System.arraycopy(options, 0, all, fixed.length, options.length);
        return Commands.praline(all);
    }
}
