package praline.protocol.gnutella;

/** Between the payloads of type 0x30 and their fields (spec/gnutella.md 9.3). */
final class QrpCodec {

    private QrpCodec() {}

    /** What is neither a RESET of its exact size nor a PATCH of at least its own stays {@link Opaque}. */
    static Message read(Header header, PayloadReader in) throws Defective {
        int variant = in.remaining() == 0 ? -1 : in.peekUnsignedByte();
        if (variant == QrpReset.VARIANT && in.remaining() == QrpReset.PAYLOAD_SIZE) {
            in.unsignedByte();
            return new QrpReset(header.guid(), header.ttl(), header.hops(), in.unsignedIntLe(), in.unsignedByte());
        }
        if (variant == QrpPatch.VARIANT && in.remaining() >= QrpPatch.HEADER_SIZE) {
            in.unsignedByte();
            int number = in.unsignedByte();
            int count = in.unsignedByte();
            int compressor = in.unsignedByte();
            int entryBits = in.unsignedByte();
            return new QrpPatch(
                    header.guid(), header.ttl(), header.hops(), number, count, compressor, entryBits, in.rest());
        }
        return new Opaque(header.guid(), header.code(), header.ttl(), header.hops(), in.rest());
    }

    static void write(QrpReset reset, PayloadWriter out) {
        out.oneByte(QrpReset.VARIANT);
        out.intLe(reset.slots());
        out.oneByte(reset.infinity());
    }

    static void write(QrpPatch patch, PayloadWriter out) {
        out.oneByte(QrpPatch.VARIANT);
        out.oneByte(patch.number());
        out.oneByte(patch.count());
        out.oneByte(patch.compressor());
        out.oneByte(patch.entryBits());
        out.bytes(patch.data());
    }
}
