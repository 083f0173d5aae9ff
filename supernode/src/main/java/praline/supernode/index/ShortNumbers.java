package praline.supernode.index;

import java.util.Arrays;

/**
 * An array of numbers, 0..2^32-1 as the bits of an int, in which each takes as few bytes as the largest that was ever
 * set: a leaf with two hundred files numbers them in one byte each.
 */
final class ShortNumbers {

    private static final int WIDTH_MAX = Integer.BYTES;

    private byte[] cells;
    private int count;
    private int width = 1;

    /** All are 0 at first. */
    ShortNumbers(int count) {
        this.count = count;
        this.cells = new byte[count];
    }

    int count() {
        return count;
    }

    int get(int at) {
        int cell = at * width;
        return switch (width) {
            case 1 -> octet(cell);
            case 2 -> (octet(cell) << 8) | octet(cell + 1);
            case 3 -> (octet(cell) << 16) | (octet(cell + 1) << 8) | octet(cell + 2);
            default -> (octet(cell) << 24) | (octet(cell + 1) << 16) | (octet(cell + 2) << 8) | octet(cell + 3);
        };
    }

    void set(int at, int number) {
        while (width < WIDTH_MAX && number >>> (8 * width) != 0) {
            widen();
        }
        int last = at * width + width - 1;
        for (int i = 0; i < width; i++) {
            cells[last - i] = (byte) (number >>> (8 * i));
        }
    }

    /** Keeps the first {@code newCount}; further ones are 0. */
    void resize(int newCount) {
        cells = Arrays.copyOf(cells, newCount * width);
        count = newCount;
    }

    private void widen() {
        byte[] wider = new byte[count * (width + 1)];
        for (int i = 0; i < count; i++) {
            System.arraycopy(cells, i * width, wider, i * (width + 1) + 1, width);
        }
        cells = wider;
        width++;
    }

    private int octet(int at) {
        return cells[at] & 0xFF;
    }
}
