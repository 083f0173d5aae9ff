package praline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.util.Map;
import praline.cli.control.Json;
import praline.protocol.text.Printable;

/**
 * What a command says, in the form that the user asked for. All text passes {@link Printable} here, wherever it came
 * from; the only escape sequences are our own.
 */
final class Output {

    /** A result fits into this many columns. */
    static final int COLUMNS = 80;

    private static final String ESCAPE = "\u001b[";

    private final Terminal terminal;
    private final boolean isJson;
    private final boolean isQuiet;
    private final boolean isColoured;
    private boolean progressShows;

    Output(Terminal terminal, boolean isJson, boolean isQuiet, boolean noColor) {
        this.terminal = terminal;
        this.isJson = isJson;
        this.isQuiet = isQuiet;
        this.isColoured = terminal.outIsTerminal()
                && !noColor
                && terminal.variable("NO_COLOR").isEmpty()
                && !terminal.variable("TERM").equals("dumb");
    }

    /** Whether results are for machines. */
    boolean isJson() {
        return isJson;
    }

    /** One line of a result. */
    void line(String text) {
        raw(Printable.of(text));
    }

    /** One line of a result that is less important than the others. */
    void faint(String text) {
        raw(isColoured ? ESCAPE + "2m" + Printable.of(text) + ESCAPE + "0m" : Printable.of(text));
    }

    /** One line of a result that heads others. */
    void heading(String text) {
        raw(isColoured ? ESCAPE + "1m" + Printable.of(text) + ESCAPE + "0m" : Printable.of(text));
    }

    /** {@code value} as JSON on one line. */
    void json(Object value) {
        try {
            raw(Json.MAPPER.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something accepts connections at {@code address}; the one line that starters of nodes wait for. */
    void ready(String address) {
        if (isJson) {
            json(Map.of("ready", address));
        } else {
            line("ready " + address);
        }
    }

    /** Says to a person what goes on, unless they asked for silence. */
    synchronized void note(String text) {
        if (!isQuiet) {
            clearProgress();
            terminal.err().println(Printable.of(text));
        }
    }

    /** Shows how far the work is, in one line that the next one replaces; only a person at a terminal sees it. */
    synchronized void progress(String text) {
        if (terminal.errIsTerminal() && !isQuiet) {
            terminal.err().print("\r" + Printable.cut(text, COLUMNS - 1) + ESCAPE + "K");
            terminal.err().flush();
            progressShows = true;
        }
    }

    /** Takes the progress line away. */
    synchronized void clearProgress() {
        if (progressShows) {
            terminal.err().print("\r" + ESCAPE + "K");
            terminal.err().flush();
            progressShows = false;
        }
    }

    private synchronized void raw(String text) {
        clearProgress();
        terminal.out().println(text);
        if (terminal.out().checkError()) {
            throw new BrokenPipe();
        }
    }
}
