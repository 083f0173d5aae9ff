package praline.lab.sim;

import com.google.common.base.Preconditions;
import praline.protocol.SplitMix64;

/** How long a message takes from one end of a link to the other. Order on one link is kept whatever the delays say. */
public sealed interface NetworkModel {

    /** What is drawn once for a link, in ms; handed to {@link #messageDelay} for each of its messages. */
    int linkDelay(SplitMix64 delays);

    /** How long one message takes, in ms, 1 or more. */
    int messageDelay(int linkDelay, SplitMix64 delays);

    /** Every message takes one tick, 1 ms of engine time, as the literature counts. */
    record Synchronous() implements NetworkModel {
        @Override
        public int linkDelay(SplitMix64 delays) {
            return 1;
        }

        @Override
        public int messageDelay(int linkDelay, SplitMix64 delays) {
            return 1;
        }
    }

    /** A delay drawn for each message, uniform between two bounds in ms (spec/experiments.md E1b). */
    record PerMessage(int min, int max) implements NetworkModel {
        public PerMessage {
            Preconditions.checkArgument(1 <= min && min <= max, "delays from %s to %s ms", min, max);
        }

        @Override
        public int linkDelay(SplitMix64 delays) {
            return 0;
        }

        @Override
        public int messageDelay(int linkDelay, SplitMix64 delays) {
            return min + delays.below(max - min + 1);
        }
    }

    /**
     * A delay drawn for each link, lognormal, rounded and at least 1 ms.
     *
     * @param medianMillis half the links are slower
     * @param sigma of the logarithm
     */
    record PerLink(double medianMillis, double sigma) implements NetworkModel {

        /** Half of a round trip whose 20th and 80th percentiles are 70 and 280 ms (spec/experiments.md section 3). */
        public static final PerLink INTERNET = new PerLink(70, 0.824);

        @Override
        public int linkDelay(SplitMix64 delays) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - delays.unit()));
            double normal = radius * StrictMath.cos(2 * StrictMath.PI * delays.unit());
            double drawn = medianMillis * StrictMath.exp(sigma * normal);
            return (int) Math.min(Math.max(StrictMath.rint(drawn), 1), Integer.MAX_VALUE);
        }

        @Override
        public int messageDelay(int linkDelay, SplitMix64 delays) {
            return linkDelay;
        }
    }
}
