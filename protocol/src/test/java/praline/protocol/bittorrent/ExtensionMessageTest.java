package praline.protocol.bittorrent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Endpoint;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.ExtensionMessage.DontHave;
import praline.protocol.bittorrent.ExtensionMessage.MetadataBlock;
import praline.protocol.bittorrent.ExtensionMessage.MetadataReject;
import praline.protocol.bittorrent.ExtensionMessage.MetadataRequest;
import praline.protocol.bittorrent.ExtensionMessage.UploadOnly;
import praline.protocol.bittorrent.PeerExchange.Peer;
import praline.protocol.testing.RandomMessages;
import praline.protocol.testing.Seeds;
import praline.protocol.testing.TorrentVectors;
import praline.protocol.text.RemoteText;

/** The vectors of spec/bittorrent.md 14.2 and captures of living clients, and what is passed over (5.9, 5.12). */
class ExtensionMessageTest {

    private static final WireLimits LIMITS = WireLimits.STANDARD;
    private static final int METADATA = Extension.METADATA.ourId();
    private static final int EXCHANGE = Extension.PEER_EXCHANGE.ourId();

    @Test
    void theHandshakeOfTheSpecificationHoldsBothWays() {
        String wire = "0000005b140064313a6d6431313a75745f6d65746164617461693365363a75745f7065786931656531333a6d657461"
                + "646174615f73697a656931343865313a70693638383165343a726571716932353065313a76383a474e455420302e3165";
        ExtendedHandshake handshake = new ExtendedHandshake(
                ImmutableMap.of(Extension.METADATA, 3, Extension.PEER_EXCHANGE, 1),
                6_881,
                RemoteText.of("GNET 0.1"),
                Optional.empty(),
                250,
                148,
                Optional.empty());

        assertThat(sent(handshake.numbered(ExtendedHandshake.ID))).isEqualTo(wire);
        assertThat(received(wire)).contains(handshake);
    }

    @Test
    void theHandshakeOfLibtorrentIsRead() {
        ExtendedHandshake handshake =
                handshake("64" + "31323a636f6d706c6574655f61676f692d3165313a6d6431313a6c745f646f6e"
                        + "746861766569376531303a73686172655f6d6f646569386531313a75706c"
                        + "6f61645f6f6e6c7969336531323a75745f686f6c"
                        + "6570756e636869346531313a75745f6d65746164617461693265363a7574"
                        + "5f7065786931656531333a6d657461646174615f"
                        + "73697a656931343865343a7265717169323030306531313a75706c6f6164"
                        + "5f6f6e6c79693165313a7631383a6c6962746f72"
                        + "72656e742f322e302e382e30363a796f75726970343a7f00000165");

        assertThat(handshake.ids())
                .isEqualTo(ImmutableMap.of(
                        Extension.PEER_EXCHANGE, 1,
                        Extension.METADATA, 2,
                        Extension.UPLOAD_ONLY, 3,
                        Extension.DONT_HAVE, 7));
        assertThat(handshake.client()).isEqualTo(RemoteText.of("libtorrent/2.0.8.0"));
        assertThat(handshake.yourAddress()).isEqualTo(Endpoint.parse("127.0.0.1:0"));
        assertThat(handshake.requestQueue()).isEqualTo(2_000);
        assertThat(handshake.metadataSize()).isEqualTo(148);
        assertThat(handshake.isUploadOnly()).contains(true);
        assertThat(handshake.port()).isZero();
    }

    @Test
    void theHandshakesOfAria2AndTransmissionAreRead() {
        ExtendedHandshake aria2 = handshake("64313a6d6431313a75745f6d65746164617461693965363a75745f7065786938656531333a"
                + "6d657461646174615f73697a656931343865313a70693730303165313a7631323a61726961322f312e33362e3065");
        ExtendedHandshake transmission =
                handshake("64313a65693165313a6d6431313a75745f6d65746164617461693365363a75745f70"
                        + "65786931656531333a6d657461646174615f73697a656931343865313a70"
                        + "693730303165343a72657171693531326531313a"
                        + "75706c6f61645f6f6e6c79693165313a7631373a5472616e736d697373696f6e20332e303065");

        assertThat(aria2.idOf(Extension.METADATA)).isEqualTo(9);
        assertThat(aria2.port()).isEqualTo(7_001);
        assertThat(aria2.takes(Extension.DONT_HAVE)).isFalse();
        assertThat(transmission.idOf(Extension.METADATA)).isEqualTo(3);
        assertThat(transmission.requestQueue()).isEqualTo(512);
        assertThat(transmission.isUploadOnly()).contains(true);
    }

    @Test
    void theMetadataMessagesOfTheSpecificationHoldBothWays() {
        Bytes info = Bencode.rawEntry(
                        ByteBuffer.wrap(TorrentVectors.torrent("v1-single").toArray()),
                        "info",
                        BencodeRules.torrent(LIMITS))
                .orElseThrow();
        assertMetadata("0000001b140264383a6d73675f74797065693065353a706965636569306565", new MetadataRequest(0));
        assertMetadata(
                "000000c1140264383a6d73675f74797065693165353a706965636569306531303a746f74616c5f73697a65693134386565"
                        + info.hex(),
                new MetadataBlock(0, 148, info));
        assertMetadata("0000001b140264383a6d73675f74797065693265353a706965636569306565", new MetadataReject(0));
    }

    @Test
    void thePeerExchangeOfTheSpecificationHoldsBothWays() {
        String wire = "00000038140164353a616464656431323a0a0900021ae10a0900031ae2373a61646465642e66323a0002373a64726f70"
                + "706564363a0a0900041ae365";
        PeerExchange exchange = new PeerExchange(
                ImmutableList.of(
                        new Peer(endpoint("10.9.0.2:6881"), 0), new Peer(endpoint("10.9.0.3:6882"), PeerExchange.SEED)),
                ImmutableList.of(endpoint("10.9.0.4:6883")));

        assertThat(sent(exchange.numbered(1))).isEqualTo(wire);
        assertThat(received(wire)).contains(exchange);
    }

    @Test
    void theLossOfAPieceAndUploadOnlyHoldBothWays() {
        assertThat(sent(new DontHave(2).numbered(7))).isEqualTo("00000006140700000002");
        assertThat(received("00000006140700000002")).contains(new DontHave(2));
        assertThat(received("0000000314" + "0301")).contains(new UploadOnly(true));
        assertThat(received(sent(new UploadOnly(false).numbered(3)))).contains(new UploadOnly(false));
    }

    @Test
    void aLaterHandshakeAddsToTheEarlierOne() {
        ExtendedHandshake first = said("d1:md11:ut_metadatai3e6:ut_pexi1ee1:pi6881e1:v3:abce");
        ExtendedHandshake second = said("d1:md6:ut_pexi0ee13:metadata_sizei7e11:upload_onlyi1ee");

        ExtendedHandshake both = first.updatedBy(second);

        assertThat(both.idOf(Extension.METADATA)).isEqualTo(3);
        assertThat(both.takes(Extension.PEER_EXCHANGE)).isFalse();
        assertThat(both.port()).isEqualTo(6_881);
        assertThat(both.client()).isEqualTo(RemoteText.of("abc"));
        assertThat(both.metadataSize()).isEqualTo(7);
        assertThat(both.isUploadOnly()).contains(true);
    }

    @Test
    void whatAHandshakeCannotMeanCountsAsNotSaid() {
        ExtendedHandshake handshake = said("d1:md11:ut_metadatai256e6:ut_pexi-1e11:lt_donthave1:7e13:metadata_size"
                + "i10000001e1:pi65536e4:reqqi-5e1:vi3e6:yourip3:abce");

        assertThat(handshake).isEqualTo(ExtendedHandshake.NONE);
        assertThat(said("d1:ml1:aee")).isEqualTo(ExtendedHandshake.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "i1e", "le", "d1:m", "garbage", "d1:ai1e"})
    void whatIsNoDictionaryIsPassedOver(String payload) {
        for (int id : new int[] {ExtendedHandshake.ID, METADATA, EXCHANGE}) {
            assertThat(decoded(id, payload)).isEmpty();
        }
    }

    @Test
    void numbersThatWeDidNotListArePassedOver() {
        assertThat(decoded(4, "de")).isEmpty();
        assertThat(decoded(255, "de")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "d5:piecei0ee",
                "d8:msg_typei0ee",
                "d8:msg_typei3e5:piecei0ee",
                "d8:msg_typei-1e5:piecei0ee",
                "d8:msg_typei0e5:piecei-1ee",
                "d8:msg_typei0e5:piecei2147483648ee",
                "d8:msg_typei1e5:piecei0e10:total_sizei5ee"
            })
    void metadataMessagesOfUnknownKindOrWithoutTheirPartsArePassedOver(String payload) {
        assertThat(decoded(METADATA, payload)).isEmpty();
    }

    @Test
    void aMetadataBlockBeyondItsSizeIsPassedOver() {
        String start = "d8:msg_typei1e5:piecei0ee";

        assertThat(decoded(METADATA, start + "x".repeat(16_384)))
                .contains(new MetadataBlock(0, 0, Bytes.ofUtf8("x".repeat(16_384))));
        assertThat(decoded(METADATA, start + "x".repeat(16_385))).isEmpty();
    }

    @Test
    void peerExchangeOfSloppySendersIsRead() {
        assertThat(decoded(EXCHANGE, "de")).contains(new PeerExchange(ImmutableList.of(), ImmutableList.of()));
        assertThat(decoded(EXCHANGE, "d5:added13:abcde\u0001" + "abcde\0" + "x" + "e"))
                .contains(new PeerExchange(
                        ImmutableList.of(
                                new Peer(Endpoint.of(new byte[] {'a', 'b', 'c', 'd'}, 'e' << 8 | 1), 0),
                                new Peer(Endpoint.of(new byte[] {'a', 'b', 'c', 'd'}, 'e' << 8), 0)),
                        ImmutableList.of()));
        assertThat(decoded(EXCHANGE, "d5:added6:abcd\0\0e"))
                .contains(new PeerExchange(ImmutableList.of(), ImmutableList.of()));
    }

    @Test
    void ofAFloodOfPeersTheFirstFiftyAreTaken() {
        StringBuilder peers = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            peers.append("ab")
                    .append((char) ('A' + i / 50))
                    .append((char) ('A' + i % 50))
                    .append("xy");
        }
        Optional<ExtensionMessage> message =
                decoded(EXCHANGE, "d5:added6000:" + peers + "7:dropped6000:" + peers + "e");

        assertThat(message).get().isInstanceOfSatisfying(PeerExchange.class, exchange -> {
            assertThat(exchange.added()).hasSize(50);
            assertThat(exchange.dropped()).hasSize(50);
        });
    }

    @Test
    void everyMessageSurvivesTheRoundTrip() {
        Seeds.checkMany(5_000, random -> {
            ExtensionMessage message = message(random);
            int id = message instanceof ExtendedHandshake
                    ? ExtendedHandshake.ID
                    : message instanceof PeerExchange
                            ? EXCHANGE
                            : message instanceof DontHave
                                    ? Extension.DONT_HAVE.ourId()
                                    : message instanceof UploadOnly ? Extension.UPLOAD_ONLY.ourId() : METADATA;
            assertThat(ExtensionMessage.decode(message.numbered(id), LIMITS)).contains(message);
        });
    }

    private static ExtensionMessage message(RandomGenerator random) {
        int piece = random.nextInt(1 << 20);
        return switch (random.nextInt(7)) {
            case 0 -> new MetadataRequest(piece);
            case 1 -> new MetadataReject(piece);
            case 2 ->
                new MetadataBlock(
                        piece, random.nextInt(10_000_000), Bytes.ofHex("65").concat(RandomMessages.bytes(random, 50)));
            case 3 -> new UploadOnly(random.nextBoolean());
            case 4 -> new DontHave(piece);
            case 5 -> exchange(random);
            default ->
                new ExtendedHandshake(
                        random.nextBoolean()
                                ? ImmutableMap.of()
                                : ImmutableMap.of(Extension.METADATA, random.nextInt(256), Extension.DONT_HAVE, 0),
                        random.nextInt(65_536),
                        RemoteText.of(random.nextBoolean() ? "" : "\u00FC 1"),
                        random.nextBoolean()
                                ? Optional.empty()
                                : Optional.of(endpoint(random).withPort(0)),
                        random.nextInt(1_000),
                        random.nextInt(10_000_000),
                        random.nextBoolean() ? Optional.empty() : Optional.of(random.nextBoolean()));
        };
    }

    /** IPv4 before IPv6, as the wire orders them. */
    private static PeerExchange exchange(RandomGenerator random) {
        ImmutableList.Builder<Peer> added = ImmutableList.builder();
        ImmutableList.Builder<Endpoint> dropped = ImmutableList.builder();
        for (boolean isIpv4 : List.of(true, false)) {
            for (int i = random.nextInt(4); i > 0; i--) {
                added.add(new Peer(endpoint(random, isIpv4), random.nextInt(256)));
                dropped.add(endpoint(random, isIpv4));
            }
        }
        return new PeerExchange(added.build(), dropped.build());
    }

    private static Endpoint endpoint(RandomGenerator random) {
        return endpoint(random, random.nextBoolean());
    }

    private static Endpoint endpoint(RandomGenerator random, boolean isIpv4) {
        int port = 1 + random.nextInt(65_535);
        return isIpv4
                ? Endpoint.ofIpv4(random.nextInt(), port)
                : new Endpoint(random.nextLong() | 1, random.nextLong(), port);
    }

    private static void assertMetadata(String wire, ExtensionMessage message) {
        assertThat(sent(message.numbered(2))).isEqualTo(wire);
        assertThat(received(wire)).contains(message);
    }

    private static ExtendedHandshake handshake(String payloadHex) {
        return (ExtendedHandshake)
                ExtensionMessage.decode(new PeerMessage.Extended(ExtendedHandshake.ID, Bytes.ofHex(payloadHex)), LIMITS)
                        .orElseThrow();
    }

    private static ExtendedHandshake said(String payload) {
        return (ExtendedHandshake) decoded(ExtendedHandshake.ID, payload).orElseThrow();
    }

    private static Optional<ExtensionMessage> decoded(int id, String payload) {
        return ExtensionMessage.decode(new PeerMessage.Extended(id, Bytes.ofUtf8(payload)), LIMITS);
    }

    private static Optional<ExtensionMessage> received(String wire) {
        ByteBuffer in = ByteBuffer.wrap(Bytes.ofHex(wire).toArray());
        return PeerCodec.decode(in, LIMITS) instanceof Decoded.Complete<PeerMessage> complete
                        && complete.message() instanceof PeerMessage.Extended extended
                ? ExtensionMessage.decode(extended, LIMITS)
                : Optional.empty();
    }

    private static String sent(PeerMessage message) {
        ByteBuffer out = ByteBuffer.allocate(message.wireSize());
        PeerCodec.encode(message, out);
        return Bytes.copyOf(out.array()).hex();
    }

    private static Endpoint endpoint(String text) {
        return Endpoint.parse(text).orElseThrow();
    }
}
