package praline.node.transfer;

import java.util.Optional;
import praline.protocol.Urn;
import praline.protocol.gnutella.Headers;
import praline.protocol.http.ContentRange;
import praline.protocol.http.PercentCode;
import praline.protocol.http.RangeAsked;
import praline.protocol.http.RequestHead;
import praline.protocol.http.ResponseHead;
import praline.protocol.http.Route;
import praline.protocol.text.RemoteText;

/**
 * Finds the answer to a request (spec/gnutella-download.md sections 2 and 3). Knows what is shared, and changes
 * nothing.
 */
final class Answers {

    private final SharedContent shared;

    Answers(SharedContent shared) {
        this.shared = shared;
    }

    /** @param introduces whether this would be the first file on its link, of which is said in full what it is */
    Answer to(RequestHead request, boolean introduces) {
        boolean isLast = !request.keepsAlive();
        if (request.headers().get("Host").isEmpty()) {
            return refusal(400, "Missing Host Header", true);
        }
        Optional<SharedFile> file = find(request.route());
        if (file.isEmpty()) {
            return notFound(isLast);
        }
        if (isAboutAnother(request, file.get())) {
            return refusal(409, "Another Content", isLast);
        }
        return give(request, file.get(), introduces);
    }

    /** For whoever is to ask again after some seconds, on a new link. */
    static Answer busy(int seconds) {
        Headers.Builder headers = headers(0).add("Retry-After", Integer.toString(seconds));
        return new Answer(head(503, "Busy", headers, true), null, 0, 0, true);
    }

    static Answer notFound(boolean isLast) {
        return refusal(404, "Not Found", isLast);
    }

    static Answer badRequest() {
        return refusal(400, "Bad Request", true);
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

    private static boolean isAboutAnother(RequestHead request, SharedFile file) {
        return request.headers()
                .get("X-Gnutella-Content-URN")
                .flatMap(Urn::parse)
                .filter(urn -> !urn.equals(Urn.sha1(file.sha1())))
                .isPresent();
    }

    private static Answer give(RequestHead request, SharedFile file, boolean introduces) {
        boolean isLast = !request.keepsAlive();
        RangeAsked asked = RangeAsked.of(request.headers().get("Range"), file.size());
        if (asked instanceof RangeAsked.Unreadable) {
            return refusal(400, "One Range Only", true);
        }
        if (asked instanceof RangeAsked.Outside) {
            Headers.Builder headers = headers(0).add("Content-Range", "bytes */" + file.size());
            return new Answer(head(416, "Range Not Satisfiable", headers, isLast), null, 0, 0, isLast);
        }
        boolean isPart = asked instanceof RangeAsked.Part;
        long first = asked instanceof RangeAsked.Part part ? part.first() : 0;
        long end = asked instanceof RangeAsked.Part part ? part.last() + 1 : file.size();
        Headers.Builder headers = headers(end - first).add("Content-Type", "application/octet-stream");
        if (isPart) {
            headers.add("Content-Range", new ContentRange(first, end - 1, file.size()).toString());
        }
        if (introduces) {
            headers.add("X-Gnutella-Content-URN", Urn.sha1(file.sha1()).toString());
            headers.add(
                    "Content-Disposition",
                    "inline; filename*=UTF-8''" + PercentCode.encode(file.name().utf8()));
        }
        ResponseHead head = isPart ? head(206, "Partial Content", headers, isLast) : head(200, "OK", headers, isLast);
        boolean isHeadOnly = request.method() == RequestHead.Method.HEAD;
        return new Answer(head, file, first, isHeadOnly ? first : end, isLast);
    }

    private static Answer refusal(int status, String reason, boolean isLast) {
        return new Answer(head(status, reason, headers(0), isLast), null, 0, 0, isLast);
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
