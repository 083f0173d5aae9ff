package praline.node.transfer;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import praline.node.engine.CloseReason;
import praline.node.engine.Link;
import praline.node.transfer.TransferFrame.ReceivedPart;
import praline.node.transfer.TransferFrame.SharedPart;
import praline.protocol.Endpoint;

/** One end of a link in the {@link World}: frames arrive in order after a while, and wait while nobody reads them. */
final class WorldLink implements Link<TransferFrame> {

    static final int BUDGET = 65_536;
    private static final int LATENCY_MILLIS = 5;

    private final World world;
    private final WorldNode owner;
    private @Nullable WorldLink other;
    private final Deque<TransferFrame> arrived = new ArrayDeque<>();
    private @Nullable Object attachment;
    private boolean isReading = true;
    private boolean isClosed;
    private boolean isRefused;
    private boolean isTold;

    /** Bytes sent that the other end's engine has not taken yet. */
    private int underWay;

    WorldLink(World world, WorldNode owner) {
        this.world = world;
        this.owner = owner;
    }

    void join(WorldLink otherEnd) {
        other = otherEnd;
    }

    @Override
    public Endpoint remote() {
        return other().owner.endpoint;
    }

    @Override
    public int room() {
        return Math.max(0, BUDGET - underWay);
    }

    @Override
    public boolean send(TransferFrame frame) {
        if (isClosed) {
            return false;
        }
        if (frame.wireSize() > room()) {
            isRefused = true;
            return false;
        }
        underWay += frame.wireSize();
        TransferFrame carried = frame instanceof SharedPart part
                ? new ReceivedPart(
                        new WorldBlock(world, ((WorldPlace) part.file().place()).content, part.offset(), part.size()))
                : frame;
        world.in(LATENCY_MILLIS, () -> other().arrive(carried));
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
        world.in(LATENCY_MILLIS, () -> other().arriveEnd());
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

    private void arrive(TransferFrame frame) {
        arrived.add(frame);
        deliver();
    }

    private void arriveEnd() {
        if (isClosed || (isReading && arrived.isEmpty())) {
            isClosed = true;
            tell(CloseReason.REMOTE_CLOSED);
        } else {
            world.in(LATENCY_MILLIS, this::arriveEnd);
        }
    }

    private void deliver() {
        while (isReading && !isClosed && !arrived.isEmpty()) {
            TransferFrame frame = arrived.remove();
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
        if (!isTold) {
            isTold = true;
            drop();
            owner.engine().onLinkClosed(this, why);
        }
    }

    private void drop() {
        for (TransferFrame frame : arrived) {
            if (frame instanceof ReceivedPart part) {
                part.block().release();
            }
        }
        arrived.clear();
    }

    WorldLink other() {
        if (other == null) {
            throw new IllegalStateException("a link with one end");
        }
        return other;
    }
}
