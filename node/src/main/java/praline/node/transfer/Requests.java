package praline.node.transfer;

import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.Urn;
import praline.protocol.gnutella.Headers;
import praline.protocol.http.RequestHead;

/** What we ask others for (spec/gnutella-download.md section 2). */
final class Requests {

    static final String AGENT = "Praline/0.1";

    private Requests() {}

    /**
     * The bytes of a file from {@code offset} on. Without an end, because whoever has the file knows where it is; and
     * from the beginning without a range, so that an empty file can be given.
     */
    static TransferFrame.Request get(Sha1 sha1, long offset, Endpoint from) {
        Headers.Builder headers = headers(from);
        if (offset > 0) {
            headers.add("Range", "bytes=" + offset + "-");
        }
        return get(sha1, headers);
    }

    /** The bytes of a file from {@code offset} to the one before {@code end}. */
    static TransferFrame.Request range(Sha1 sha1, long offset, long end, Endpoint from) {
        return get(sha1, headers(from).add("Range", "bytes=" + offset + "-" + (end - 1)));
    }

    private static Headers.Builder headers(Endpoint from) {
        return Headers.builder().add("Host", from.toString()).add("User-Agent", AGENT);
    }

    private static TransferFrame.Request get(Sha1 sha1, Headers.Builder headers) {
        String target = "/uri-res/N2R?" + Urn.sha1(sha1);
        return new TransferFrame.Request(new RequestHead(RequestHead.Method.GET, target, 1, headers.build()));
    }
}
