package praline.node.transfer;

import org.jspecify.annotations.Nullable;
import praline.protocol.http.ResponseHead;

/**
 * What a request is answered with.
 *
 * @param file the file that is asked for; null when the answer is about none
 * @param first the first byte of it that goes out
 * @param end behind the last byte that goes out; equal to {@code first} when none does
 * @param isLast whether the link is closed behind it
 */
record Answer(ResponseHead head, @Nullable SharedFile file, long first, long end, boolean isLast) {

    boolean hasBody() {
        return first < end;
    }
}
