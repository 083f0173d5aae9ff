package praline.node.transfer;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.Urn;
import praline.protocol.gnutella.Headers;
import praline.protocol.http.AvailableRanges;
import praline.protocol.http.ContentRange;
import praline.protocol.http.PercentCode;
import praline.protocol.http.PushProxyAsk;
import praline.protocol.http.QueuePlace;
import praline.protocol.http.RangeAsked;
import praline.protocol.http.RequestHead;
import praline.protocol.http.ResponseHead;
import praline.protocol.http.Route;
import praline.protocol.text.RemoteText;

/**
 * Finds the answer to a request (spec/gnutella-download.md sections 2 and 3). Knows what is shared, and changes nothing
 * here.
 */
final class Answers {

    /** Until a file that is on its way here may have come. */
    private static final int COMING_SECONDS = 60;

    private static final String AVAILABLE = "X-Available-Ranges";

    private final SharedContent shared;
    private final @Nullable TrackerDesk tracker;
    private final PushPort pushes;
    private final TransferConfig config;
    private final Alternates alternates;

    Answers(Surroundings around, TransferConfig config, Alternates alternates) {
        this.shared = around.shared();
        this.tracker = around.tracker();
        this.pushes = around.pushes();
        this.config = config;
        this.alternates = alternates;
    }

    /**
     * The answer to {@code request}, when it is asked at {@code now}.
     *
     * @param introduces whether this would be the first file on its link, of which is said in full what it is
     */
    Answer to(RequestHead request, Endpoint asker, boolean introduces, long now) {
        boolean isLast = !request.keepsAlive();
        Optional<Bytes> tracked = ofTracker(request.route(), asker, now);
        if (tracked.isPresent()) { // before the host is looked at, which clients of trackers leave out in HTTP/1.0
            return say(request, tracked.get());
        }
        if (request.headers().get("Host").isEmpty()) {
            return refusal(400, "Missing Host Header", true);
        }
        if (request.route() instanceof Route.PushProxy push) {
            return passOn(push.rawQuery(), request.headers(), asker);
        }
        Optional<SharedFile> file = find(request.route());
        if (file.isEmpty()) {
            return ofComing(request, asker, introduces).orElseGet(() -> notFound(isLast));
        }
        if (isAboutAnother(request, file.get())) {
            return refusal(409, "Another Content", isLast);
        }
        return give(request, file.get(), asker, introduces);
    }

    /** For whoever is to ask again after some seconds, on a new link. */
    static Answer busy(int seconds) {
        Headers.Builder headers = headers(0).add("Retry-After", Integer.toString(seconds));
        return Answer.of(head(503, "Busy", headers, true), Bytes.EMPTY, true);
    }

    /** For whoever waits in a queue, on the same link (section 8). */
    static Answer queued(UploadSlots.Turn turn, QueuePlace place, boolean isLast) {
        String reason = "Queued (slot " + place.position() + ", ETA: 0s)";
        Headers.Builder headers =
                headers(0).add("Retry-After", Integer.toString(turn.seconds())).add("X-Queued", place.toString());
        return Answer.of(head(503, reason, headers, isLast), Bytes.EMPTY, isLast);
    }

    /** Whether the asker can wait in a queue as {@link #queued} tells it. */
    static boolean waitsInQueues(RequestHead request) {
        return request.headers()
                .get("X-Queue")
                .filter(version -> !version.startsWith("0"))
                .isPresent();
    }

    static Answer notFound(boolean isLast) {
        return refusal(404, "Not Found", isLast);
    }

    static Answer badRequest() {
        return refusal(400, "Bad Request", true);
    }

    /**
     * Has a leaf of ours dial the asker (spec/gnutella-download.md section 9). The address is the asker's own, whatever
     * {@code X-Node} says beside the port: nobody is dialled for somebody else (spec/hardening.md C12).
     */
    private Answer passOn(String rawQuery, Headers headers, Endpoint asker) {
        Optional<PushProxyAsk> ask = PushProxyAsk.parse(rawQuery);
        Optional<Endpoint> requester = headers.get("X-Node")
                .flatMap(Endpoint::parse)
                .map(node -> asker.withPort(node.port()))
                .filter(node -> config.profile().addresses().isUsable(node, asker, config.self()));
        if (ask.isEmpty() || requester.isEmpty()) {
            return refusal(400, "Malformed push-proxy request", true);
        }
        PushProxyAsk wish = ask.get();
        return pushes.proxy(wish.servent(), wish.index(), requester.get())
                ? refusal(202, "Push-proxy: message sent to node", true)
                : refusal(410, "Push proxy: no route to servent GUID " + wish.servent(), true);
    }

    private Optional<Bytes> ofTracker(Route route, Endpoint asker, long now) {
        if (tracker != null && route instanceof Route.Announce announce) {
            return Optional.of(tracker.announce(announce.rawQuery(), asker, now));
        }
        if (tracker != null && route instanceof Route.Scrape scrape) {
            return Optional.of(tracker.scrape(scrape.rawQuery(), asker, now));
        }
        return Optional.empty();
    }

    /** A tracker says everything with status 200, that it refuses too. */
    private static Answer say(RequestHead request, Bytes text) {
        boolean isLast = !request.keepsAlive();
        Headers.Builder headers = headers(text.size()).add("Content-Type", "text/plain");
        boolean isHeadOnly = request.method() == RequestHead.Method.HEAD;
        return Answer.of(head(200, "OK", headers, isLast), isHeadOnly ? Bytes.EMPTY : text, isLast);
    }

    private Optional<SharedFile> find(Route route) {
        if (route instanceof Route.ByUrn wanted && wanted.urn().kind() == Urn.Kind.SHA1) {
            return shared.find(wanted.urn().hash());
        }
        if (route instanceof Route.ByIndex wanted) {
            return shared.find(wanted.index()).filter(file -> wanted.name().equals(RemoteText.of(file.name())));
        }
        return Optional.empty();
    }

    /** A file of which there is a part here, or will be. */
    private Optional<Answer> ofComing(RequestHead request, Endpoint asker, boolean introduces) {
        if (!(request.route() instanceof Route.ByUrn wanted) || wanted.urn().kind() != Urn.Kind.SHA1) {
            return Optional.empty();
        }
        Sha1 content = wanted.urn().hash();
        Optional<PartialFile> partial = shared.partial(content);
        if (partial.isPresent()) {
            return Optional.of(givePart(request, partial.get(), asker, introduces));
        }
        return shared.isComing(content) ? Optional.of(busy(COMING_SECONDS)) : Optional.empty();
    }

    /** As much as there is behind the first byte that is asked for (spec/gnutella-download.md section 4). */
    private Answer givePart(RequestHead request, PartialFile partial, Endpoint asker, boolean introduces) {
        boolean isLast = !request.keepsAlive();
        SharedFile file = partial.file();
        RangeAsked asked = RangeAsked.of(request.headers().get("Range"), file.size());
        if (asked instanceof RangeAsked.Unreadable) {
            return refusal(400, "One Range Only", true);
        }
        long first = asked instanceof RangeAsked.Part part ? part.first() : 0;
        long last = asked instanceof RangeAsked.Part part ? part.last() : file.size() - 1;
        Optional<AvailableRanges.Span> span = partial.available().around(first);
        String available = partial.available().toString();
        if (span.isEmpty()) {
            Headers.Builder headers = headers(0).add(AVAILABLE, available);
            return Answer.of(head(416, "Requested range not available yet", headers, isLast), Bytes.EMPTY, isLast);
        }
        long end = Math.min(last, span.get().last()) + 1;
        Headers.Builder headers = part(file, first, end).add(AVAILABLE, available);
        introduce(headers, file, asker, introduces);
        return given(request, head(206, "Partial Content", headers, isLast), file, first, end);
    }

    private static boolean isAboutAnother(RequestHead request, SharedFile file) {
        return request.headers()
                .get("X-Gnutella-Content-URN")
                .flatMap(Urn::parse)
                .filter(urn -> !urn.equals(Urn.sha1(file.sha1())))
                .isPresent();
    }

    private Answer give(RequestHead request, SharedFile file, Endpoint asker, boolean introduces) {
        boolean isLast = !request.keepsAlive();
        RangeAsked asked = RangeAsked.of(request.headers().get("Range"), file.size());
        if (asked instanceof RangeAsked.Unreadable) {
            return refusal(400, "One Range Only", true);
        }
        if (asked instanceof RangeAsked.Outside) {
            Headers.Builder headers = headers(0).add("Content-Range", "bytes */" + file.size());
            return Answer.of(head(416, "Range Not Satisfiable", headers, isLast), Bytes.EMPTY, isLast);
        }
        boolean isPart = asked instanceof RangeAsked.Part;
        long first = asked instanceof RangeAsked.Part part ? part.first() : 0;
        long end = asked instanceof RangeAsked.Part part ? part.last() + 1 : file.size();
        Headers.Builder headers = isPart ? part(file, first, end) : body(end - first);
        introduce(headers, file, asker, introduces);
        ResponseHead head = isPart ? head(206, "Partial Content", headers, isLast) : head(200, "OK", headers, isLast);
        return given(request, head, file, first, end);
    }

    private static Answer given(RequestHead request, ResponseHead head, SharedFile file, long first, long end) {
        boolean isHeadOnly = request.method() == RequestHead.Method.HEAD;
        return new Answer(head, file, Bytes.EMPTY, first, isHeadOnly ? first : end, !request.keepsAlive());
    }

    private static Headers.Builder part(SharedFile file, long first, long end) {
        return body(end - first).add("Content-Range", new ContentRange(first, end - 1, file.size()).toString());
    }

    private static Headers.Builder body(long size) {
        return headers(size).add("Content-Type", "application/octet-stream");
    }

    /** The first answer on a link says what the file is, and who else has it. */
    private void introduce(Headers.Builder headers, SharedFile file, Endpoint asker, boolean introduces) {
        if (!introduces) {
            return;
        }
        headers.add("X-Gnutella-Content-URN", Urn.sha1(file.sha1()).toString());
        headers.add(
                "Content-Disposition",
                "inline; filename*=UTF-8''" + PercentCode.encode(file.name().utf8()));
        List<Endpoint> others = alternates.verified(file.sha1(), asker, Alternates.TOLD_MAX);
        if (!others.isEmpty()) {
            headers.add(
                    "X-Alt",
                    String.join(", ", others.stream().map(Endpoint::toString).toList()));
        }
    }

    private static Answer refusal(int status, String reason, boolean isLast) {
        return Answer.of(head(status, reason, headers(0), isLast), Bytes.EMPTY, isLast);
    }

    private static Headers.Builder headers(long bodySize) {
        return Headers.builder().add("Server", Requests.AGENT).add("Content-Length", Long.toString(bodySize));
    }

    private static ResponseHead head(int status, String reason, Headers.Builder headers, boolean isLast) {
        if (isLast) {
            headers.add("Connection", "close");
        }
        return new ResponseHead(1, status, reason, headers.build());
    }
}
