package praline.protocol;

/**
 * What the user gave or asked for cannot be had: a folder that is not there, a port that is taken. It travels up to the
 * command line, which prints one line and ends with {@link Kind#exitCode()} (ARCHITECTURE.md). Never thrown for what a
 * stranger sent.
 */
public final class UserError extends RuntimeException {

    /** How the program ends: the exit code and what it stands for. */
    public enum Kind {
        /** It was tried and did not work: a full disk, a state folder in use, bytes that do not verify. */
        FAILED(1),
        /** The command was not understood. */
        USAGE(2),
        /** A port that is taken, a node that cannot be reached. */
        NETWORK(4),
        /** A folder or file that is missing, unreadable or not what it should be. */
        BAD_INPUT(5);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;
    private final String what;
    private final String where;

    /**
     * @param what is wrong, in a few words without a full stop: {@code "the share folder is not there"}
     * @param where the place that the user knows it by: a path, an address, an option
     */
    public UserError(Kind kind, String what, String where) {
        super(what + ": " + where);
        this.kind = kind;
        this.what = what;
        this.where = where;
    }

    public Kind kind() {
        return kind;
    }

    public String what() {
        return what;
    }

    public String where() {
        return where;
    }
}
