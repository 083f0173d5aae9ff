package praline.node.transfer;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Link;
import praline.node.engine.Timers;
import praline.protocol.http.RequestHead;

/** One link on which somebody asks us for files, and how far the answer on it has come. */
final class UploadLink {

    final Link<TransferFrame> link;

    /** Requests that are still to be answered. */
    final Deque<RequestHead> waiting = new ArrayDeque<>(1);

    /** What is being answered; null between two requests. */
    @Nullable
    Answer answer;

    /** Whether the disk is asked about the file before the answer may go out. */
    boolean isChecking;

    boolean holdsSlot;
    boolean isHeadSent;

    /** The next byte of the file to send. */
    long next;

    /** Sent since the progress was last looked at. */
    long moved;

    /** When the link is closed, or its progress looked at. */
    long deadline = Timers.NEVER;

    /** Whether a file was given on this link: later answers do not say again what it is. */
    boolean isIntroduced;

    /** Whether everything that was asked is answered: then it may have to make room for another link. */
    boolean isIdle;

    boolean isClosed;

    UploadLink(Link<TransferFrame> link) {
        this.link = link;
    }

    /** Takes up {@code newAnswer}, of which nothing has gone out yet. */
    void begin(Answer newAnswer) {
        answer = newAnswer;
        next = newAnswer.first();
        isHeadSent = false;
        moved = 0;
    }
}
