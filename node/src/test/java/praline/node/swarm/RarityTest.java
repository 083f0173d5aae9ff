package praline.node.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import praline.protocol.testing.Seeds;

/** The order of pieces by rarity, against a model that counts and compares. */
class RarityTest {

    private static final int PIECES = 12;

    @Test
    void theOrderIsThatOfCopiesWhateverHappens() {
        Seeds.check(500, random -> {
            Rarity rarity = new Rarity(PIECES, random);
            int[] copies = new int[PIECES];
            Set<Integer> present = new HashSet<>();
            for (int step = 0; step < 200; step++) {
                act(rarity, copies, present, random);
                compare(rarity, copies, present);
            }
        });
    }

    @Test
    void equallyRarePiecesComeInAnyOrder() {
        Set<Integer> firsts = new HashSet<>();
        for (int seed = 0; seed < 200; seed++) {
            Rarity rarity = new Rarity(PIECES, new Random(seed));
            for (int piece = 0; piece < PIECES; piece++) {
                rarity.add(piece);
            }
            firsts.add(rarity.at(0));
        }
        assertEquals(PIECES, firsts.size(), "each piece is first for some peer");
    }

    private static void act(Rarity rarity, int[] copies, Set<Integer> present, RandomGenerator random) {
        int piece = random.nextInt(PIECES);
        switch (random.nextInt(4)) {
            case 0 -> {
                rarity.add(piece);
                present.add(piece);
            }
            case 1 -> {
                rarity.remove(piece);
                present.remove(piece);
            }
            case 2 -> {
                rarity.increase(piece);
                copies[piece]++;
            }
            default -> {
                if (copies[piece] > 0) {
                    rarity.decrease(piece);
                    copies[piece]--;
                }
            }
        }
    }

    private static void compare(Rarity rarity, int[] copies, Set<Integer> present) {
        assertEquals(present.size(), rarity.size());
        Set<Integer> listed = new HashSet<>();
        for (int position = 0; position < rarity.size(); position++) {
            int piece = rarity.at(position);
            listed.add(piece);
            assertEquals(copies[piece], rarity.copies(piece));
            boolean isInOrder = position == 0 || copies[rarity.at(position - 1)] <= copies[piece];
            assertTrue(isInOrder, "a more frequent piece stands before piece " + piece);
        }
        assertEquals(present, listed);
        for (int piece = 0; piece < PIECES; piece++) {
            assertEquals(present.contains(piece), rarity.contains(piece));
        }
    }
}
