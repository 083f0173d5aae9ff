package praline.cli;

import java.util.List;

/**
 * The option that shows stack traces. It counts before the command line is understood, because that may be what fails.
 */
final class Debugging {

    static final String OPTION = "--debug";

    /** What the log appends to a line about an exception; see logback.xml. */
    private static final String TRACES_PROPERTY = "praline.log.traces";

    private static final String TRACES = "%ex";

    private Debugging() {}

    /** Lets the log show stack traces; to be called before anything is logged. */
    static void showTraces() {
        System.setProperty(TRACES_PROPERTY, TRACES);
    }

    /** For another JVM whose log nobody reads but to find a fault. */
    static String jvmOption() {
        return "-D" + TRACES_PROPERTY + "=" + TRACES;
    }

    static boolean isAskedFor(List<String> arguments) {
        return arguments.contains(OPTION);
    }
}
