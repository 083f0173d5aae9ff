package praline.protocol.gnutella;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import praline.protocol.Bytes;

/**
 * Builds a GGEP block (spec/gnutella.md section 8).
 *
 * <pre>{@code
 * Bytes block = GgepWriter.zeroFree().add("LF", Ggep.number(size)).toBytes();
 * }</pre>
 */
public final class GgepWriter {

    private static final int ID_SIZE_MAX = 15;
    private static final int DATA_SIZE_MAX = (1 << 18) - 1;
    /** A shorter stream is none to gtk-gnutella. */
    private static final int DEFLATED_SIZE_MIN = 6;

    private record Part(int flags, Bytes id, Bytes data) {}

    private final boolean avoidsZeros;
    private final List<Part> parts = new ArrayList<>();

    private GgepWriter(boolean avoidsZeros) {
        this.avoidsZeros = avoidsZeros;
    }

    /** For pings, pongs, pushes and the private area of hits. */
    public static GgepWriter plain() {
        return new GgepWriter(false);
    }

    /** For queries and the records of hits, where a zero byte would end the area: data that hold one are stuffed. */
    public static GgepWriter zeroFree() {
        return new GgepWriter(true);
    }

    /**
     * Appends an extension.
     *
     * @param id 1..15 characters of printable ASCII
     * @param data less than 256 KiB, stuffing included
     */
    public GgepWriter add(String id, Bytes data) {
        return add(0, id, data);
    }

    /** Appends an extension whose data are compressed if that makes them shorter. */
    public GgepWriter addDeflated(String id, Bytes data) {
        Bytes deflated = deflate(data);
        boolean isShorter = deflated.size() < data.size() && deflated.size() >= DEFLATED_SIZE_MIN;
        return isShorter ? add(Ggep.DEFLATE_BIT, id, deflated) : add(id, data);
    }

    /** The block; no bytes at all when there is no extension. */
    public Bytes toBytes() {
        if (parts.isEmpty()) {
            return Bytes.EMPTY;
        }
        int size = 1;
        for (Part part : parts) {
            size += 1 + part.id.size() + lengthSize(part.data.size()) + part.data.size();
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.put((byte) Ggep.MAGIC);
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            int last = i == parts.size() - 1 ? Ggep.LAST_BIT : 0;
            out.put((byte) (last | part.flags | part.id.size()));
            part.id.writeTo(out);
            writeLength(part.data.size(), out);
            part.data.writeTo(out);
        }
        return Bytes.copyOf(out.array());
    }

    private GgepWriter add(int flags, String id, Bytes data) {
        boolean stuff = avoidsZeros && data.indexOf(0, 0) >= 0;
        Bytes content = stuff ? Bytes.copyOf(Cobs.encode(data.toArray())) : data;
        if (id.isEmpty() || id.length() > ID_SIZE_MAX || content.size() > DATA_SIZE_MAX) {
            throw new IllegalArgumentException("no extension: id " + id + ", " + content.size() + " bytes");
        }
        parts.add(new Part(flags | (stuff ? Ggep.COBS_BIT : 0), Bytes.ofUtf8(id), content));
        return this;
    }

    private static int lengthSize(int length) {
        return length < 1 << 6 ? 1 : length < 1 << 12 ? 2 : 3;
    }

    private static void writeLength(int length, ByteBuffer out) {
        for (int i = lengthSize(length) - 1; i >= 0; i--) {
            int group = (length >>> (6 * i)) & 0x3F;
            out.put((byte) (i == 0 ? 0x40 | group : 0x80 | group));
        }
    }

    private static Bytes deflate(Bytes data) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(data.toArray());
            deflater.finish();
            ByteQueue deflated = new ByteQueue();
            while (!deflater.finished()) {
                ByteBuffer out = deflated.space(1_024);
                deflater.deflate(out);
                deflated.giveBack(out.remaining());
            }
            return Bytes.copyOf(deflated.takeAll());
        } finally {
            deflater.end();
        }
    }
}
