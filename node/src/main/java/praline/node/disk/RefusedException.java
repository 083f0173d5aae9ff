package praline.node.disk;

import java.io.IOException;

/** What a torrent asks for is beyond the user's limits. The message is for the user. */
final class RefusedException extends IOException {

    private static final long serialVersionUID = 1;

    RefusedException(String message) {
        super(message);
    }
}
