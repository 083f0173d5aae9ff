package praline.node.transfer;

import org.jspecify.annotations.Nullable;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.Urn;
import praline.protocol.gnutella.Headers;
import praline.protocol.http.QueuePlace;
import praline.protocol.http.RequestHead;

/** What we ask others for (spec/gnutella-download.md section 2). */
final class Requests {

    static final String AGENT = "Praline/0.1";

    /** That we can wait in a queue and keep the connection meanwhile (section 8). */
    private static final String QUEUE_VERSION = "1.1";

    private Requests() {}

    /**
     * The bytes of a file from {@code offset} on. Without an end, because whoever has the file knows where it is; and
     * from the beginning without a range, so that an empty file can be given.
     *
     * @param queued where we stand in the source's queue, if it said so
     */
    static TransferFrame.Request get(Sha1 sha1, long offset, Endpoint from, @Nullable QueuePlace queued) {
        return request(RequestHead.Method.GET, nameOf(sha1), headers(offset, from, queued));
    }

    /** As {@link #get}, but from where the source says that the file is: a path of its own. */
    static TransferFrame.Request get(String target, long offset, Endpoint from) {
        return request(RequestHead.Method.GET, target, headers(offset, from, null));
    }

    /** What would be answered to whoever asks for the whole file. */
    static TransferFrame.Request head(Sha1 sha1, Endpoint from) {
        Headers.Builder headers = Headers.builder().add("Host", from.toString()).add("User-Agent", AGENT);
        return request(RequestHead.Method.HEAD, nameOf(sha1), headers.add("Connection", "close"));
    }

    /** The bytes of a file from {@code offset} to the one before {@code end}. */
    static TransferFrame.Request range(Sha1 sha1, long offset, long end, Endpoint from) {
        Headers.Builder headers = headers(from).add("Range", "bytes=" + offset + "-" + (end - 1));
        return request(RequestHead.Method.GET, nameOf(sha1), headers);
    }

    private static Headers.Builder headers(Endpoint from) {
        return Headers.builder()
                .add("Host", from.toString())
                .add("User-Agent", AGENT)
                .add("X-Queue", QUEUE_VERSION);
    }

    private static Headers.Builder headers(long offset, Endpoint from, @Nullable QueuePlace queued) {
        Headers.Builder headers = headers(from);
        if (offset > 0) {
            headers.add("Range", "bytes=" + offset + "-");
        }
        if (queued != null) {
            headers.add("X-Queued", queued.reminder());
        }
        return headers;
    }

    private static String nameOf(Sha1 sha1) {
        return "/uri-res/N2R?" + Urn.sha1(sha1);
    }

    private static TransferFrame.Request request(RequestHead.Method method, String target, Headers.Builder headers) {
        return new TransferFrame.Request(new RequestHead(method, target, 1, headers.build()));
    }
}
