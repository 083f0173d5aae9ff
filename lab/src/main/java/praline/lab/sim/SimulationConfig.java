package praline.lab.sim;

/**
 * What a run in virtual time depends on, besides the calls from outside.
 *
 * @param seed of every stream of chance in it
 * @param network how long messages take
 * @param boundedLinks whether links take no more than the budget of their protocol, as sockets do; literature
 *     experiments have no such bound
 * @param throughBytes whether each message is encoded and decoded on its way, to show that the bytes lose nothing
 * @param permutesTies whether what happens at one instant happens in another order than that of sending, drawn from the
 *     seed; messages of one link keep theirs
 */
public record SimulationConfig(
        long seed, NetworkModel network, boolean boundedLinks, boolean throughBytes, boolean permutesTies) {

    /** Every message takes one tick; links without bound. */
    public static SimulationConfig synchronous(long seed) {
        return new SimulationConfig(seed, new NetworkModel.Synchronous(), false, false, false);
    }

    public SimulationConfig withNetwork(NetworkModel other) {
        return new SimulationConfig(seed, other, boundedLinks, throughBytes, permutesTies);
    }

    public SimulationConfig withBoundedLinks() {
        return new SimulationConfig(seed, network, true, throughBytes, permutesTies);
    }

    public SimulationConfig withThroughBytes() {
        return new SimulationConfig(seed, network, boundedLinks, true, permutesTies);
    }

    public SimulationConfig withPermutedTies() {
        return new SimulationConfig(seed, network, boundedLinks, throughBytes, true);
    }
}
