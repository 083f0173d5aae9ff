package praline.protocol.gnutella;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Iterables;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.http.ContentRange;
import praline.protocol.http.Giv;
import praline.protocol.http.HeadCodec;
import praline.protocol.http.RequestHead;
import praline.protocol.http.ResponseHead;
import praline.protocol.http.Route;
import praline.protocol.testing.RandomMessages;
import praline.protocol.testing.Recording;

/** What living programs sent, and the examples of the reference: decoded, and encoded to the very same bytes. */
class RecordedBytesTest {

    private static final WireLimits LIMITS = WireLimits.STANDARD;
    private static final Pattern DESCRIPTOR = Pattern.compile("(\\w+) ttl=(\\d+) hops=(\\d+) payload=(\\d+).*");
    private static final Sha1 ZANZIBAR =
            Sha1.parseBase32("HJ54BBEVIJBG24C2CUAJDZ4FLDISEQDZ").orElseThrow();

    static Stream<Recording> recordings() {
        return Stream.concat(Recording.RECORDED.stream().map(Recording::recorded), Stream.of(Recording.reference()));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void everyUnitSurvivesTheRoundTrip(Recording recording) {
        for (Recording.Line line : recording.lines()) {
            String start = new String(line.bytes().toArray(), StandardCharsets.ISO_8859_1);
            if (start.startsWith("GNUTELLA")) {
                assertBlock(line.bytes());
            } else if (start.startsWith("GET ") || start.startsWith("HEAD ")) {
                assertRequest(line.bytes());
            } else if (start.startsWith("HTTP/1.")) {
                assertAnswer(line.bytes());
            } else if (start.startsWith("GIV ")) {
                assertGiv(line.bytes());
            } else if (!line.note().equals("zlib")) {
                assertDescriptor(line);
            }
        }
    }

    @Test
    void whatTheNotesSayOfDescriptorsIsWhatTheyAre() {
        int checked = 0;
        for (Recording recording : (Iterable<Recording>) recordings()::iterator) {
            for (Recording.Line line : recording.lines()) {
                var note = DESCRIPTOR.matcher(line.note());
                if (note.matches()) {
                    assertNote(note.toMatchResult(), message(line.bytes()));
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThan(60);
    }

    @Test
    void aDeflatedLinkIsReadInBothDirections() {
        List<Recording.Line> lines = Recording.recorded("deflate_stream").lines();
        Handshake greeting = block(lines.get(0).bytes());
        Handshake answer = block(lines.get(1).bytes());
        Handshake confirmation = block(lines.get(2).bytes());
        try (OverlayCodec us = OverlayCodec.connector(LIMITS);
                OverlayCodec them = OverlayCodec.acceptor(LIMITS)) {
            us.send(greeting);
            assertThat(received(them, us.takeOutgoing())).containsExactly(greeting);
            them.send(answer);
            assertThat(received(us, them.takeOutgoing())).containsExactly(answer);
            us.send(confirmation);
            assertThat(received(them, us.takeOutgoing())).containsExactly(confirmation);

            assertThat(received(them, lines.get(3).bytes().toArray()))
                    .containsExactly(message(Bytes.ofHex("3d5b86c35e0e0b7affab9dac75e2ae0000010000000000")));
            assertThat(received(us, lines.get(4).bytes().toArray()))
                    .extracting(frame -> ((Message) frame).type())
                    .containsExactly(MessageType.VENDOR, MessageType.VENDOR, MessageType.PONG);
        }
    }

    @Test
    void theHitsOfLivingProgramsNameTheirFiles() {
        List<String> names = List.of("query_urn", "queryhit_ggep_h", "bun_queryhit");
        for (String name : names) {
            QueryHit hit = (QueryHit)
                    message(Iterables.getLast(Recording.recorded(name).lines()).bytes());
            HitFile file = HitFile.of(hit, LIMITS).get(0);
            assertThat(file.sha1()).as(name).isEqualTo(ZANZIBAR);
            assertThat(file.size()).isEqualTo(4_096);
            assertThat(HitTrailer.read(hit.trailer()).orElseThrow().ggep(LIMITS).has("BH"))
                    .isTrue();
        }
    }

    @Test
    void theQueriesOfLivingProgramsSayWhatTheyWant() {
        QueryTerms byUrn = QueryTerms.of((Query) first("query_urn"), LIMITS);
        assertThat(byUrn.words()).isEmpty();
        assertThat(byUrn.sha1()).isEqualTo(ZANZIBAR);

        assertThat(QueryTerms.of((Query) first("queryhit_ggep_h"), LIMITS).words())
                .containsExactly("zanzibar", "sonata");
    }

    @Test
    void aLargeFileInTheReferenceHasItsTrueSize() {
        List<Long> sizes = new ArrayList<>();
        for (Recording.Line line : Recording.reference().lines()) {
            if (message(line.bytes()) instanceof QueryHit hit) {
                sizes.add(HitFile.of(hit, LIMITS).get(0).size());
            }
        }
        assertThat(sizes).containsExactly(105_000L, 105_000L, 105_000L, 5_000_000_000L, 105_000L);
    }

    @Test
    void theDownloadOfAPartIsUnderstood() {
        List<Recording.Line> lines = Recording.recorded("http_range").lines();
        RequestHead request = request(lines.get(0).bytes());
        ResponseHead answer = answer(lines.get(1).bytes());

        assertThat(request.route())
                .isInstanceOfSatisfying(
                        Route.ByUrn.class,
                        route -> assertThat(route.urn().hash()).isEqualTo(ZANZIBAR));
        assertThat(request.keepsAlive()).isFalse();
        assertThat(ContentRange.parse(answer.headers().get("Content-Range").orElseThrow()))
                .contains(new ContentRange(1_000, 1_999, 4_096));
        assertThat(lines.get(1).bytes().size() - answer.wireSize())
                .isEqualTo(Math.toIntExact(answer.contentLength().orElseThrow()));
    }

    private static void assertBlock(Bytes bytes) {
        Handshake block = block(bytes);
        ByteBuffer out = ByteBuffer.allocate(block.wireSize());
        HandshakeCodec.encode(block, out);
        assertThat(Bytes.copyOf(out.array())).isEqualTo(bytes);
    }

    private static void assertRequest(Bytes bytes) {
        RequestHead head = request(bytes);
        ByteBuffer out = ByteBuffer.allocate(head.wireSize());
        HeadCodec.encode(head, out);
        assertThat(Bytes.copyOf(out.array())).isEqualTo(bytes);
    }

    private static void assertAnswer(Bytes bytes) {
        ResponseHead head = answer(bytes);
        ByteBuffer out = ByteBuffer.allocate(head.wireSize());
        HeadCodec.encode(head, out);
        assertThat(Bytes.copyOf(out.array())).isEqualTo(bytes.slice(0, head.wireSize()));
    }

    private static void assertGiv(Bytes bytes) {
        Giv giv = complete(Giv.decode(ByteBuffer.wrap(bytes.toArray()), LIMITS));
        ByteBuffer out = ByteBuffer.allocate(giv.wireSize());
        giv.encode(out);
        assertThat(Bytes.copyOf(out.array())).isEqualTo(bytes);
    }

    private static void assertDescriptor(Recording.Line line) {
        Message message = message(line.bytes());
        assertThat(Bytes.copyOf(RandomMessages.encoded(message)))
                .as(line.note())
                .isEqualTo(line.bytes());
    }

    private static void assertNote(MatchResult note, Message message) {
        assertThat(nameOf(message)).isEqualTo(note.group(1));
        assertThat(message.ttl()).isEqualTo(Integer.parseInt(note.group(2)));
        assertThat(message.hops()).isEqualTo(Integer.parseInt(note.group(3)));
        assertThat(message.payloadSize()).isEqualTo(Integer.parseInt(note.group(4)));
    }

    private static String nameOf(Message message) {
        if (message instanceof Opaque opaque) {
            return opaque.code() == 0xCD ? "HSEP" : opaque.type().name();
        }
        return message.type() == MessageType.QRP ? "QRP" : message.getClass().getSimpleName();
    }

    private static List<OverlayFrame> received(OverlayCodec codec, byte[] bytes) {
        List<OverlayFrame> frames = new ArrayList<>();
        codec.receive(ByteBuffer.wrap(bytes));
        Decoded<OverlayFrame> next = codec.next();
        while (next instanceof Decoded.Complete<OverlayFrame> complete) {
            frames.add(complete.message());
            next = codec.next();
        }
        assertThat(next).isInstanceOf(Decoded.Partial.class);
        return frames;
    }

    private static Message first(String recording) {
        return message(Recording.recorded(recording).lines().get(0).bytes());
    }

    private static Message message(Bytes bytes) {
        return complete(GnutellaCodec.decode(ByteBuffer.wrap(bytes.toArray()), LIMITS));
    }

    private static Handshake block(Bytes bytes) {
        return complete(HandshakeCodec.decode(ByteBuffer.wrap(bytes.toArray()), LIMITS));
    }

    private static RequestHead request(Bytes bytes) {
        return complete(HeadCodec.decodeRequest(ByteBuffer.wrap(bytes.toArray()), LIMITS));
    }

    private static ResponseHead answer(Bytes bytes) {
        return complete(HeadCodec.decodeResponse(ByteBuffer.wrap(bytes.toArray()), LIMITS));
    }

    private static <M> M complete(Decoded<M> decoded) {
        if (decoded instanceof Decoded.Complete<M> complete) {
            return complete.message();
        }
        throw new AssertionError("not accepted: " + decoded);
    }
}
