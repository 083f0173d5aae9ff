package praline.cli;

import com.google.common.collect.ImmutableMap;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command knows of the world it was started in.
 *
 * @param out for results
 * @param err for everything else
 * @param outIsTerminal whether a person reads {@code out}, as far as one can know
 * @param errIsTerminal whether a person reads {@code err}
 * @param environment variables, among them {@code PRALINE_*}
 */
record Terminal(
        PrintStream out,
        PrintStream err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        ImmutableMap<String, String> environment) {

    /**
     * Java 17 cannot ask whether stderr is a terminal, so the starting script says: o for stdout, e for stderr. Who
     * starts the jar without it gets the plain output.
     */
    private static final String TTY_PROPERTY = "praline.tty";

    /** This process. Text goes out in UTF-8 whatever the locale says. */
    static Terminal ofProcess() {
        String terminals = System.getProperty(TTY_PROPERTY, "");
        return new Terminal(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                terminals.contains("o"),
                terminals.contains("e"),
                ImmutableMap.copyOf(System.getenv()));
    }

    /** The value of a variable, or an empty text. */
    String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
