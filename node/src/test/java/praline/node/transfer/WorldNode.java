package praline.node.transfer;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import praline.node.engine.DialFailure;
import praline.node.engine.Host;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.LinkEngine;
import praline.node.engine.LinkPurpose;
import praline.protocol.Endpoint;
import praline.protocol.SplitMix64;

/** One place in the {@link World}: an address, a disk, and the engine that lives there. */
final class WorldNode implements Host<Object> {

    private static final int DIAL_MILLIS = 10;

    final Endpoint endpoint;
    final WorldDisk disk = new WorldDisk();

    /** Whether dials are answered. */
    boolean isUp = true;

    /** How long a job takes. */
    int diskMillis = 1;

    private final World world;
    private final SplitMix64 random;
    private @Nullable LinkEngine<TransferFrame> engine;
    private long tickets;

    WorldNode(World world, Endpoint endpoint, long seed) {
        this.world = world;
        this.endpoint = endpoint;
        this.random = SplitMix64.engineStream(seed, endpoint.ipv4(), 0);
    }

    <E extends LinkEngine<TransferFrame>> E install(E newEngine) {
        engine = newEngine;
        newEngine.onStart();
        return newEngine;
    }

    LinkEngine<TransferFrame> engine() {
        if (engine == null) {
            throw new IllegalStateException("nobody lives at " + endpoint);
        }
        return engine;
    }

    boolean hasEngine() {
        return engine != null;
    }

    @Override
    public long now() {
        return world.now();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public long dial(Endpoint to, LinkPurpose purpose) {
        long ticket = ++tickets;
        world.in(DIAL_MILLIS, () -> {
            WorldNode target = world.node(to);
            if (target == null || !target.isUp) {
                engine().onDialFailed(ticket, target == null ? DialFailure.TIMED_OUT : DialFailure.REFUSED);
            } else {
                world.connect(this, target, ticket);
            }
        });
        return ticket;
    }

    @Override
    public long submit(Job job) {
        long ticket = ++tickets;
        world.in(diskMillis, () -> {
            JobResult result = disk.run(job);
            engine().onJobDone(ticket, result);
        });
        return ticket;
    }

    @Override
    public boolean sendTo(Endpoint to, Object datagram) {
        throw new IllegalStateException("transfers send no datagrams");
    }
}
