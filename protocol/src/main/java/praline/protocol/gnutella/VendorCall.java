package praline.protocol.gnutella;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import java.nio.ByteBuffer;
import java.util.Optional;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;

/**
 * The vendor messages that a servent has to understand, read from and written to a {@link Vendor} (spec/gnutella.md
 * section 12). What the GUID of the message means differs: a query's, a servent's, or nothing.
 *
 * <pre>{@code
 * Optional<VendorCall> call = VendorCall.of(vendor);      // empty: unknown, or not of the right size
 * link.send(new VendorCall.HopsFlow(0).toVendor(Guid.ZERO));
 * }</pre>
 */
@Immutable
public sealed interface VendorCall {

    /** What the message is announced as. */
    VendorKind kind();

    /** What follows the header of a vendor message. */
    Bytes data();

    /** As we send it: type 0x31, for the neighbour only. */
    default Vendor toVendor(Guid guid) {
        return new Vendor(MessageType.VENDOR, guid, 1, 0, kind().vendor(), kind().selector(), kind().version(), data());
    }

    /** What {@code message} says; empty when we do not know it, or its data have the wrong size. */
    static Optional<VendorCall> of(Vendor message) {
        VendorForm form = VendorForm.KNOWN.get(VendorKind.of(message));
        if (form == null) {
            return Optional.empty();
        }
        ByteBuffer data = ByteBuffer.wrap(message.data().toArray());
        PayloadReader in = new PayloadReader(data, 0, data.limit());
        try {
            VendorCall call = form.read(in);
            in.needEnd();
            return Optional.of(call);
        } catch (Defective notOfThisForm) {
            return Optional.empty();
        }
    }

    /**
     * Which vendor messages the sender handles; GUID zero. Everybody sends it right after the handshake who announced
     * {@code Vendor-Message} there.
     *
     * <pre>count (2, LE) | per message: vendor (4) | selector (2, LE) | version (2, LE)</pre>
     *
     * @param kinds at most 65535
     */
    record MessagesSupported(ImmutableList<VendorKind> kinds) implements VendorCall {

        private static final int SIZE_OF_KIND = 4 + 2 + 2;

        @Override
        public VendorKind kind() {
            return VendorKind.MESSAGES_SUPPORTED;
        }

        @Override
        public Bytes data() {
            ByteBuffer data = ByteBuffer.allocate(2 + kinds.size() * SIZE_OF_KIND);
            PayloadWriter out = new PayloadWriter(data);
            out.shortLe(kinds.size());
            for (VendorKind supported : kinds) {
                out.intBe(supported.vendor());
                out.shortLe(supported.selector());
                out.shortLe(supported.version());
            }
            return Bytes.copyOf(data.array());
        }

        static MessagesSupported read(PayloadReader in) throws Defective {
            int count = in.unsignedShortLe();
            // Not sized by the count, which is a stranger's word.
            ImmutableList.Builder<VendorKind> kinds = ImmutableList.builder();
            for (int i = 0; i < count; i++) {
                kinds.add(new VendorKind(in.intBe(), in.unsignedShortLe(), in.unsignedShortLe()));
            }
            return new MessagesSupported(kinds.build());
        }
    }

    /**
     * The sender wants queries only that travelled less than {@code hops}. {@code BEAR} 4, version 1.
     *
     * @param hops 0: none, 1: those of the neighbour itself, {@link #ALL}: all; 0..255
     */
    record HopsFlow(int hops) implements VendorCall {

        public static final int NONE = 0;
        public static final int ALL = 255;

        public HopsFlow {
            needRange(hops, ALL, "hops");
        }

        @Override
        public VendorKind kind() {
            return VendorKind.HOPS_FLOW;
        }

        @Override
        public Bytes data() {
            return Bytes.copyOf(new byte[] {(byte) hops});
        }

        static HopsFlow read(PayloadReader in) throws Defective {
            return new HopsFlow(in.unsignedByte());
        }
    }

    /**
     * The sender asks to be dialled at its own address, to learn whether it can be. {@code BEAR} 7, version 1.
     *
     * @param port 0..65535; 0 can be no servent's
     */
    record TcpConnectBack(int port) implements VendorCall {

        public TcpConnectBack {
            needRange(port, 0xFFFF, "port");
        }

        @Override
        public VendorKind kind() {
            return VendorKind.TCP_CONNECT_BACK;
        }

        @Override
        public Bytes data() {
            return shortLe(port);
        }

        static TcpConnectBack read(PayloadReader in) throws Defective {
            return new TcpConnectBack(in.unsignedShortLe());
        }
    }

    /** A supernode asks its leaf how many hits the leaf's query has; the GUID is the query's. {@code BEAR} 11, v1. */
    record QueryStatusRequest() implements VendorCall {

        @Override
        public VendorKind kind() {
            return VendorKind.QUERY_STATUS_REQUEST;
        }

        @Override
        public Bytes data() {
            return Bytes.EMPTY;
        }
    }

    /**
     * The leaf's answer, with the same GUID. {@code BEAR} 12, version 1.
     *
     * @param hits what the leaf keeps of them, 0..65535; {@link #STOP}: it wants no more
     */
    record QueryStatusResponse(int hits) implements VendorCall {

        public static final int STOP = 0xFFFF;

        public QueryStatusResponse {
            needRange(hits, STOP, "hits");
        }

        @Override
        public VendorKind kind() {
            return VendorKind.QUERY_STATUS_RESPONSE;
        }

        @Override
        public Bytes data() {
            return shortLe(hits);
        }

        static QueryStatusResponse read(PayloadReader in) throws Defective {
            return new QueryStatusResponse(in.unsignedShortLe());
        }
    }

    /**
     * A leaf asks its supernode to pass pushes on to it; the GUID is the leaf's servent GUID. {@code LIME} 21, read in
     * versions 1 and 2, which are alike.
     */
    record PushProxyRequest() implements VendorCall {

        @Override
        public VendorKind kind() {
            return VendorKind.PUSH_PROXY_REQUEST;
        }

        @Override
        public Bytes data() {
            return Bytes.EMPTY;
        }
    }

    /**
     * The supernode agrees, with the same GUID. {@code LIME} 22, version 2; version 1 is read too.
     *
     * <pre>IPv4 (4, BE) | port (2, LE)      in version 1 the port alone</pre>
     *
     * @param endpoint where the proxy takes HTTP requests; in version 1 its address is 0.0.0.0, which means the
     *     sender's
     */
    record PushProxyAck(Endpoint endpoint) implements VendorCall {

        private static final int SIZE = 4 + 2;

        @Override
        public VendorKind kind() {
            return VendorKind.PUSH_PROXY_ACK;
        }

        @Override
        public Bytes data() {
            ByteBuffer data = ByteBuffer.allocate(SIZE);
            new PayloadWriter(data).addressThenPort(endpoint);
            return Bytes.copyOf(data.array());
        }

        static PushProxyAck read(PayloadReader in) throws Defective {
            return new PushProxyAck(in.addressThenPort());
        }

        static PushProxyAck readPort(PayloadReader in) throws Defective {
            return new PushProxyAck(Endpoint.ofIpv4(0, in.unsignedShortLe()));
        }
    }

    private static Bytes shortLe(int value) {
        return Bytes.copyOf(new byte[] {(byte) value, (byte) (value >>> 8)});
    }

    private static void needRange(int value, int max, String what) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(what + " lie in 0.." + max + ", not " + value);
        }
    }
}
