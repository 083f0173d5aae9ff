package praline.node.transfer;

import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.gnutella.Headers;
import praline.protocol.http.ResponseHead;

/**
 * What a request is answered with.
 *
 * @param file the file that is asked for; null when the answer is about none
 * @param text what goes out in the place of a file; empty when nothing does
 * @param first the first byte of the one or the other that goes out
 * @param end behind the last byte that goes out; equal to {@code first} when none does
 * @param isLast whether the link is closed behind it
 */
record Answer(ResponseHead head, @Nullable SharedFile file, Bytes text, long first, long end, boolean isLast) {

    /** Says something that is no file. */
    static Answer of(ResponseHead head, Bytes text, boolean isLast) {
        return new Answer(head, null, text, 0, text.size(), isLast);
    }

    /** The same answer with one more header. */
    Answer with(String name, String value) {
        Headers.Builder headers = Headers.builder();
        head.headers().lines().forEach(line -> headers.add(line.name(), line.value()));
        headers.add(name, value);
        ResponseHead more = new ResponseHead(head.minorVersion(), head.status(), head.reason(), headers.build());
        return new Answer(more, file, text, first, end, isLast);
    }

    /** Whether bytes of a file go out. */
    boolean givesFile() {
        return file != null && first < end;
    }
}
