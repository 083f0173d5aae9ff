package praline.system.raw;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** The bytes of Gnutella descriptors, put together by hand as the protocol's documents lay them out. */
final class RawBytes {

    static final int PING = 0x00;
    static final int PONG = 0x01;
    static final int BYE = 0x02;
    static final int QRP = 0x30;
    static final int VENDOR = 0x31;
    static final int QUERY = 0x80;
    static final int QUERY_HIT = 0x81;

    /** Slots of the query routing tables that are sent here, and its logarithm. */
    private static final int SLOTS = 1_024;

    private static final int SLOT_BITS = 10;

    private RawBytes() {}

    /** A descriptor: GUID, type, TTL, hops, payload length, payload. */
    static byte[] descriptor(String guid, int type, int ttl, int hops, byte[] payload) {
        return ByteBuffer.allocate(23 + payload.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(HexFormat.of().parseHex(guid))
                .put((byte) type)
                .put((byte) ttl)
                .put((byte) hops)
                .putInt(payload.length)
                .put(payload)
                .array();
    }

    static byte[] ping(String guid, int ttl) {
        return descriptor(guid, PING, ttl, 0, new byte[0]);
    }

    /** Flags 9032: marked as flags, guided by the leaf, 50 hits wanted. */
    static byte[] query(String guid, int ttl, int hops, String words) {
        return descriptor(guid, QUERY, ttl, hops, hex("9032" + hexOf(words) + "00"));
    }

    /** One file of 1,000 bytes called {@code name}, at 127.0.0.1:6346. */
    static byte[] hit(String query, int ttl, String name, String servent) {
        String urn = "urn:sha1:ZVUIFIMKBWG6BBIX3QSF2OKGG46L2EOV";
        String payload = "01" + "ca18" + "7f000001" + "e8030000" // one hit, port, address, speed
                + "07000000" + "e8030000" + hexOf(name) + "00" + hexOf(urn) + "00" // index, size, name, extensions
                + hexOf("TEST") + "02" + "1c09" + servent; // trailer, servent
        return descriptor(query, QUERY_HIT, ttl, 0, hex(payload));
    }

    /** Which vendor messages are handled: flow by hops, and no more. */
    static byte[] messagesSupported() {
        return descriptor("0".repeat(32), VENDOR, 1, 0, hex("0000000000000000" + "0100" + hexOf("BEAR") + "04000100"));
    }

    /** An empty table of 1,024 slots, infinity 7. */
    static byte[] tableReset() {
        return descriptor("1".repeat(32), QRP, 1, 0, hex("00" + "00040000" + "07"));
    }

    /** The whole table as four-bit deltas without compression: -6 for the slot of each word. */
    static byte[] tablePatch(String... words) {
        byte[] payload = new byte[5 + SLOTS / 2];
        payload[0] = 1; // patch
        payload[1] = 1; // the first
        payload[2] = 1; // of one
        payload[3] = 0; // plain
        payload[4] = 4; // bits an entry
        for (String word : words) {
            int slot = slotOf(word);
            payload[5 + slot / 2] |= (byte) (slot % 2 == 0 ? 0xA0 : 0x0A);
        }
        return descriptor("2".repeat(32), QRP, 1, 0, payload);
    }

    /** The hash of query routing: the word's bytes folded into 32 bits, times a constant, its highest bits. */
    static int slotOf(String word) {
        int folded = 0;
        for (int i = 0; i < word.length(); i++) {
            folded ^= (word.charAt(i) & 0xFF) << (8 * (i % 4));
        }
        return (folded * 0x4F1BBCDC) >>> (32 - SLOT_BITS);
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static String hexOf(String text) {
        return HexFormat.of().formatHex(text.getBytes(US_ASCII));
    }
}
