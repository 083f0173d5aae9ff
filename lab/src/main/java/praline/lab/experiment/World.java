package praline.lab.experiment;

/** Where the engines of an experiment run. */
public enum World {
    /** Real connections over the loopback interface, on the wall clock. */
    TCP("tcp", "tcp", "on real TCP connections inside one machine"),
    /** Virtual time with drawn delays: a function of the seed. */
    SIM("sim", "latency", "in virtual time, with delays of links drawn lognormal around 70 ms");

    private final String id;
    private final String mode;
    private final String circumstance;

    World(String id, String mode, String circumstance) {
        this.id = id;
        this.mode = mode;
        this.circumstance = circumstance;
    }

    /** How options and result files name it. */
    public String id() {
        return id;
    }

    /** How time passes there, as tables name it (spec/experiments.md section 5). */
    String mode() {
        return mode;
    }

    /** How something was measured there, as the end of a sentence. */
    public String circumstance() {
        return circumstance;
    }
}
