package praline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.cli.Commands.Outcome;

/**
 * Which of several places a value comes from, seen through {@code praline limits}, {@code config} and {@code --json}.
 */
class SettingsTest {

    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void makeFolder() throws IOException {
        file = Files.createDirectories(home.resolve("praline")).resolve("config.yaml");
    }

    @Test
    void theOptionWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
        Files.writeString(file, "json: true\n");
        assertTrue(run().out().startsWith("{"));
        assertTrue(run("PRALINE_JSON", "false").out().startsWith("limits."));
        assertTrue(runWith(ImmutableMap.of("PRALINE_JSON", "false"), "limits", "--json")
                .out()
                .startsWith("{"));
    }

    @Test
    void mapsWithinMapsAndKeysWithDotsSayTheSame() throws IOException {
        Files.writeString(file, "limits:\n  frame:\n    query: 512\nlimits.frame.hit: 8_192\n");
        String table = run("PRALINE_LIMITS_FRAME_BYE", "600").out();
        assertTrue(table.contains("512 bytes (standard 1,024)"), table);
        assertTrue(table.contains("8,192 bytes (standard 16,384)"), table);
        assertTrue(table.contains("600 bytes (standard 4,096)"), table);
    }

    @Test
    void everyValueIsShownWithItsOrigin() throws IOException {
        Files.writeString(file, "\nquiet: true\nlimits.frame.query: 512\n");
        String table =
                runWith(ImmutableMap.of("PRALINE_JSON", "false"), "config").out();
        assertTrue(table.matches("(?s).*json +false +PRALINE_JSON\n.*"), table);
        assertTrue(table.matches("(?s).*quiet +true +" + file + ":2\n.*"), table);
        assertTrue(table.matches("(?s).*no-color +false +default\n.*"), table);
        assertTrue(table.matches("(?s).*limits.frame.query +512 +" + file + ":3\n.*"), table);
    }

    @Test
    void aSlipOfThePenIsAnErrorWithItsLineAndTheWordThatWasMeant() throws IOException {
        Files.writeString(file, "# mine\nlimits:\n  frame:\n    qery: 512\n");
        Outcome outcome = run();
        assertEquals(5, outcome.exitCode());
        assertEquals(
                "praline: there is no setting limits.frame.qery (did you mean limits.frame.query?): " + file + ":4\n",
                outcome.err());
    }

    @Test
    void aLimitOutsideItsRangeIsAnErrorWithItsRange() throws IOException {
        Files.writeString(file, "limits.frame.query: 5\n");
        Outcome outcome = run();
        assertEquals(5, outcome.exitCode());
        assertEquals("praline: limits.frame.query lies in 256..65536 bytes, but is 5: " + file + ":1\n", outcome.err());
    }

    @Test
    void whatIsNoYamlIsAnErrorWithItsLine() throws IOException {
        Files.writeString(file, "json: true\nquiet: [\n");
        Outcome outcome = run();
        assertEquals(5, outcome.exitCode());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().startsWith("praline: the settings are no YAML"), outcome.err());
        assertTrue(outcome.err().endsWith(file + ":2\n"), outcome.err());
    }

    private Outcome run(String... variable) {
        return runWith(variable.length == 0 ? ImmutableMap.of() : ImmutableMap.of(variable[0], variable[1]), "limits");
    }

    private Outcome runWith(ImmutableMap<String, String> variables, String... arguments) {
        ImmutableMap<String, String> environment = ImmutableMap.<String, String>builder()
                .put("XDG_CONFIG_HOME", home.toString())
                .putAll(variables)
                .buildOrThrow();
        return Commands.in(environment).run(arguments);
    }
}
