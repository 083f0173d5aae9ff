package praline.protocol.gnutella;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import praline.protocol.Defect;

/**
 * The receiving end of a compressed link: one zlib stream for its whole life (spec/gnutella.md 2.7). It inflates a step
 * at a time, when asked, so that a bomb can be stopped between two steps (spec/hardening.md W4). Holds memory outside
 * the heap until it is closed.
 */
final class LinkInflater implements AutoCloseable {

    /** Room that is offered for each byte that arrived: small chunks shall not cost a whole step of memory. */
    private static final int ROOM_PER_BYTE = 16;

    private static final byte[] NOTHING = {};

    private final Inflater inflater = new Inflater();
    private final int step;
    private boolean isFull;
    private boolean isDamaged;

    LinkInflater(int step) {
        this.step = step;
    }

    /** Whether {@link #inflate} has anything to do. */
    boolean mayHaveMore(ByteQueue source) {
        return isFull || isDamaged || !source.isEmpty();
    }

    /**
     * Inflates at most one step from {@code source} into {@code target}; says how many bytes came out. What came before
     * the damage of a stream comes out first, so that it does not matter how the stream was cut.
     */
    int inflate(ByteQueue source, ByteQueue target) throws Defective {
        int room = Math.min(step, ROOM_PER_BYTE * (1 + Math.min(step, source.size())));
        int produced = isDamaged ? 0 : inflateStep(source, target, room);
        if (produced == 0 && (isDamaged || inflater.finished() || inflater.needsDictionary())) {
            throw new Defective(Defect.BAD_DEFLATE, 0);
        }
        return produced;
    }

    private int inflateStep(ByteQueue source, ByteQueue target, int room) {
        long before = inflater.getBytesWritten();
        ByteBuffer in = source.view();
        ByteBuffer out = target.space(room);
        inflater.setInput(in);
        try {
            while (out.hasRemaining() && inflater.inflate(out) > 0) {
                // until there is no more room or nothing more comes out
            }
        } catch (DataFormatException e) {
            isDamaged = true;
        }
        inflater.setInput(NOTHING);
        source.advanceTo(in);
        int produced = Math.toIntExact(inflater.getBytesWritten() - before);
        target.giveBack(room - produced);
        isFull = produced == room;
        return produced;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
