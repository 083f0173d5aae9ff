package praline.cli;

/** A flat network refused our leaf; a flat peer may try. */
final class FlatNetwork extends RuntimeException {
    private static final long serialVersionUID = 1;

    FlatNetwork() {
        super("this is a flat network", null, false, false);
    }
}
