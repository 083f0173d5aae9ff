package praline.protocol.gnutella;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import java.nio.ByteBuffer;
import java.util.Optional;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.Urn;
import praline.protocol.WireLimits;

/**
 * The extension area of a query or of a hit's record, taken apart: strings (URNs and XML) with 0x1C between them, and a
 * GGEP block (spec/gnutella.md 6.2; "HUGE" 0.94). What is relayed is the area as it came; this is a view for who
 * answers.
 *
 * @param strings in their order, unknown ones too, none empty
 * @param ggep the block, or {@link Ggep#NONE}
 */
@Immutable
public record Huge(ImmutableList<Bytes> strings, Ggep ggep) {

    /** An area without anything in it. */
    public static final Huge NONE = new Huge(ImmutableList.of(), Ggep.NONE);

    private static final int SEPARATOR = 0x1C;
    private static final int SHA1_MARK = 0x01;
    private static final int BITPRINT_MARK = 0x02;

    /** Takes {@code area} apart; never throws. Give each message a reader of its own. */
    public static Huge read(Bytes area, GgepReader reader) {
        if (area.isEmpty()) {
            return NONE;
        }
        ImmutableList.Builder<Bytes> strings = ImmutableList.builder();
        Ggep ggep = Ggep.NONE;
        int at = 0;
        while (at < area.size()) {
            if (area.at(at) == Ggep.MAGIC) {
                Ggep block = reader.read(area, at);
                ggep = ggep.end() == 0 ? block : ggep;
                at = block.end();
                continue;
            }
            int end = endOfString(area, at);
            if (end > at) {
                strings.add(area.slice(at, end));
            }
            at = end + 1;
        }
        return new Huge(strings.build(), ggep);
    }

    /** The same, for an area that is the only one of its message. */
    public static Huge read(Bytes area, WireLimits limits) {
        return read(area, new GgepReader(limits));
    }

    /** The area that holds {@code urns} and then {@code ggep}, a block without zero bytes or nothing. */
    public static Bytes area(ImmutableList<Urn> urns, Bytes ggep) {
        int size = ggep.size();
        for (Urn urn : urns) {
            size += urn.size() + 1;
        }
        ByteBuffer area = ByteBuffer.allocate(size);
        for (Urn urn : urns) {
            urn.writeTo(area);
            area.put((byte) SEPARATOR);
        }
        ggep.writeTo(area);
        boolean endsWithSeparator = ggep.isEmpty() && size > 0;
        return Bytes.read(area.flip(), endsWithSeparator ? size - 1 : size);
    }

    /**
     * The SHA-1 of the content that is asked for or offered: from a URN, from GGEP {@code H}, or from GGEP {@code u}.
     */
    public Optional<Sha1> sha1() {
        return urn(Urn.Kind.SHA1).or(this::sha1OfH).or(this::sha1OfU);
    }

    /** The infohash of the torrent that follows from the content. */
    public Optional<Sha1> infohash() {
        return urn(Urn.Kind.BTIH);
    }

    private Optional<Sha1> urn(Urn.Kind kind) {
        for (Bytes string : strings) {
            Optional<Urn> urn = Urn.parse(string.utf8());
            if (urn.isPresent() && urn.get().kind() == kind) {
                return Optional.of(urn.get().hash());
            }
        }
        return Optional.empty();
    }

    private Optional<Sha1> sha1OfH() {
        return ggep.get("H")
                .filter(data -> data.size() > Sha1.SIZE && (data.at(0) == SHA1_MARK || data.at(0) == BITPRINT_MARK))
                .map(data -> Sha1.of(data.slice(1, 1 + Sha1.SIZE).toArray()));
    }

    private Optional<Sha1> sha1OfU() {
        return ggep.get("u")
                .flatMap(data -> Urn.parse("urn:" + data.utf8()))
                .filter(urn -> urn.kind() == Urn.Kind.SHA1)
                .map(Urn::hash);
    }

    private static int endOfString(Bytes area, int from) {
        int end = from;
        while (end < area.size() && area.at(end) != SEPARATOR && area.at(end) != 0) {
            end++;
        }
        return end;
    }
}
