package praline.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;
import java.util.zip.Deflater;

/**
 * A leaf's query routing table as bytes: RESET and one PATCH, 65,536 slots of 4 bits, deflated (spec/gnutella.md 9.3).
 * It has the slots of a library of some 80 files, any slots, so that hardly any query finds its words there.
 */
final class RawTable {

    private static final int SLOTS = 65_536;
    private static final int PRESENT = 300;
    private static final byte QRP = 0x30;
    private static final byte RESET = 0;
    private static final byte PATCH = 1;
    private static final byte INFINITY = 7;
    private static final byte ENTRY_BITS = 4;
    private static final byte ZLIB = 1;
    /** A change by 1 - infinity, in four bits: the slot is present. */
    private static final int BECOMES_PRESENT = 0xA;

    private static final int GUID_SIZE = 16;
    private static final int HEADER_SIZE = 23;

    private RawTable() {}

    /** Both messages. */
    static ByteBuffer draw(RandomGenerator random) {
        byte[] changes = new byte[SLOTS / 2];
        for (int i = 0; i < PRESENT; i++) {
            int slot = random.nextInt(SLOTS);
            changes[slot / 2] |= (byte) (slot % 2 == 0 ? BECOMES_PRESENT << 4 : BECOMES_PRESENT);
        }
        byte[] deflated = new byte[changes.length];
        int size = deflate(changes, deflated);
        ByteBuffer bytes = ByteBuffer.allocate(2 * HEADER_SIZE + 6 + 5 + size).order(ByteOrder.LITTLE_ENDIAN);
        header(bytes, random, 6).put(RESET).putInt(SLOTS).put(INFINITY);
        header(bytes, random, 5 + size).put(PATCH).put((byte) 1).put((byte) 1);
        return bytes.put(ZLIB).put(ENTRY_BITS).put(deflated, 0, size).flip();
    }

    private static ByteBuffer header(ByteBuffer bytes, RandomGenerator random, int payload) {
        byte[] guid = new byte[GUID_SIZE];
        random.nextBytes(guid);
        return bytes.put(guid).put(QRP).put((byte) 1).put((byte) 0).putInt(payload);
    }

    private static int deflate(byte[] plain, byte[] target) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(plain);
            deflater.finish();
            return deflater.deflate(target);
        } finally {
            deflater.end();
        }
    }
}
