package praline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import praline.cli.Commands.Outcome;
import praline.cli.control.Json;

/** What all commands share: help, usage errors, exit codes, streams. */
class PralineTest {

    @Test
    void theVersionIsOneLine() {
        assertEquals(new Outcome(0, "praline 0.1.0\n", ""), Commands.praline("--version"));
    }

    @Test
    void helpFitsTheTerminalAndNamesTheExitCodes() {
        for (String[] arguments : new String[][] {{"--help"}, {"limits", "--help"}, {"config", "--help"}}) {
            Outcome outcome = Commands.praline(arguments);
            assertEquals(0, outcome.exitCode());
            assertTrue(outcome.lines().stream().allMatch(line -> line.length() <= 80), outcome.out());
        }
        assertTrue(Commands.praline("--help").out().contains("3     nothing was found"));
    }

    @Test
    void whatIsNotUnderstoodIsOneLineAndExitCodeTwo() {
        for (String[] arguments : new String[][] {{}, {"--nonsense"}, {"nonsense"}, {"limits", "--nonsense"}}) {
            Outcome outcome = Commands.praline(arguments);
            assertEquals(2, outcome.exitCode());
            assertEquals("", outcome.out());
            assertEquals(1, outcome.err().lines().count(), outcome.err());
            assertTrue(outcome.err().startsWith("praline: "), outcome.err());
            assertTrue(outcome.err().endsWith("--help says more\n"), outcome.err());
        }
    }

    @Test
    void aStackTraceIsShownToWhoAsksForIt() {
        assertTrue(Commands.praline("--nonsense", "--debug").err().contains("\tat picocli"));
    }

    @Test
    void whatTheUserTypedCannotActOnTheTerminal() {
        assertFalse(Commands.praline("--\u001b]52;c;aGk=\u0007").err().contains("\u001b"));
    }

    @Test
    void everyLimitIsInTheTableWithItsReason() throws IOException {
        Outcome outcome = Commands.praline("limits", "--json");
        assertEquals(NodeLimits.specs().size(), outcome.lines().size());
        for (String line : outcome.lines()) {
            JsonNode limit = Json.MAPPER.readTree(line);
            assertTrue(limit.get("key").asText().startsWith("limits."), line);
            assertTrue(limit.get("min").asLong() <= limit.get("value").asLong(), line);
            assertTrue(limit.get("value").asLong() <= limit.get("max").asLong(), line);
            assertFalse(limit.get("reason").asText().isBlank(), line);
        }
        assertTrue(Commands.praline("limits").lines().stream().allMatch(line -> line.length() <= 80));
    }

    @Test
    void coloursAreForPeopleWhoWantThem() {
        ImmutableMap<String, String> plain = ImmutableMap.of("HOME", "/nonexistent");
        assertTrue(Commands.atTerminal(plain).run("limits").out().contains("\u001b["));
        assertFalse(Commands.in(plain).run("limits").out().contains("\u001b["));
        assertFalse(Commands.atTerminal(plain).run("limits", "--no-color").out().contains("\u001b["));
        ImmutableMap<String, String> without = ImmutableMap.of("HOME", "/nonexistent", "NO_COLOR", "1");
        assertFalse(Commands.atTerminal(without).run("limits").out().contains("\u001b["));
        assertFalse(Commands.atTerminal(without).run("--help").out().contains("\u001b["));
    }

    @Test
    void aReaderWhoGoesAwayIsNoFailureToSpeakOf() {
        PrintStream broken = new PrintStream(new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                broken, new PrintStream(err, true, StandardCharsets.UTF_8), false, false, ImmutableMap.of());
        assertEquals(141, Praline.run(terminal, "limits"));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theManualPageDescribesEveryCommand() {
        String page = Commands.praline("man").out();
        assertTrue(page.startsWith(".TH PRALINE 1"));
        Praline.commandLine(Terminal.ofProcess(), new Settings(Terminal.ofProcess()))
                .getSubcommands()
                .keySet()
                .forEach(name -> assertTrue(page.contains(".SS \"praline " + name.replace("-", "\\-") + "\""), name));
        assertTrue(page.contains(".SH EXIT STATUS"));
    }
}
