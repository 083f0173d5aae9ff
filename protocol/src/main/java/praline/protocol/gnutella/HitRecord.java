package praline.protocol.gnutella;

import com.google.errorprone.annotations.Immutable;
import praline.protocol.Bytes;

/**
 * One file of a query hit (spec/gnutella.md section 7).
 *
 * <pre>index (4, LE) | size (4, LE) | name, zero-terminated | extensions, zero-terminated</pre>
 *
 * @param index the sharer's number for the file, 0..2^32-1
 * @param size bytes, 0..2^32-1 as the field holds it; a GGEP {@code LF} in the extensions gives larger ones
 * @param name UTF-8, without the closing zero
 * @param extensions HUGE strings and at most one GGEP block, separated by 0x1C, without the closing zero
 */
@Immutable
public record HitRecord(long index, long size, Bytes name, Bytes extensions) {

    private static final int FIXED_SIZE = 4 + 4 + 1 + 1;

    /** The exact number of bytes that this record takes in a hit. */
    public int wireSize() {
        return FIXED_SIZE + name.size() + extensions.size();
    }
}
