package praline.node.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import praline.node.disk.ByteBlock;
import praline.node.transfer.TransferFrame;
import praline.node.transfer.TransferFrame.ReceivedPart;
import praline.node.transfer.TransferFrame.Request;
import praline.node.transfer.TransferFrame.Response;
import praline.protocol.Decoded;
import praline.protocol.Defect;
import praline.protocol.gnutella.Headers;
import praline.protocol.http.RequestHead;
import praline.protocol.testing.Seeds;

/** HTTP in frames and bytes, however the bytes are cut. */
class TransferLinksTest {

    private static final String REQUESTS = lines(
            "GET /uri-res/N2R?urn:sha1:AAAA HTTP/1.1",
            "Host: x",
            "",
            "HEAD /get/1/name HTTP/1.1",
            "Host: x",
            "Range: bytes=0-9",
            "");

    /** To GET, HEAD, which has no body, GET and GET. */
    private static final String ANSWERS = lines("HTTP/1.1 200 OK", "Content-Length: 10", "")
            + "0123456789"
            + lines("HTTP/1.1 200 OK", "Content-Length: 5", "")
            + lines("HTTP/1.1 100 Continue", "")
            + lines("HTTP/1.1 503 Busy", "Content-Length: 0", "")
            + lines("HTTP/1.0 200 OK", "")
            + "until the end";

    @Test
    void requestsAreTheSameHoweverTheyAreCut() {
        List<String> whole = heard(accepted(), REQUESTS, new int[0]);
        assertThat(whole).containsExactly("GET /uri-res/N2R?urn:sha1:AAAA", "HEAD /get/1/name");
        Seeds.check(
                500,
                random -> assertThat(heard(accepted(), REQUESTS, cuts(random, REQUESTS.length())))
                        .isEqualTo(whole));
    }

    @Test
    void answersAndBodiesAreTheSameHoweverTheyAreCut() {
        List<String> whole = heard(asking(), ANSWERS, new int[0]);
        assertThat(whole).containsExactly("200", "0123456789", "200", "100", "503", "200", "until the end");
        Seeds.check(
                500,
                random -> assertThat(heard(asking(), ANSWERS, cuts(random, ANSWERS.length())))
                        .isEqualTo(whole));
    }

    @Test
    void anAnswerThatNobodyAskedForIsNone() {
        FrameCodec<TransferFrame> link = codec(true);
        link.receive(bytes(lines("HTTP/1.1 200 OK", "")));
        assertThat(link.next()).isEqualTo(new Decoded.Fatal<>(Defect.BAD_HTTP, 0));
    }

    @Test
    void onlyWhoOwesAHeadIsHurried() {
        FrameCodec<TransferFrame> accepted = accepted();
        assertThat(accepted.awaitsOpening()).as("who dials asks").isTrue();
        accepted.receive(bytes(REQUESTS));
        accepted.next();
        accepted.next();
        assertThat(accepted.awaitsOpening()).as("between two requests").isFalse();
        accepted.receive(bytes("GE"));
        accepted.next();
        assertThat(accepted.awaitsOpening()).as("in the middle of a head").isTrue();

        FrameCodec<TransferFrame> asking = asking();
        assertThat(asking.awaitsOpening()).as("an answer may take its time").isFalse();
        asking.receive(bytes(lines("HTTP/1.1 200 OK", "Content-Length: 10", "") + "01"));
        asking.next();
        asking.next();
        assertThat(asking.awaitsOpening()).as("so may a body").isFalse();
    }

    private static FrameCodec<TransferFrame> accepted() {
        return codec(false);
    }

    /** Asks by GET, HEAD, GET and GET. */
    private static FrameCodec<TransferFrame> asking() {
        FrameCodec<TransferFrame> link = codec(true);
        for (RequestHead.Method method : List.of(
                RequestHead.Method.GET, RequestHead.Method.HEAD, RequestHead.Method.GET, RequestHead.Method.GET)) {
            link.send(new Request(new RequestHead(method, "/x", 1, Headers.NONE)));
        }
        return link;
    }

    private static FrameCodec<TransferFrame> codec(boolean dialled) {
        return TransferLinks.protocol(HostRig.config(ImmutableMap.of()), HostRig.NO_DISK)
                .newCodec()
                .make(dialled);
    }

    /** What the frames say, with the parts of each body put together. */
    private static List<String> heard(FrameCodec<TransferFrame> link, String text, int[] cuts) {
        List<String> heard = new ArrayList<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int from = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int to = i < cuts.length ? cuts[i] : text.length();
            link.receive(bytes(text.substring(from, to)));
            from = to;
            while (link.next() instanceof Decoded.Complete<TransferFrame> complete) {
                note(complete.message(), heard, body);
            }
        }
        endBody(heard, body);
        return heard;
    }

    private static void note(TransferFrame frame, List<String> heard, ByteArrayOutputStream body) {
        if (frame instanceof ReceivedPart part) {
            ByteBuffer bytes = ((ByteBlock) part.block()).bytes();
            while (bytes.hasRemaining()) {
                body.write(bytes.get());
            }
            return;
        }
        endBody(heard, body);
        heard.add(
                frame instanceof Request request
                        ? request.head().method() + " " + request.head().target()
                        : "" + ((Response) frame).head().status());
    }

    private static void endBody(List<String> heard, ByteArrayOutputStream body) {
        if (body.size() > 0) {
            heard.add(body.toString(StandardCharsets.ISO_8859_1));
            body.reset();
        }
    }

    private static int[] cuts(RandomGenerator random, int size) {
        return random.ints(random.nextInt(20), 0, size + 1).sorted().toArray();
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
