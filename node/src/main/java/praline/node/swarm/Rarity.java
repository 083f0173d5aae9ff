package praline.node.swarm;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The pieces that can be begun, ordered by how many linked peers have them; in random order among equals, so that peers
 * who know the same choose differently (spec/bittorrent.md 6.1).
 *
 * <p>One array holds the pieces class by class, the rarest first. A piece moves to a neighbouring class by a swap with
 * one at the border, so a {@code have} costs the same whatever the torrent's size. Peers that have everything would
 * raise all classes alike, and are left out of the count.
 */
final class Rarity {

    private static final int ABSENT = -1;

    private final RandomGenerator random;
    /** How many peers have each piece. */
    private final int[] copies;
    /** The pieces that can be begun, class by class. */
    private final int[] order;
    /** Where each piece stands in {@link #order}, or {@link #ABSENT}. */
    private final int[] place;
    /** Where the class of each number of copies ends in {@link #order}; the last one is that of the most copies. */
    private int[] ends = new int[1];

    private int size;

    /** Begins with no piece that can be begun, and no copies. */
    Rarity(int pieceCount, RandomGenerator random) {
        this.random = random;
        this.copies = new int[pieceCount];
        this.order = new int[pieceCount];
        this.place = new int[pieceCount];
        Arrays.fill(place, ABSENT);
    }

    /** How many pieces can be begun. */
    int size() {
        return size;
    }

    /** The piece at {@code position} of the order, 0 the rarest. */
    int at(int position) {
        return order[position];
    }

    boolean contains(int piece) {
        return place[piece] != ABSENT;
    }

    /** How many peers have a piece, those that have everything not counted. */
    int copies(int piece) {
        return copies[piece];
    }

    /** Whether {@code one} comes before {@code other}; both can be begun. */
    boolean isBefore(int one, int other) {
        return place[one] < place[other];
    }

    /** A piece can be begun. */
    void add(int piece) {
        if (contains(piece)) {
            return;
        }
        int own = copies[piece];
        extendTo(own);
        for (int above = ends.length - 1; above > own; above--) {
            if (ends[above - 1] < ends[above]) {
                put(order[ends[above - 1]], ends[above]);
            }
            ends[above]++;
        }
        put(piece, ends[own]);
        ends[own]++;
        size++;
        mix(piece);
    }

    /** A piece cannot be begun any more. */
    void remove(int piece) {
        if (!contains(piece)) {
            return;
        }
        int hole = place[piece];
        for (int own = copies[piece]; own < ends.length; own++) {
            ends[own]--;
            if (ends[own] != hole) {
                put(order[ends[own]], hole);
            }
            hole = ends[own];
        }
        place[piece] = ABSENT;
        size--;
    }

    /** One peer more has it. */
    void increase(int piece) {
        int own = copies[piece]++;
        if (contains(piece)) {
            extendTo(own + 1);
            ends[own]--;
            swap(piece, order[ends[own]]);
            mix(piece);
        }
    }

    /** One peer less has it. */
    void decrease(int piece) {
        int own = copies[piece]--;
        if (contains(piece)) {
            swap(piece, order[ends[own - 1]]);
            ends[own - 1]++;
            mix(piece);
        }
    }

    /** Gives a piece that has come into its class a random place in it. */
    private void mix(int piece) {
        int own = copies[piece];
        int start = own == 0 ? 0 : ends[own - 1];
        swap(piece, order[start + random.nextInt(ends[own] - start)]);
    }

    private void swap(int one, int other) {
        int placeOfOne = place[one];
        put(one, place[other]);
        put(other, placeOfOne);
    }

    private void put(int piece, int position) {
        order[position] = piece;
        place[piece] = position;
    }

    private void extendTo(int copiesMost) {
        if (copiesMost >= ends.length) {
            int before = ends.length;
            ends = Arrays.copyOf(ends, Math.max(copiesMost + 1, 2 * before));
            Arrays.fill(ends, before, ends.length, ends[before - 1]);
        }
    }
}
