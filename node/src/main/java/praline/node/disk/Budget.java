package praline.node.disk;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import praline.node.transfer.TransferLimits;

/**
 * The room that all unfinished downloads of a node have to share. One begins only when all of them fit to their ends
 * (spec/hardening.md D5, D6): setting a file's length would prove nothing.
 */
final class Budget {

    private final Room room;
    private final TransferLimits.Download limits;
    private final List<LongSupplier> missing = new CopyOnWriteArrayList<>();
    private long writtenSinceCheck;

    Budget(Room room, TransferLimits.Download limits) {
        this.room = room;
        this.limits = limits;
    }

    /**
     * {@code bytes} tells what a kind of download will still write. It must not wait for anything that asks for room.
     */
    void add(LongSupplier bytes) {
        missing.add(bytes);
    }

    Room room() {
        return room;
    }

    /** Fails when {@code more} bytes do not fit beside what is promised already. */
    void require(long more) throws IOException {
        room.require(promised() + more);
    }

    /** Looks at the room again when enough was written since the last look. */
    void wrote(long size) throws IOException {
        if (isTimeToLook(size)) {
            require(0);
        }
    }

    /** The right error for one that a write has met. */
    IOException explained(IOException cause) throws IOException {
        return room.explained(cause, promised());
    }

    private synchronized boolean isTimeToLook(long size) {
        writtenSinceCheck += size;
        boolean isTime = writtenSinceCheck >= limits.diskCheckBytes();
        if (isTime) {
            writtenSinceCheck = 0;
        }
        return isTime;
    }

    private long promised() {
        return missing.stream().mapToLong(LongSupplier::getAsLong).sum() + limits.diskReserve();
    }
}
