package praline.protocol.gnutella;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import java.util.Optional;
import java.util.OptionalLong;
import praline.protocol.Bytes;

/**
 * A GGEP block that was read: named extensions of a message, their data unstuffed and inflated (spec/gnutella.md
 * section 8). {@link GgepReader} makes it, {@link GgepWriter} is the way back.
 *
 * @param extensions in the order of the block, those without a defect; unknown ones too
 * @param defects how many extensions were passed over, the rest of a block whose frame is broken counting as one
 * @param end index behind the block in the bytes that were read: their size when the frame is broken
 */
@Immutable
public record Ggep(ImmutableList<Extension> extensions, int defects, int end) {

    /** No block at all. */
    public static final Ggep NONE = new Ggep(ImmutableList.of(), 0, 0);

    /** The first byte of a block. */
    static final int MAGIC = 0xC3;

    static final int LAST_BIT = 0x80;
    static final int COBS_BIT = 0x40;
    static final int DEFLATE_BIT = 0x20;
    static final int RESERVED_BIT = 0x10;
    static final int ID_SIZE_MASK = 0x0F;

    /**
     * One extension.
     *
     * @param id 1..15 characters of printable ASCII, in their case
     * @param data as the sender meant it
     */
    @Immutable
    public record Extension(String id, Bytes data) {}

    /** The data of the first extension {@code id}. */
    public Optional<Bytes> get(String id) {
        for (Extension extension : extensions) {
            if (extension.id().equals(id)) {
                return Optional.of(extension.data());
            }
        }
        return Optional.empty();
    }

    public boolean has(String id) {
        return get(id).isPresent();
    }

    /** {@code data} as a number: little-endian, empty for 0. Empty when it exceeds 2^63 - 1. */
    public static OptionalLong number(Bytes data) {
        long value = 0;
        for (int i = data.size() - 1; i >= 0; i--) {
            if (value > Long.MAX_VALUE >> 8) {
                return OptionalLong.empty();
            }
            value = value << 8 | data.at(i);
        }
        return OptionalLong.of(value);
    }

    /** {@code value}, which is not negative, as data: little-endian without leading zeros, so 0 is empty. */
    public static Bytes number(long value) {
        byte[] bytes = new byte[Long.BYTES];
        int size = 0;
        for (long rest = value; rest != 0; rest >>>= 8) {
            bytes[size++] = (byte) rest;
        }
        return Bytes.copyOf(bytes).slice(0, size);
    }
}
