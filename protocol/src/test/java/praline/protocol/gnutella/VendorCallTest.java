package praline.protocol.gnutella;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.WireLimits;
import praline.protocol.testing.RandomMessages;
import praline.protocol.testing.Recording;
import praline.protocol.testing.Seeds;

/**
 * The vendor messages that we understand, as spec/gnutella.md section 12 writes them and as living programs send them.
 */
class VendorCallTest {

    private static final Guid QUERY = Guid.ofHex("a1b2c3d4e5f60718ff2a3b4c5d6e7f00");
    private static final Guid SERVENT = Guid.ofHex("00112233445566778899aabbccddeeff");

    @Test
    void eachHasTheBytesOfTheReference() {
        assertBytes(
                new VendorCall.MessagesSupported(ImmutableList.of(VendorKind.HOPS_FLOW, VendorKind.PUSH_PROXY_REQUEST)),
                Guid.ZERO,
                "0".repeat(32) + "3101001a000000" + "0000000000000000" + "0200" + "4245415204000100"
                        + "4c494d4515000100");
        assertBytes(new VendorCall.HopsFlow(255), Guid.ZERO, "0".repeat(32) + "31010009000000" + "4245415204000100ff");
        assertBytes(
                new VendorCall.TcpConnectBack(6_346),
                Guid.ZERO,
                "0".repeat(32) + "3101000a000000" + "4245415207000100ca18");
        assertBytes(new VendorCall.QueryStatusRequest(), QUERY, QUERY + "31010008000000" + "424541520b000100");
        assertBytes(new VendorCall.QueryStatusResponse(37), QUERY, QUERY + "3101000a000000" + "424541520c0001002500");
        assertBytes(new VendorCall.PushProxyRequest(), SERVENT, SERVENT + "31010008000000" + "4c494d4515000100");
        assertBytes(
                new VendorCall.PushProxyAck(endpoint("192.0.2.10:6346")),
                SERVENT,
                SERVENT + "3101000e000000" + "4c494d4516000200" + "c000020aca18");
    }

    @Test
    void theListOfALivingServentIsUnderstood() {
        Vendor recorded =
                vendor(Recording.recorded("vendor_messages").lines().get(0).bytes());

        assertThat(VendorCall.of(recorded))
                .containsInstanceOf(VendorCall.MessagesSupported.class)
                .hasValueSatisfying(call -> assertThat(((VendorCall.MessagesSupported) call).kinds())
                        .hasSize(27)
                        .contains(
                                VendorKind.HOPS_FLOW,
                                VendorKind.TCP_CONNECT_BACK,
                                VendorKind.QUERY_STATUS_REQUEST,
                                VendorKind.QUERY_STATUS_RESPONSE,
                                VendorKind.PUSH_PROXY_REQUEST_2,
                                VendorKind.PUSH_PROXY_ACK)
                        .doesNotContain(VendorKind.INDEX_BATCH))
                .hasValueSatisfying(call -> assertThat(call.toVendor(Guid.ZERO)).isEqualTo(recorded));
    }

    @Test
    void theFeaturesOfALivingServentAreNoneOfOurs() {
        assertThat(VendorCall.of(vendor(
                        Recording.recorded("vendor_messages").lines().get(1).bytes())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "4245415204000100, ''", // HopsFlow without its byte
        "4245415204000100, ffff",
        "4245415207000100, ca",
        "424541520b000100, 00",
        "424541520c000100, 250000",
        "4c494d4515000100, 00",
        "4c494d4516000200, ca18",
        "0000000000000000, 0200 4245415204000100", // two announced, one there
        "0000000000000000, 0000 4245415204000100",
        "4245415204000200, ff" // a version that nobody has defined
    })
    void dataOfAnotherSizeAreNotUnderstood(String kind, String data) {
        String payload = kind + data.replace(" ", "");
        Bytes wire =
                Bytes.ofHex(Guid.ZERO + "310100" + String.format("%02x", payload.length() / 2) + "000000" + payload);

        assertThat(VendorCall.of(vendor(wire))).isEmpty();
    }

    @Test
    void theFirstVersionOfAnAgreementNamesThePortAlone() {
        Bytes wire = Bytes.ofHex(SERVENT + "3101000a000000" + "4c494d4516000100" + "ca18");

        assertThat(VendorCall.of(vendor(wire))).contains(new VendorCall.PushProxyAck(endpoint("0.0.0.0:6346")));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Seeds.check(5_000, random -> {
            VendorCall call = any(random);

            assertThat(VendorCall.of(vendor(Bytes.copyOf(RandomMessages.encoded(call.toVendor(QUERY))))))
                    .isEqualTo(Optional.of(call));
        });
    }

    @Test
    void anyDataAreRefusedOrUnderstoodWhole() {
        ImmutableList<VendorKind> kinds = VendorForm.KNOWN.keySet().asList();
        Seeds.checkMany(20_000, random -> {
            VendorKind kind = kinds.get(random.nextInt(kinds.size()));
            Bytes data = RandomMessages.bytes(random, random.nextBoolean() ? 12 : 300);
            Vendor message =
                    new Vendor(MessageType.VENDOR, QUERY, 1, 0, kind.vendor(), kind.selector(), kind.version(), data);

            VendorCall.of(message)
                    .filter(call -> call.kind().equals(kind))
                    .ifPresent(call -> assertThat(call.toVendor(QUERY)).isEqualTo(message));
        });
    }

    private static VendorCall any(RandomGenerator random) {
        return switch (random.nextInt(7)) {
            case 0 -> new VendorCall.HopsFlow(random.nextInt(256));
            case 1 -> new VendorCall.TcpConnectBack(random.nextInt(65_536));
            case 2 -> new VendorCall.QueryStatusRequest();
            case 3 -> new VendorCall.QueryStatusResponse(random.nextInt(65_536));
            case 4 -> new VendorCall.PushProxyRequest();
            case 5 -> new VendorCall.PushProxyAck(Endpoint.ofIpv4(random.nextInt(), random.nextInt(65_536)));
            default -> supported(random);
        };
    }

    private static VendorCall supported(RandomGenerator random) {
        ImmutableList.Builder<VendorKind> kinds = ImmutableList.builder();
        for (int i = random.nextInt(30); i > 0; i--) {
            kinds.add(new VendorKind(random.nextInt(), random.nextInt(65_536), random.nextInt(65_536)));
        }
        return new VendorCall.MessagesSupported(kinds.build());
    }

    private static void assertBytes(VendorCall call, Guid guid, String hex) {
        Vendor vendor = call.toVendor(guid);
        assertThat(Bytes.copyOf(RandomMessages.encoded(vendor)).hex()).isEqualTo(hex);
        assertThat(VendorCall.of(vendor(Bytes.ofHex(hex)))).contains(call);
    }

    private static Vendor vendor(Bytes wire) {
        Decoded<Message> decoded = GnutellaCodec.decode(ByteBuffer.wrap(wire.toArray()), WireLimits.STANDARD);
        return (Vendor) ((Decoded.Complete<Message>) decoded).message();
    }

    private static Endpoint endpoint(String text) {
        return Endpoint.parse(text).orElseThrow();
    }
}
