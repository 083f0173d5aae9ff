package praline.protocol.gnutella;

/** The descriptor types of Gnutella 0.6 that a node tells apart (spec/gnutella.md section 3). */
public enum MessageType {
    PING(0x00),
    PONG(0x01),
    BYE(0x02),
    /** Query routing tables. */
    QRP(0x30),
    VENDOR(0x31),
    STANDARD_VENDOR(0x32),
    PUSH(0x40),
    QUERY(0x80),
    QUERY_HIT(0x81),
    /** Any other type: counted and skipped. */
    OTHER(-1);

    private static final MessageType[] BY_CODE = new MessageType[256];

    static {
        java.util.Arrays.fill(BY_CODE, OTHER);
        for (MessageType type : values()) {
            if (type != OTHER) {
                BY_CODE[type.code] = type;
            }
        }
    }

    private final int code;

    MessageType(int code) {
        this.code = code;
    }

    /** The type byte on the wire, 0..255; -1 for {@link #OTHER}, which has no byte of its own. */
    public int code() {
        return code;
    }

    public static MessageType ofCode(int code) {
        return BY_CODE[code & 0xFF];
    }
}
