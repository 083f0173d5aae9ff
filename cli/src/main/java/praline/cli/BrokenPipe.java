package praline.cli;

/** Nobody reads the results any more; the command ends in silence (spec/hardening.md O6). */
final class BrokenPipe extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokenPipe() {
        super("nobody reads the results", null, false, false);
    }
}
