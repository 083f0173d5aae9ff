package praline.node.disk;

import com.google.common.collect.Range;
import com.google.common.collect.TreeRangeSet;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import praline.protocol.Sha1;

/**
 * The bytes of one unfinished download, and a record of how many of them are safe. Blocks may come in any order and
 * from several threads; what counts is the part without a gap from the beginning.
 *
 * <p>The order that makes a resumed download right even after a power failure (spec/hardening.md D2): bytes are
 * written, then forced, then recorded. So the record can lag behind the file, never run ahead of it.
 */
final class PartialFile implements Closeable {

    private static final int NANOS_PER_MILLI = 1_000_000;

    private final Path data;
    private final PartialRecord record;
    private final long size;
    private final FileChannel channel;
    private final long syncNanos;
    private final TreeRangeSet<Long> written = TreeRangeSet.create();
    private long recorded;
    private long recordedAt;

    private PartialFile(Path data, PartialRecord record, long size, long present, int syncMillis, FileChannel channel) {
        this.data = data;
        this.record = record;
        this.size = size;
        this.channel = channel;
        this.syncNanos = (long) syncMillis * NANOS_PER_MILLI;
        this.recorded = present;
        this.recordedAt = System.nanoTime();
        if (present > 0) {
            written.add(Range.closedOpen(0L, present));
        }
    }

    /** Begins a download of {@code size} bytes. Its record stands on the disk before the first byte can (D4). */
    static PartialFile create(Path folder, Sha1 sha1, long size, int syncMillis) throws IOException {
        Path data = dataOf(folder, sha1);
        PartialRecord record = new PartialRecord(folder, sha1);
        Files.deleteIfExists(data);
        record.write(new PartialRecord.Extent(size, 0));
        FileChannel channel = FileChannel.open(
                data, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return new PartialFile(data, record, size, 0, syncMillis, channel);
    }

    /** Goes on where {@code extent} says that an earlier run had come to; what lies behind it is not trusted. */
    static PartialFile resume(Path folder, Sha1 sha1, PartialRecord.Extent extent, int syncMillis) throws IOException {
        Path data = dataOf(folder, sha1);
        FileChannel channel = FileChannel.open(
                data,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        long present = Math.min(extent.safe(), channel.size());
        channel.truncate(present);
        return new PartialFile(data, new PartialRecord(folder, sha1), extent.size(), present, syncMillis, channel);
    }

    long size() {
        return size;
    }

    /** How many bytes there are from the beginning without a gap. */
    synchronized long present() {
        Range<Long> first = written.rangeContaining(0L);
        return first == null ? 0 : first.upperEndpoint();
    }

    /** How many bytes are still to be written. */
    synchronized long missing() {
        long missing = size;
        for (Range<Long> range : written.asRanges()) {
            missing -= range.upperEndpoint() - range.lowerEndpoint();
        }
        return missing;
    }

    synchronized void write(long offset, ByteBuffer bytes) throws IOException {
        long end = offset + bytes.remaining();
        if (offset < 0 || end > size) {
            throw new IllegalArgumentException("bytes " + offset + ".." + end + " of a file of " + size);
        }
        for (long position = offset; bytes.hasRemaining(); ) {
            position += channel.write(bytes, position);
        }
        written.add(Range.closedOpen(offset, end));
        if (System.nanoTime() - recordedAt >= syncNanos) {
            record();
        }
    }

    /** Brings what is written to the disk, and then the record of it. */
    synchronized void record() throws IOException {
        long present = present();
        if (present != recorded) {
            channel.force(false);
            record.write(new PartialRecord.Extent(size, present));
            recorded = present;
        }
        recordedAt = System.nanoTime();
    }

    /** The SHA-1 of the file as it can be read back. Writes nothing (D9). */
    synchronized Sha1 hash() throws IOException {
        return ContentHash.of(channel);
    }

    Path data() {
        return data;
    }

    /** Closes the file; the record is left as it is. */
    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }

    /** Forgets everything about a download that is not open, at any stage. */
    static void delete(Path folder, Sha1 sha1) throws IOException {
        new PartialRecord(folder, sha1).delete();
        Files.deleteIfExists(dataOf(folder, sha1));
    }

    private static Path dataOf(Path folder, Sha1 sha1) {
        return folder.resolve(sha1.base32() + ".part");
    }
}
