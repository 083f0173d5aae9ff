package praline.lab.failover;

import java.util.function.BooleanSupplier;
import praline.lab.sim.Simulation;

/** A condition that costs too much to be looked at after every event: it is looked at once a second. */
final class Sometimes implements BooleanSupplier {

    private static final long PAUSE_MILLIS = 1_000;

    private final Simulation sim;
    private final BooleanSupplier condition;
    private long notBefore;

    Sometimes(Simulation sim, BooleanSupplier condition) {
        this.sim = sim;
        this.condition = condition;
    }

    @Override
    public boolean getAsBoolean() {
        if (sim.now() < notBefore) {
            return false;
        }
        notBefore = sim.now() + PAUSE_MILLIS;
        return condition.getAsBoolean();
    }
}
