package praline.protocol;

/** What is wrong with bytes that were no message. A fatal one ends the stream; after any other it is still in step. */
public enum Defect {
    /** A length field beyond the bound of its type (spec/hardening.md W1). */
    TOO_LARGE(true),
    /** A header block with too many lines, too long a line, or a line that is no header (W8). */
    BAD_HEADER_BLOCK(true),
    /** Bytes that came before the handshake block that they must wait for (spec/gnutella.md 2.1). */
    TOO_EARLY(true),
    /** The compressed stream is damaged, ended early, or inflates beyond its bound (W4). */
    BAD_DEFLATE(true),
    /** First bytes of no protocol that this port speaks (W9). */
    UNKNOWN_PROTOCOL(true),
    /** An HTTP request that two readers could take apart differently, or that we do not serve (W10). */
    BAD_HTTP(true),
    /** An id that no message of the peer wire has (W13). */
    UNKNOWN_MESSAGE(true),
    /** A message of the peer wire whose length is not the one that its id demands (W13). */
    WRONG_SIZE(true),
    /** A number that lies outside what its field can mean, such as a piece beyond 2^31 (W13). */
    OUT_OF_RANGE(true),
    /** The payload ends before its fields do. */
    TRUNCATED(false),
    /** Bytes are left over where the format allows none. */
    TRAILING_BYTES(false),
    /** A field holds a value that its format does not allow. */
    BAD_VALUE(false),
    /** A count of records that the payload does not hold (W7). */
    BAD_COUNT(false),
    /** A batch of our index publication that is none; its sender is told status 3 (spec/praline.md section 2). */
    BAD_INDEX_BATCH(false),
    /** More than this type may carry, yet small enough to skip (W1); deeper or of more parts than we read (W11). */
    OVERSIZED(false),
    /** Bytes that are no bencoding (W11). */
    BAD_BENCODE(false);

    private final boolean fatal;

    Defect(boolean fatal) {
        this.fatal = fatal;
    }

    public boolean isFatal() {
        return fatal;
    }
}
