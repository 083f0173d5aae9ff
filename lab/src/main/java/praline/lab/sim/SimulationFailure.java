package praline.lab.sim;

/** An engine broke a rule, or broke: the run stops, and the message says how to bring it back. */
public final class SimulationFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    SimulationFailure(String where, Throwable cause) {
        super(where + ": " + cause, cause);
    }
}
