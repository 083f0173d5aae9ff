package praline.lab.experiment;

import praline.node.overlay.DynamicQueryConfig;

/** Where the engines of an experiment run. */
public enum World {
    /** Real connections over the loopback interface, on the wall clock. */
    TCP(
            "tcp",
            "tcp",
            "on real TCP connections inside one machine",
            DynamicQueryConfig.STANDARD.hastened(DynamicQueryConfig.LOOPBACK_HASTE)),
    /** Virtual time with drawn delays: a function of the seed. */
    SIM(
            "sim",
            "latency",
            "in virtual time, with delays of links drawn lognormal around 70 ms",
            DynamicQueryConfig.STANDARD);

    private final String id;
    private final String mode;
    private final String circumstance;
    private final DynamicQueryConfig querying;

    World(String id, String mode, String circumstance, DynamicQueryConfig querying) {
        this.id = id;
        this.mode = mode;
        this.circumstance = circumstance;
        this.querying = querying;
    }

    /** How supernodes ask each other one by one there: where answers are at hand, they wait a twentieth. */
    DynamicQueryConfig querying() {
        return querying;
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
