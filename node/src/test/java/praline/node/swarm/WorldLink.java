package praline.node.swarm;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import praline.node.engine.CloseReason;
import praline.node.engine.Link;
import praline.node.swarm.SwarmFrame.OwnBlock;
import praline.node.swarm.SwarmFrame.ReceivedBlock;
import praline.protocol.Endpoint;

/** One end of a link in the {@link SwarmWorld}: frames arrive in order after a while, and wait while nobody reads. */
final class WorldLink implements Link<SwarmFrame> {

    static final int BUDGET = 262_144;

    private final SwarmWorld world;
    private final WorldNode owner;
    private final Endpoint remote;
    private @Nullable WorldLink other;
    private final Deque<SwarmFrame> arrived = new ArrayDeque<>();
    private @Nullable Object attachment;
    private boolean isReading = true;
    private boolean isClosed;
    private boolean isRefused;
    private boolean isTold;

    /** Bytes sent that the other end's engine has not taken yet. */
    private int underWay;

    WorldLink(SwarmWorld world, WorldNode owner, Endpoint remote) {
        this.world = world;
        this.owner = owner;
        this.remote = remote;
    }

    void join(WorldLink otherEnd) {
        other = otherEnd;
    }

    WorldNode owner() {
        return owner;
    }

    /** Whether the engine at this end has heard of its end, or lives no longer. */
    boolean isOver() {
        return isTold;
    }

    @Override
    public Endpoint remote() {
        return remote;
    }

    @Override
    public int room() {
        return Math.max(0, BUDGET - underWay);
    }

    @Override
    public boolean send(SwarmFrame frame) {
        if (isClosed) {
            return false;
        }
        if (frame.wireSize() > room()) {
            isRefused = true;
            return false;
        }
        underWay += frame.wireSize();
        SwarmFrame carried = frame instanceof OwnBlock own ? given(own) : frame;
        world.in(owner.leavesIn(frame.wireSize()) + world.latencyMillis, () -> other().arrive(carried));
        return true;
    }

    @Override
    public void read(boolean on) {
        isReading = on;
        if (on) {
            world.in(0, this::deliver);
        }
    }

    /** What was sent goes out before the end of it. */
    @Override
    public void close(CloseReason why) {
        if (isClosed) {
            return;
        }
        isClosed = true;
        if (why == CloseReason.PROTOCOL_ERROR) {
            owner.thrownOut.add(other().owner.endpoint);
        }
        world.in(owner.leavesIn(0) + world.latencyMillis, () -> other().arriveEnd());
        world.in(0, () -> tell(why));
    }

    /** The connection breaks: both ends hear of it at once, and what is under way is lost. */
    void reset() {
        isClosed = true;
        other().isClosed = true;
        tell(CloseReason.RESET);
        other().tell(CloseReason.RESET);
    }

    @Override
    public @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void attach(@Nullable Object state) {
        attachment = state;
    }

    /** The block as it comes out of the disk, which must have it: whoever offers a piece has it (V10). */
    private SwarmFrame given(OwnBlock own) {
        if (!owner.disk.has(own.torrent(), own.piece())) {
            throw new AssertionError(owner.endpoint + " gives piece " + own.piece() + " that it does not have");
        }
        owner.blocksGiven++;
        int version = owner.disk.isRotten(own.torrent(), own.piece())
                ? WorldBlock.ROTTEN
                : owner.giving.version(own.piece(), own.begin(), other().owner.endpoint);
        WorldBlock block = new WorldBlock(world, own.torrent(), own.piece(), own.begin(), own.length(), version);
        return new ReceivedBlock(own.piece(), own.begin(), block);
    }

    private void arrive(SwarmFrame frame) {
        if (owner.isSilent || other().owner.isSilent) {
            release(frame);
            return;
        }
        arrived.add(frame);
        deliver();
    }

    private void arriveEnd() {
        if (owner.isSilent || other().owner.isSilent) {
            return;
        }
        if (isClosed || (isReading && arrived.isEmpty())) {
            isClosed = true;
            tell(CloseReason.REMOTE_CLOSED);
        } else {
            world.in(world.latencyMillis, this::arriveEnd);
        }
    }

    private void deliver() {
        while (isReading && !isClosed && !arrived.isEmpty()) {
            SwarmFrame frame = arrived.remove();
            other().taken(frame.wireSize());
            world.trace(owner, frame);
            owner.engine().onMessage(this, frame);
        }
        if (isClosed) {
            drop();
        }
    }

    private void taken(int size) {
        underWay -= size;
        if (isRefused && underWay <= BUDGET / 2 && !isClosed) {
            isRefused = false;
            world.in(0, () -> {
                if (!isClosed) {
                    owner.engine().onWritable(this);
                }
            });
        }
    }

    private void tell(CloseReason why) {
        if (isTold) {
            return;
        }
        isTold = true;
        drop();
        if (owner.isAlive()) {
            owner.engine().onLinkClosed(this, why);
        }
    }

    private void drop() {
        arrived.forEach(WorldLink::release);
        arrived.clear();
    }

    private static void release(SwarmFrame frame) {
        if (frame instanceof ReceivedBlock received) {
            received.block().release();
        }
    }

    private WorldLink other() {
        if (other == null) {
            throw new IllegalStateException("a link with one end");
        }
        return other;
    }
}
