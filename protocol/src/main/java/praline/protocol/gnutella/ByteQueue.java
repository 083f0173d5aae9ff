package praline.protocol.gnutella;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes that wait to be read, in the order in which they came. It grows in small steps with what is really there, and
 * an empty one holds no memory: a thousand links that announce 64 KiB and send nothing cost nothing (spec/hardening.md
 * W1).
 */
final class ByteQueue {

    private static final int STEP = 4_096;
    private static final byte[] NOTHING = {};

    private byte[] content = NOTHING;
    private int start;
    private int end;

    int size() {
        return end - start;
    }

    boolean isEmpty() {
        return start == end;
    }

    /** Bytes of heap that are held. */
    int capacity() {
        return content.length;
    }

    void add(ByteBuffer bytes) {
        int size = bytes.remaining();
        reserve(size);
        bytes.get(content, end, size);
        end += size;
    }

    /** The next {@code size} bytes to be written: whoever calls this fills them at once. */
    ByteBuffer space(int size) {
        reserve(size);
        ByteBuffer space = ByteBuffer.wrap(content, end, size);
        end += size;
        return space;
    }

    /** Takes back the last {@code size} bytes of {@link #space}, which were not needed. */
    void giveBack(int size) {
        end -= size;
        releaseIfEmpty();
    }

    /** All bytes that wait; what is read from this view is taken by {@link #advanceTo}. */
    ByteBuffer view() {
        return ByteBuffer.wrap(content, start, size());
    }

    /** Forgets what was read of {@code view}. */
    void advanceTo(ByteBuffer view) {
        start = view.position();
        releaseIfEmpty();
    }

    byte[] takeAll() {
        byte[] all = Arrays.copyOfRange(content, start, end);
        clear();
        return all;
    }

    void clear() {
        start = end;
        releaseIfEmpty();
    }

    private void reserve(int size) {
        if (content.length - end >= size) {
            return;
        }
        int kept = size();
        int needed = kept + size;
        byte[] target = content;
        if (needed > content.length) {
            target = new byte[(needed + STEP - 1) / STEP * STEP];
        }
        System.arraycopy(content, start, target, 0, kept);
        content = target;
        start = 0;
        end = kept;
    }

    private void releaseIfEmpty() {
        if (start == end) {
            content = NOTHING;
            start = 0;
            end = 0;
        }
    }
}
