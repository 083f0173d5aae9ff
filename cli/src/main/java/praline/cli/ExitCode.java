package praline.cli;

/** How a command ends, for scripts. */
final class ExitCode {

    static final int OK = 0;
    /** It was tried and did not work. */
    static final int FAILED = 1;
    /** The command was not understood. */
    static final int USAGE = 2;

    static final int NOTHING_FOUND = 3;
    /** A port that is taken, a node that cannot be reached. */
    static final int NETWORK = 4;
    /** A folder or file that is missing, unreadable or not what it should be. */
    static final int BAD_INPUT = 5;
    /** A run ended, but not as it was meant to. */
    static final int NOT_AS_EXPECTED = 6;
    /** Stopped from the keyboard. */
    static final int INTERRUPTED = 130;
    /** Nobody reads what it prints; what a program killed by SIGPIPE ends with. */
    static final int BROKEN_PIPE = 141;

    private ExitCode() {}
}
