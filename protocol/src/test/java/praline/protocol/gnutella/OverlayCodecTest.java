package praline.protocol.gnutella;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Defect;
import praline.protocol.Guid;
import praline.protocol.WireLimits;
import praline.protocol.testing.RandomMessages;
import praline.protocol.testing.Seeds;

/** Two codecs face each other, and the bytes between them are cut by chance. */
class OverlayCodecTest {

    private static final Headers PLAIN =
            Headers.builder().add("X-Ultrapeer", "True").build();
    private static final Headers INFLATES =
            Headers.builder().add("Accept-Encoding", "gzip, deflate").build();
    private static final Headers DEFLATES =
            Headers.builder().add("Content-Encoding", "deflate").build();
    private static final Headers BOTH = Headers.builder()
            .add("Accept-Encoding", "deflate")
            .add("Content-Encoding", "deflate")
            .build();

    private final OverlayCodec connector = OverlayCodec.connector(WireLimits.STANDARD);
    private final OverlayCodec acceptor = OverlayCodec.acceptor(WireLimits.STANDARD);

    @Test
    void whatIsSentArrivesHoweverItIsCutAndCompressed() {
        Seeds.check(1_000, random -> {
            try (OverlayCodec left = OverlayCodec.connector(WireLimits.STANDARD);
                    OverlayCodec right = OverlayCodec.acceptor(WireLimits.STANDARD)) {
                boolean rightInflates = random.nextBoolean();
                boolean leftInflates = random.nextBoolean();
                shakeHands(left, right, leftInflates, rightInflates, random);
                for (int turn = 0; turn < 4; turn++) {
                    List<Message> toRight = messages(random);
                    List<Message> toLeft = messages(random);
                    toRight.forEach(left::send);
                    toLeft.forEach(right::send);
                    assertThat(received(right, left.takeOutgoing(), random)).isEqualTo(toRight);
                    assertThat(received(left, right.takeOutgoing(), random)).isEqualTo(toLeft);
                }
                assertThat(left.isOpen() && right.isOpen()).isTrue();
            }
        });
    }

    @Test
    void aCompressedLinkCarriesFewerBytesThanItCounts() {
        shakeHands(connector, acceptor, true, true, Seeds.generator(1));
        long before = acceptor.plainBytes();
        Query query = query("a".repeat(500));
        connector.send(query);
        byte[] bytes = connector.takeOutgoing();

        assertThat(received(acceptor, bytes, Seeds.generator(1))).isEqualTo(List.of(query));
        assertThat(bytes.length).isLessThan(100);
        assertThat(acceptor.plainBytes() - before).isEqualTo(query.wireSize());
    }

    @Test
    void whatFollowsTheGreetingBeforeItsAnswerIsTooEarly() {
        acceptor.receive(text("GNUTELLA CONNECT/0.6\r\n\r\nGNUTELLA/0.6 200 OK\r\n\r\n"));

        assertThat(acceptor.next()).isEqualTo(new Decoded.Fatal<>(Defect.TOO_EARLY, 0));
    }

    @Test
    void whatFollowsTheAnswerBeforeItsConfirmationIsTooEarly() {
        connector.send(Handshake.greeting(PLAIN));
        connector.receive(text("GNUTELLA/0.6 200 OK\r\n\r\n"));
        assertThat(connector.next()).isInstanceOf(Decoded.Complete.class);

        connector.receive(text("x"));

        assertThat(connector.next()).isEqualTo(new Decoded.Fatal<>(Defect.TOO_EARLY, 0));
    }

    @Test
    void descriptorsMayFollowTheConfirmationInTheSameSegment() {
        acceptor.receive(text("GNUTELLA CONNECT/0.6\r\n\r\n"));
        assertThat(acceptor.next()).isInstanceOf(Decoded.Complete.class);
        acceptor.send(Handshake.answer(200, "OK", PLAIN));
        acceptor.receive(text("GNUTELLA/0.6 200 OK\r\n\r\n"));
        acceptor.receive(ByteBuffer.wrap(RandomMessages.encoded(query("a"))));

        assertThat(acceptor.next()).isEqualTo(new Decoded.Complete<>(Handshake.answer(200, "OK", Headers.NONE)));
        assertThat(acceptor.next()).isEqualTo(new Decoded.Complete<>(query("a")));
    }

    @Test
    void afterARefusalNothingIsExpected() {
        acceptor.receive(text("GNUTELLA CONNECT/0.6\r\n\r\n"));
        assertThat(acceptor.next()).isInstanceOf(Decoded.Complete.class);
        acceptor.send(Handshake.answer(503, "Full", PLAIN));
        assertThat(acceptor.next()).isInstanceOf(Decoded.Partial.class);

        acceptor.receive(text("GNUTELLA/0.6 200 OK\r\n\r\n"));

        assertThat(acceptor.next()).isEqualTo(new Decoded.Fatal<>(Defect.TOO_EARLY, 0));
    }

    @Test
    void theOldHandshakeIsOpenAfterTheAnswer() {
        Handshake greeting = new Handshake(Handshake.Step.GREETING, Handshake.Version.V0_4, 0, "", Headers.NONE);
        Handshake answer = new Handshake(Handshake.Step.ANSWER, Handshake.Version.V0_4, 200, "", Headers.NONE);
        connector.send(greeting);
        acceptor.receive(ByteBuffer.wrap(connector.takeOutgoing()));
        assertThat(acceptor.next()).isEqualTo(new Decoded.Complete<>(greeting));
        acceptor.send(answer);
        acceptor.send(query("a"));
        connector.receive(ByteBuffer.wrap(acceptor.takeOutgoing()));

        assertThat(connector.next()).isEqualTo(new Decoded.Complete<>(answer));
        assertThat(connector.next()).isEqualTo(new Decoded.Complete<>(query("a")));
    }

    @Test
    void aGreetingIsNoAnswerAndAnAnswerNoGreeting() {
        acceptor.receive(text("GNUTELLA/0.6 200 OK\r\n\r\n"));
        assertThat(acceptor.next()).isEqualTo(new Decoded.Fatal<>(Defect.BAD_HEADER_BLOCK, 0));

        connector.send(Handshake.greeting(PLAIN));
        connector.receive(text("GNUTELLA CONNECT/0.6\r\n\r\n"));
        assertThat(connector.next()).isEqualTo(new Decoded.Fatal<>(Defect.BAD_HEADER_BLOCK, 0));
    }

    @Test
    void whoDeflatesWithoutBeingAskedIsRefused() {
        connector.send(Handshake.greeting(PLAIN));
        connector.receive(text("GNUTELLA/0.6 200 OK\r\nContent-Encoding: deflate\r\n\r\n"));

        assertThat(connector.next()).isEqualTo(new Decoded.Fatal<>(Defect.BAD_HEADER_BLOCK, 0));
    }

    @Test
    void whatWeSendOutOfTurnIsABug() {
        assertThatThrownBy(() -> connector.send(query("a"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> acceptor.send(Handshake.answer(200, "OK", PLAIN)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> connector.send(Handshake.answer(200, "OK", PLAIN)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void junkIsRefusedBeforeALineHasEnded() {
        acceptor.receive(text("GNUTTELL"));

        assertThat(acceptor.next()).isEqualTo(new Decoded.Fatal<>(Defect.BAD_HEADER_BLOCK, 4));
        assertThat(acceptor.next()).as("a failure is for good").isInstanceOf(Decoded.Fatal.class);
    }

    @Test
    void anEndlessLineIsRefusedOnceItIsTooLong() {
        acceptor.receive(text("GNUTELLA CONNECT/0.6\r\nA: "));
        int fed = 0;
        while (acceptor.next() instanceof Decoded.Partial && fed < 10_000) {
            acceptor.receive(text("b"));
            fed++;
        }

        assertThat(fed).isBetween(4_000, 4_200);
        assertThat(acceptor.next()).isEqualTo(new Decoded.Fatal<>(Defect.BAD_HEADER_BLOCK, 22 + 4_096));
    }

    @Test
    void aBombCanBeStoppedAfterEachStep() {
        shakeHands(connector, acceptor, true, true, Seeds.generator(1));
        byte[] zeros = new byte[8 << 20];
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(zeros);
        byte[] bomb = new byte[65_536];
        int size = deflater.deflate(bomb, 0, bomb.length, Deflater.SYNC_FLUSH);
        deflater.end();
        acceptor.receive(ByteBuffer.wrap(bomb, 0, size));
        long before = acceptor.plainBytes();

        // Zeros are pings without payload: each step of 16 KiB holds 712 of them.
        for (int i = 0; i < 712; i++) {
            assertThat(acceptor.next()).isInstanceOf(Decoded.Complete.class);
        }

        assertThat(acceptor.plainBytes() - before).isEqualTo(16_384);
        assertThat(acceptor.next()).isInstanceOf(Decoded.Complete.class);
        assertThat(acceptor.plainBytes() - before).isEqualTo(2 * 16_384);
        assertThat(acceptor.heldBytes() - size)
                .as("heap beyond the bomb itself")
                .isLessThanOrEqualTo(32 * 1_024);
    }

    @Test
    void aLinkThatAnnouncesMuchAndSendsNothingHoldsOneStep() {
        shakeHands(connector, acceptor, false, false, Seeds.generator(1));
        assertThat(acceptor.heldBytes()).as("an idle link").isZero();
        byte[] hit = new byte[Message.HEADER_SIZE];
        hit[16] = (byte) 0x81;
        hit[21] = 1;
        acceptor.receive(ByteBuffer.wrap(hit));

        assertThat(acceptor.next()).isEqualTo(new Decoded.Partial<>(65_536));
        assertThat(acceptor.heldBytes()).isEqualTo(4_096);
    }

    @Test
    void anyBytesOfAnyPhaseAreAValue() {
        Seeds.checkMany(20_000, random -> {
            try (OverlayCodec left = OverlayCodec.connector(WireLimits.STANDARD);
                    OverlayCodec right = OverlayCodec.acceptor(WireLimits.STANDARD)) {
                left.send(Handshake.greeting(INFLATES));
                byte[] greeting = left.takeOutgoing();
                if (random.nextBoolean()) {
                    greeting[random.nextInt(greeting.length)] = (byte) random.nextInt(256);
                }
                right.receive(ByteBuffer.wrap(greeting));
                if (right.next() instanceof Decoded.Complete) {
                    right.send(Handshake.answer(200, "OK", PLAIN));
                    right.receive(text("GNUTELLA/0.6 200 OK\r\n\r\n"));
                    assertThat(right.next()).isInstanceOf(Decoded.Complete.class);
                    right.receive(
                            ByteBuffer.wrap(RandomMessages.bytes(random, 100).toArray()));
                    Decoded<OverlayFrame> next = right.next();
                    while (next instanceof Decoded.Complete || next instanceof Decoded.Malformed) {
                        next = right.next();
                    }
                }
            }
        });
    }

    @Test
    void aDamagedStreamIsFatal() {
        shakeHands(connector, acceptor, true, true, Seeds.generator(1));
        acceptor.receive(text("this is no zlib stream"));

        assertThat(acceptor.next()).isEqualTo(new Decoded.Fatal<>(Defect.BAD_DEFLATE, 0));
    }

    @Test
    void theStreamMayEndAfterItsLastMessageButNotGoOn() {
        shakeHands(connector, acceptor, true, true, Seeds.generator(1));
        Deflater deflater = new Deflater();
        deflater.setInput(RandomMessages.encoded(query("a")));
        deflater.finish();
        byte[] ended = new byte[200];
        int size = deflater.deflate(ended);
        deflater.end();
        acceptor.receive(ByteBuffer.wrap(ended, 0, size));

        assertThat(acceptor.next()).isEqualTo(new Decoded.Complete<>(query("a")));
        assertThat(acceptor.next()).isInstanceOf(Decoded.Partial.class);
        acceptor.receive(text("more"));
        assertThat(acceptor.next()).isEqualTo(new Decoded.Fatal<>(Defect.BAD_DEFLATE, 0));
    }

    @Test
    void aClosedCodecDropsWhatComes() {
        shakeHands(connector, acceptor, true, true, Seeds.generator(1));
        connector.send(query("a"));
        acceptor.receive(ByteBuffer.wrap(connector.takeOutgoing()));
        acceptor.close();
        acceptor.close();

        assertThat(acceptor.next()).isInstanceOf(Decoded.Partial.class);
    }

    private static void shakeHands(
            OverlayCodec left,
            OverlayCodec right,
            boolean leftInflates,
            boolean rightInflates,
            RandomGenerator random) {
        left.send(Handshake.greeting(leftInflates ? INFLATES : PLAIN));
        assertThat(received(right, left.takeOutgoing(), random)).hasSize(1);
        Headers answer = leftInflates ? (rightInflates ? BOTH : DEFLATES) : (rightInflates ? INFLATES : PLAIN);
        right.send(Handshake.answer(200, "OK", answer));
        assertThat(received(left, right.takeOutgoing(), random)).hasSize(1);
        left.send(Handshake.answer(200, "OK", rightInflates ? DEFLATES : PLAIN));
        assertThat(received(right, left.takeOutgoing(), random)).hasSize(1);
    }

    private static List<OverlayFrame> received(OverlayCodec codec, byte[] bytes, RandomGenerator random) {
        List<OverlayFrame> frames = new ArrayList<>();
        int from = 0;
        while (from < bytes.length) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(100));
            codec.receive(ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, to)));
            from = to;
            Decoded<OverlayFrame> next = codec.next();
            while (next instanceof Decoded.Complete<OverlayFrame> complete) {
                frames.add(complete.message());
                next = codec.next();
            }
            assertThat(next).isInstanceOf(Decoded.Partial.class);
        }
        return frames;
    }

    private static List<Message> messages(RandomGenerator random) {
        List<Message> messages = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            messages.add(RandomMessages.message(random));
        }
        return messages;
    }

    private static Query query(String text) {
        return new Query(Guid.ZERO, 4, 0, 0x8000, Bytes.ofUtf8(text), Bytes.EMPTY);
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
