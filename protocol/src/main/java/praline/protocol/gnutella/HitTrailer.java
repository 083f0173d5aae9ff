package praline.protocol.gnutella;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.WireLimits;

/**
 * What a hit says of its sharer, between the records and the servent GUID (spec/gnutella.md section 7).
 *
 * <pre>vendor (4, ASCII in order) | open size (1) | open data: flags A (1), flags B (1), … | private area</pre>
 *
 * <p>Each flag has a bit that says whether it is known and one for its value. For push the value is in A and the
 * validity in B; for all others it is the other way round.
 *
 * @param vendor four ASCII characters read as a big-endian number
 * @param open 1..255 bytes
 * @param privateArea a GGEP block, with whatever a vendor puts around it
 */
@Immutable
public record HitTrailer(int vendor, Bytes open, Bytes privateArea) {

    private static final int PUSH = 0x01;
    private static final int BUSY = 0x04;
    private static final int UPLOADED = 0x08;
    private static final int MEASURED = 0x10;
    private static final int GGEP = 0x20;
    private static final int FIXED_SIZE = 4 + 1;
    /** The extension that names push proxies: an address and a port each. */
    private static final String PUSH_PROXIES = "PUSH";

    private static final int PROXY_SIZE = 4 + 2;
    private static final int PROXIES_MAX = 8;

    /** The trailer of a hit of ours. */
    public static HitTrailer ours(boolean needsPush, boolean isBusy, boolean hasUploaded, Bytes ggep) {
        int known = BUSY | UPLOADED | MEASURED;
        int values = (isBusy ? BUSY : 0) | (hasUploaded ? UPLOADED : 0);
        int hasGgep = ggep.isEmpty() ? 0 : GGEP;
        byte flagsA = (byte) (known | (needsPush ? PUSH : 0) | hasGgep);
        byte flagsB = (byte) (values | PUSH | hasGgep);
        return new HitTrailer(IndexCodec.PRLN, Bytes.copyOf(new byte[] {flagsA, flagsB}), ggep);
    }

    /** Takes {@code trailer} apart; empty when it is none, which includes one without open data. */
    public static Optional<HitTrailer> read(Bytes trailer) {
        if (!isTrailer(trailer)) {
            return Optional.empty();
        }
        int vendor = ByteBuffer.wrap(trailer.slice(0, FIXED_SIZE - 1).toArray()).getInt();
        int openEnd = FIXED_SIZE + trailer.at(FIXED_SIZE - 1);
        return Optional.of(
                new HitTrailer(vendor, trailer.slice(FIXED_SIZE, openEnd), trailer.slice(openEnd, trailer.size())));
    }

    /**
     * Whether these bytes have the form of a trailer: a vendor of letters and digits and at least one byte of open
     * data.
     */
    static boolean isTrailer(Bytes trailer) {
        if (trailer.size() < FIXED_SIZE) {
            return false;
        }
        for (int i = 0; i < FIXED_SIZE - 1; i++) {
            if (!isLetterOrDigit(trailer.at(i))) {
                return false;
            }
        }
        int openSize = trailer.at(FIXED_SIZE - 1);
        return openSize > 0 && FIXED_SIZE + openSize <= trailer.size();
    }

    /** The bytes of this trailer. */
    public Bytes toBytes() {
        ByteBuffer out = ByteBuffer.allocate(FIXED_SIZE + open.size() + privateArea.size());
        out.putInt(vendor).put((byte) open.size());
        open.writeTo(out);
        privateArea.writeTo(out);
        return Bytes.copyOf(out.array());
    }

    /** The sharer cannot be dialled: a push makes it dial. */
    public boolean needsPush() {
        return (flagsA() & flagsB() & PUSH) != 0;
    }

    /** All of its upload slots are taken. */
    public boolean isBusy() {
        return (flagsA() & flagsB() & BUSY) != 0;
    }

    /** It has uploaded a file with success. */
    public boolean hasUploaded() {
        return (flagsA() & flagsB() & UPLOADED) != 0;
    }

    /** The block in the private area, wherever it begins; {@link Ggep#NONE} when the flags promise none. */
    public Ggep ggep(WireLimits limits) {
        int start = privateArea.indexOf(Ggep.MAGIC, 0);
        boolean isPromised = (flagsA() & flagsB() & GGEP) != 0;
        return isPromised && start >= 0 ? new GgepReader(limits).read(privateArea, start) : Ggep.NONE;
    }

    /** The GGEP block of a sharer that these pass pushes on to; empty without any. Of more than 8, the first. */
    public static Bytes pushProxies(List<Endpoint> proxies) {
        List<Endpoint> told =
                proxies.stream().filter(Endpoint::isIpv4).limit(PROXIES_MAX).toList();
        if (told.isEmpty()) {
            return Bytes.EMPTY;
        }
        ByteBuffer data = ByteBuffer.allocate(told.size() * PROXY_SIZE);
        PayloadWriter out = new PayloadWriter(data);
        told.forEach(out::addressThenPort);
        return GgepWriter.plain().add(PUSH_PROXIES, Bytes.copyOf(data.array())).toBytes();
    }

    /** Who passes pushes on to the sharer, 8 at most; whether one is worth dialling is not judged here. */
    public ImmutableList<Endpoint> pushProxies(WireLimits limits) {
        Bytes data = ggep(limits).get(PUSH_PROXIES).orElse(Bytes.EMPTY);
        ByteBuffer in = ByteBuffer.wrap(data.toArray()).order(ByteOrder.LITTLE_ENDIAN);
        ImmutableList.Builder<Endpoint> proxies = ImmutableList.builder();
        for (int count = 0; in.remaining() >= PROXY_SIZE && count < PROXIES_MAX; count++) {
            int address = Integer.reverseBytes(in.getInt());
            proxies.add(Endpoint.ofIpv4(address, in.getShort() & 0xFFFF));
        }
        return proxies.build();
    }

    private int flagsA() {
        return open.at(0);
    }

    private int flagsB() {
        return open.size() > 1 ? open.at(1) : 0;
    }

    private static boolean isLetterOrDigit(int ascii) {
        return (ascii >= '0' && ascii <= '9') || (ascii >= 'A' && ascii <= 'Z') || (ascii >= 'a' && ascii <= 'z');
    }
}
