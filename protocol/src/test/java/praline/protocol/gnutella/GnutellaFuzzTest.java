package praline.protocol.gnutella;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Guid;
import praline.protocol.Limits;
import praline.protocol.WireLimits;
import praline.protocol.testing.RandomMessages;

/**
 * The targets of spec/hardening.md section 12 for Gnutella: any bytes are a value, and what is accepted obeys the laws
 * of the codec. Each build replays the inputs in {@code GnutellaFuzzTestInputs}; the nights look for new ones.
 */
class GnutellaFuzzTest {

    private static final WireLimits STANDARD = WireLimits.STANDARD;
    private static final WireLimits TINY = Limits.minimum(WireLimits.class);
    private static final WireLimits HUGE = Limits.maximum(WireLimits.class);
    private static final int[] SMALL_TYPES = {0x00, 0x01, 0x02, 0x40};

    @FuzzTest
    void messageFrame(byte[] data) {
        for (WireLimits limits : List.of(STANDARD, TINY, HUGE)) {
            checkStream(data, limits);
        }
    }

    @FuzzTest
    void handshake(byte[] data) {
        for (WireLimits limits : List.of(STANDARD, TINY, HUGE)) {
            ByteBuffer in = ByteBuffer.wrap(data);
            if (HandshakeCodec.decode(in, limits) instanceof Decoded.Complete<Handshake> complete) {
                checkBlock(complete.message(), HUGE);
                complete.message()
                        .headers()
                        .endpoints("X-Try", limits.handshake().tryAddresses());
            } else {
                assertThat(in.position()).isZero();
            }
        }
    }

    /** A link that is open, plain or deflated as the first byte says, and its bytes cut where the second one says. */
    @FuzzTest
    void openLink(byte[] data) {
        if (data.length < 2) {
            return;
        }
        boolean deflated = (data[0] & 1) != 0;
        byte[] bytes = Arrays.copyOfRange(data, 2, data.length);
        List<OverlayFrame> whole = framesOf(bytes, deflated, bytes.length + 1);
        assertThat(framesOf(bytes, deflated, 1 + (data[1] & 0xFF))).isEqualTo(whole);
    }

    @FuzzTest
    void ggep(byte[] data) {
        Bytes block = Bytes.copyOf(data);
        Ggep read = new GgepReader(STANDARD).read(block, 0);
        assertThat(read.end()).isBetween(0, data.length);
        assertThat(read.extensions()).hasSizeLessThanOrEqualTo(STANDARD.ggep().extensions());
        GgepWriter writer = GgepWriter.zeroFree();
        for (Ggep.Extension extension : read.extensions()) {
            writer.add(extension.id(), extension.data());
        }
        Bytes written = writer.toBytes();
        assertThat(new GgepReader(STANDARD).read(written, 0).extensions()).isEqualTo(read.extensions());
    }

    @FuzzTest
    void query(byte[] data) {
        if (checkMessage(framed(0x80, data)) instanceof Query query) {
            QueryTerms terms = QueryTerms.of(query, STANDARD);
            assertThat(terms.words()).hasSizeLessThanOrEqualTo(STANDARD.query().words());
        }
    }

    @FuzzTest
    void queryHit(byte[] data) {
        if (checkMessage(framed(0x81, data)) instanceof QueryHit hit) {
            ImmutableList<HitFile> files = HitFile.of(hit, STANDARD);
            assertThat(files).hasSameSizeAs(hit.records());
            HitTrailer.read(hit.trailer()).ifPresent(trailer -> {
                assertThat(trailer.toBytes()).isEqualTo(hit.trailer());
                assertThat(trailer.ggep(STANDARD)).isNotNull();
            });
        }
    }

    /** Ping, pong, bye or push, as the first byte says. */
    @FuzzTest
    void pushPong(byte[] data) {
        if (data.length > 0) {
            int type = SMALL_TYPES[data[0] & 3];
            checkMessage(framed(type, Arrays.copyOfRange(data, 1, data.length)));
        }
    }

    /** What follows the vendor, the first byte being the selector. */
    @FuzzTest
    void prln(byte[] data) {
        if (data.length > 0) {
            byte[] header = {'P', 'R', 'L', 'N', data[0], 0, 1, 0};
            byte[] payload = Arrays.copyOf(header, header.length + data.length - 1);
            System.arraycopy(data, 1, payload, header.length, data.length - 1);
            if (checkMessage(framed(0x31, payload)) instanceof IndexBatch batch) {
                for (IndexRecord record : batch.records()) {
                    checkRecord(record);
                }
            }
        }
    }

    /**
     * A link that sends nothing but routing tables: of each part, the first byte is its length and the second moves the
     * clock on by as many seconds.
     */
    @FuzzTest
    void qrpReceiver(byte[] data) {
        try (QrpReceiver receiver = new QrpReceiver(TINY.qrp(), 0)) {
            QrpTable table = QrpTable.empty(3);
            long now = 0;
            for (int at = 0; at + 2 < data.length; ) {
                int end = Math.min(data.length, at + 2 + (data[at] & 0xFF));
                now += 1_000L * (data[at + 1] & 0xFF);
                Message message = checkMessage(framed(0x30, Arrays.copyOfRange(data, at + 2, end)));
                table = take(receiver, message, table, now);
                at = end;
            }
            assertThat(table.slots()).isLessThanOrEqualTo(TINY.qrp().slotsStored());
        }
    }

    private static QrpTable take(QrpReceiver receiver, @Nullable Message message, QrpTable table, long now) {
        QrpReceiver.Outcome outcome = QrpReceiver.PENDING;
        if (message instanceof QrpReset reset) {
            outcome = receiver.onReset(reset, now);
        } else if (message instanceof QrpPatch patch) {
            outcome = receiver.onPatch(patch, () -> table, now);
        }
        return outcome instanceof QrpReceiver.Outcome.Complete complete ? complete.table() : table;
    }

    private static void checkRecord(IndexRecord record) {
        if (record instanceof IndexRecord.Add add) {
            assertThat(add.size()).isNotNegative();
            assertThat(add.digest()).isEqualTo(add.digest());
        }
    }

    private static void checkStream(byte[] data, WireLimits limits) {
        ByteBuffer in = ByteBuffer.wrap(data);
        while (true) {
            int start = in.position();
            Decoded<Message> decoded = GnutellaCodec.decode(in, limits);
            if (decoded instanceof Decoded.Complete<Message> complete) {
                assertThat(RandomMessages.encoded(complete.message()))
                        .isEqualTo(Arrays.copyOfRange(data, start, in.position()));
            } else if (decoded instanceof Decoded.Malformed<Message> malformed) {
                assertThat(malformed.offset()).isBetween(0, in.position() - start);
                assertThat(in.position())
                        .as("a decoder that stands still hangs the link")
                        .isGreaterThan(start);
            } else {
                assertThat(in.position()).isEqualTo(start);
                return;
            }
        }
    }

    /** The message in {@code frame}, or null when it is none. */
    private static @Nullable Message checkMessage(byte[] frame) {
        checkStream(frame, STANDARD);
        ByteBuffer in = ByteBuffer.wrap(frame);
        return GnutellaCodec.decode(in, STANDARD) instanceof Decoded.Complete<Message> complete
                ? complete.message()
                : null;
    }

    private static byte[] framed(int type, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(Message.HEADER_SIZE + payload.length);
        frame.put(new byte[Guid.SIZE]).put((byte) type).put((byte) 1).put((byte) 0);
        frame.order(ByteOrder.LITTLE_ENDIAN).putInt(payload.length).put(payload);
        return frame.array();
    }

    private static void checkBlock(Handshake block, WireLimits limits) {
        ByteBuffer out = ByteBuffer.allocate(block.wireSize());
        HandshakeCodec.encode(block, out);
        assertThat(out.remaining()).isZero();
        // What came in many short lines may be longer in ours: a blank behind each colon.
        if (block.wireSize() <= limits.handshake().block()) {
            assertThat(HandshakeCodec.decode(out.flip(), limits)).isEqualTo(new Decoded.Complete<>(block));
        }
    }

    private static List<OverlayFrame> framesOf(byte[] bytes, boolean deflated, int pieceSize) {
        List<OverlayFrame> frames = new ArrayList<>();
        try (OverlayCodec codec = OverlayCodec.acceptor(STANDARD)) {
            open(codec, deflated);
            for (int from = 0; from < bytes.length; from += pieceSize) {
                codec.receive(ByteBuffer.wrap(bytes, from, Math.min(pieceSize, bytes.length - from)));
                Decoded<OverlayFrame> next = codec.next();
                while (next instanceof Decoded.Complete || next instanceof Decoded.Malformed) {
                    if (next instanceof Decoded.Complete<OverlayFrame> complete) {
                        frames.add(complete.message());
                    }
                    next = codec.next();
                }
            }
        }
        return frames;
    }

    private static void open(OverlayCodec codec, boolean deflated) {
        Headers inflates = Headers.builder().add("Accept-Encoding", "deflate").build();
        Headers deflates = Headers.builder().add("Content-Encoding", "deflate").build();
        Handshake confirmation = Handshake.answer(200, "OK", deflated ? deflates : Headers.NONE);
        take(codec, Handshake.greeting(Headers.NONE));
        codec.send(Handshake.answer(200, "OK", inflates));
        take(codec, confirmation);
    }

    private static void take(OverlayCodec codec, Handshake block) {
        ByteBuffer bytes = ByteBuffer.allocate(block.wireSize());
        HandshakeCodec.encode(block, bytes);
        codec.receive(bytes.flip());
        assertThat(codec.next()).isEqualTo(new Decoded.Complete<>(block));
    }
}
