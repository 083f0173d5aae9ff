package praline.protocol.gnutella;

import java.util.zip.Deflater;

/**
 * The sending end of a compressed link: one zlib stream for its whole life, flushed whenever something is taken
 * (spec/gnutella.md 2.7). Holds memory outside the heap until it is closed.
 */
final class LinkDeflater implements AutoCloseable {

    private static final int STEP = 4_096;

    private final Deflater deflater = new Deflater();

    /** Deflates all of {@code source} into {@code target}, so that the receiver can inflate all of it. */
    void deflate(ByteQueue source, ByteQueue target) {
        deflater.setInput(source.takeAll());
        int written;
        do {
            written = deflater.deflate(target.space(STEP), Deflater.SYNC_FLUSH);
            target.giveBack(STEP - written);
        } while (written == STEP);
    }

    @Override
    public void close() {
        deflater.end();
    }
}
