package praline.node.disk;

import java.util.BitSet;
import praline.protocol.Bytes;

/** Sets of pieces as the wire and the records write them: piece 0 is the highest bit of the first byte. */
final class Bitfields {

    private Bitfields() {}

    /** As many bits as there are pieces, filled up with zeros to whole bytes. */
    static Bytes bitfield(BitSet pieces, int count) {
        return Bytes.copyOf(toArray(pieces, count));
    }

    static byte[] toArray(BitSet pieces, int count) {
        byte[] bits = new byte[size(count)];
        for (int piece = pieces.nextSetBit(0); piece >= 0 && piece < count; piece = pieces.nextSetBit(piece + 1)) {
            bits[piece / Byte.SIZE] |= (byte) (0x80 >>> piece % Byte.SIZE);
        }
        return bits;
    }

    /** The set that {@code bits} writes; what lies behind the last piece does not count. */
    static BitSet of(byte[] bits, int count) {
        BitSet pieces = new BitSet(count);
        for (int piece = 0; piece < count; piece++) {
            if ((bits[piece / Byte.SIZE] & 0x80 >>> piece % Byte.SIZE) != 0) {
                pieces.set(piece);
            }
        }
        return pieces;
    }

    /** Bytes that the bitfield of {@code count} pieces takes. */
    static int size(int count) {
        return (count + Byte.SIZE - 1) / Byte.SIZE;
    }
}
