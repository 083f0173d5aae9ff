package praline.node.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import praline.protocol.Bytes;
import praline.protocol.testing.Seeds;

/** A set of pieces, against java.util.BitSet, and its bytes. */
class PieceSetTest {

    @Test
    void itHoldsWhatWasPutIntoIt() {
        Seeds.check(500, random -> {
            int count = 1 + random.nextInt(20);
            PieceSet set = new PieceSet(count);
            BitSet model = new BitSet();
            for (int step = 0; step < 100; step++) {
                int piece = random.nextInt(count);
                if (random.nextInt(3) > 0) {
                    assertEquals(!model.get(piece), set.add(piece));
                    model.set(piece);
                } else {
                    assertEquals(model.get(piece), set.remove(piece));
                    model.clear(piece);
                }
                assertEquals(model.cardinality(), set.size());
                assertEquals(model.nextSetBit(0), set.next(0));
                int missing = model.nextClearBit(0);
                assertEquals(missing < count ? missing : -1, set.nextMissing(0));
            }
        });
    }

    @Test
    void aBitfieldSurvivesTheRoundTrip() {
        Seeds.check(500, random -> {
            int count = 1 + random.nextInt(40);
            PieceSet set = new PieceSet(count);
            for (int piece = 0; piece < count; piece++) {
                if (random.nextBoolean()) {
                    set.add(piece);
                }
            }
            PieceSet read = new PieceSet(count);
            assertTrue(read.read(set.toBitfield()));
            assertEquals(set.toBitfield(), read.toBitfield());
        });
    }

    @Test
    void aBitfieldOfAnotherLengthIsRefused() {
        PieceSet set = new PieceSet(9);
        assertFalse(set.read(Bytes.ofHex("ff")));
        assertFalse(set.read(Bytes.ofHex("ffff00")));
        assertEquals(0, set.size());
    }

    @Test
    void spareBitsDoNotCount() {
        PieceSet set = new PieceSet(4);
        assertTrue(set.read(Bytes.ofHex("9f")));
        assertEquals(2, set.size());
        assertEquals(Bytes.ofHex("90"), set.toBitfield());
    }
}
