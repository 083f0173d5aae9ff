package praline.protocol.gnutella;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.WireLimits;

/**
 * Reads the GGEP blocks of one message (spec/gnutella.md 8.1):
 *
 * <pre>C3 | flags (1) | id (1..15) | data length (1..3, six bits a byte, high ones first) | data | flags …</pre>
 *
 * <p>Never throws. An extension whose data are damaged is passed over, and when the frame is broken the rest of the
 * block; all blocks that one reader reads inflate to a bounded number of bytes together (spec/hardening.md W5).
 */
public final class GgepReader {

    private static final int LENGTH_BYTES_MAX = 3;
    private static final int MORE_BIT = 0x80;
    private static final int END_BIT = 0x40;
    private static final int GROUP_MASK = 0x3F;
    private static final int INFLATE_STEP = 1_024;

    private final WireLimits.Ggep limits;
    private int mayInflate;

    /** A reader for the blocks of one message. */
    public GgepReader(WireLimits limits) {
        this.limits = limits.ggep();
        this.mayInflate = this.limits.inflated();
    }

    /** Reads the block that begins at {@code from}; {@link Ggep#NONE} when none begins there. */
    public Ggep read(Bytes bytes, int from) {
        if (from >= bytes.size() || bytes.at(from) != Ggep.MAGIC) {
            return Ggep.NONE;
        }
        Frames frames = new Frames(bytes, from + 1);
        ImmutableList.Builder<Ggep.Extension> extensions = ImmutableList.builder();
        int defects = 0;
        int count = 0;
        while (frames.next()) {
            Bytes data = ++count > limits.extensions() ? null : plain(frames.flags, frames.data());
            if (data == null) {
                defects++;
            } else {
                extensions.add(new Ggep.Extension(frames.id, data));
            }
        }
        if (frames.isBroken) {
            return new Ggep(extensions.build(), defects + 1, bytes.size());
        }
        return new Ggep(extensions.build(), defects, frames.at);
    }

    /** Undoes stuffing, then compression; null when either is damaged. */
    private @Nullable Bytes plain(int flags, Bytes data) {
        if ((flags & (Ggep.COBS_BIT | Ggep.DEFLATE_BIT)) == 0) {
            return data;
        }
        byte[] bytes = data.toArray();
        if ((flags & Ggep.COBS_BIT) != 0) {
            bytes = Cobs.decode(bytes);
        }
        if (bytes != null && (flags & Ggep.DEFLATE_BIT) != 0) {
            bytes = inflate(bytes);
        }
        return bytes == null ? null : Bytes.copyOf(bytes);
    }

    private byte @Nullable [] inflate(byte[] deflated) {
        ByteQueue inflated = new ByteQueue();
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(deflated);
            while (!inflater.finished()) {
                int room = Math.min(INFLATE_STEP, mayInflate - inflated.size() + 1);
                ByteBuffer out = inflated.space(room);
                int size = inflater.inflate(out);
                inflated.giveBack(room - size);
                if ((size == 0 && !inflater.finished()) || inflated.size() > mayInflate) {
                    return null;
                }
            }
        } catch (DataFormatException e) {
            return null;
        } finally {
            inflater.end();
        }
        mayInflate -= inflated.size();
        return inflated.takeAll();
    }

    /** Steps from extension to extension without looking into their data. */
    private static final class Frames {

        private final Bytes bytes;
        private int at;
        private int dataStart;
        private int flags;
        private String id = "";
        private boolean isLast;
        private boolean isBroken;

        Frames(Bytes bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        Bytes data() {
            return bytes.slice(dataStart, at);
        }

        /** Goes to the next extension; false behind the last one, and when the frame is broken. */
        boolean next() {
            if (isLast) {
                return false;
            }
            isBroken = !readFrame();
            return !isBroken;
        }

        private boolean readFrame() {
            if (at >= bytes.size()) {
                return false;
            }
            flags = bytes.at(at++);
            isLast = (flags & Ggep.LAST_BIT) != 0;
            int idSize = flags & Ggep.ID_SIZE_MASK;
            if ((flags & Ggep.RESERVED_BIT) != 0 || idSize == 0 || idSize > bytes.size() - at) {
                return false;
            }
            byte[] name = bytes.slice(at, at + idSize).toArray();
            for (byte c : name) {
                if (c <= ' ' || c == 0x7F) {
                    return false;
                }
            }
            id = new String(name, StandardCharsets.US_ASCII);
            at += idSize;
            int length = readLength();
            if (length < 0 || length > bytes.size() - at) {
                return false;
            }
            dataStart = at;
            at += length;
            return true;
        }

        /** The length field, or -1 when it is none. */
        private int readLength() {
            int length = 0;
            for (int i = 0; i < LENGTH_BYTES_MAX && at < bytes.size(); i++) {
                int group = bytes.at(at++);
                boolean more = (group & MORE_BIT) != 0;
                boolean ends = (group & END_BIT) != 0;
                if (more == ends) {
                    return -1;
                }
                length = length << 6 | (group & GROUP_MASK);
                if (ends) {
                    return length;
                }
            }
            return -1;
        }
    }
}
