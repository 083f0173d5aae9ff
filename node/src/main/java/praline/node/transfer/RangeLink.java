package praline.node.transfer;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Block;
import praline.node.engine.CloseReason;
import praline.node.engine.DialFailure;
import praline.node.engine.Job;
import praline.node.engine.Link;
import praline.node.engine.Timers;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.http.ResponseHead;

/**
 * One source of ranges: what it is asked for, one range after another on one connection, and what it answers. A source
 * may answer with less than a range, and is asked for the rest of it then; any other answer ends everything that it was
 * asked for.
 */
final class RangeLink implements AskingLink {

    private static final int CROWDED_MILLIS = 1_000;
    private static final int FINAL_STATUS_MIN = 200;

    final Endpoint source;
    private final Context context;
    private final TransferLimits.Download limits;
    private final RangeLinks owner;
    private final Queue<Range> waiting = new ArrayDeque<>(1);
    private @Nullable Range current;
    private @Nullable Link<TransferFrame> link;
    private boolean isDialling;
    private boolean awaitsAnswer;
    /** Whether it has answered on this connection: then its end may have crossed our next request. */
    private boolean hasAnswered;

    private boolean takesMoreRequests;
    /** Whether the link took no request. */
    private boolean isStuck;
    /** Of the current range. */
    private int received;
    /** Of the answer that comes. */
    private long bodyLeft;
    /** Received since the progress was last looked at. */
    private long moved;

    private long deadline = Timers.NEVER;

    /** What is wanted of a file. */
    record Range(long ticket, Sha1 content, long offset, int length) {}

    RangeLink(Endpoint source, Context context, RangeLinks owner) {
        this.source = source;
        this.context = context;
        this.limits = context.config.limits().download();
        this.owner = owner;
    }

    boolean isIdle() {
        return current == null && waiting.isEmpty();
    }

    void ask(Range range) {
        waiting.add(range);
        goOn();
    }

    /** An answer cannot be stopped but by ending the connection. */
    void cancel(long ticket) {
        if (current != null && current.ticket == ticket) {
            current = null;
            close(CloseReason.FINISHED);
        } else {
            waiting.removeIf(range -> range.ticket == ticket);
        }
        goOn();
    }

    void onOpen(Link<TransferFrame> opened) {
        isDialling = false;
        link = opened;
        opened.attach(this);
        hasAnswered = false;
        goOn();
    }

    void onDialFailed(DialFailure why) {
        isDialling = false;
        switch (why) {
            case FORBIDDEN -> fail(limits.retryMillisMax());
            case OVER_LIMIT -> fail(CROWDED_MILLIS);
            case REFUSED, TIMED_OUT, UNREACHABLE -> fail(context.config.retryMillis());
        }
    }

    @Override
    public void onResponse(ResponseHead head) {
        Range range = current;
        if (range == null || !awaitsAnswer) {
            refuse();
            return;
        }
        if (head.status() < FINAL_STATUS_MIN) {
            return;
        }
        awaitsAnswer = false;
        hasAnswered = true;
        takesMoreRequests = head.keepsAlive();
        Reply reply = new ReplyReader(head, range.content, range.offset + received, Job.SIZE_UNKNOWN).read();
        if (reply instanceof Reply.Bytes bytes && isOf(range, bytes)) {
            bodyLeft = bytes.size();
            watchFor(limits.stallMillis());
        } else if (reply instanceof Reply.Later later) {
            fail(Math.min(later.millis(), limits.retryMillisMax()));
        } else if (reply instanceof Reply.Trouble) {
            fail(context.config.retryMillis());
        } else {
            refuse();
        }
    }

    /** Whether these are bytes of the range, and of a file that reaches as far. */
    private boolean isOf(Range range, Reply.Bytes bytes) {
        boolean isLongEnough = bytes.total() >= range.offset + range.length;
        return bytes.size() > 0 && bytes.size() <= range.length - received && isLongEnough;
    }

    @Override
    public void onBlock(Block block) {
        Range range = current;
        if (range == null || awaitsAnswer || block.size() > bodyLeft) {
            block.release();
            refuse();
            return;
        }
        bodyLeft -= block.size();
        received += block.size();
        moved += block.size();
        owner.came(range.ticket, block);
        if (bodyLeft == 0) {
            onAnswerComplete(range);
        }
    }

    private void onAnswerComplete(Range range) {
        if (!takesMoreRequests) {
            close(CloseReason.FINISHED);
        }
        if (received == range.length) {
            current = null;
            watchFor(limits.stallMillis());
            owner.ended(range.ticket, 0);
        } else {
            send(range);
        }
        goOn();
    }

    @Override
    public void onClosed() {
        link = null;
        if (current == null) {
            goOn();
        } else if (hasAnswered && awaitsAnswer) {
            awaitsAnswer = false;
            goOn();
        } else {
            fail(context.config.retryMillis());
        }
    }

    @Override
    public void onDefect() {
        refuse();
    }

    long deadline() {
        return deadline;
    }

    void onDeadline() {
        if (current == null) {
            close(CloseReason.FINISHED);
            goOn();
        } else if (isStuck || awaitsAnswer || moved < limits.stallBytes()) {
            fail(context.config.retryMillis());
        } else {
            watchFor(limits.stallMillis());
        }
    }

    /** Ends the connection, without a word about what was asked. */
    void close(CloseReason why) {
        Link<TransferFrame> open = link;
        link = null;
        awaitsAnswer = false;
        isStuck = false;
        if (open != null) {
            open.attach(null);
            open.close(why);
        }
    }

    /** Asks for what is next. Never calls back: this may be inside of asking. */
    private void goOn() {
        if (link == null) {
            deadline = Timers.NEVER;
            if (isDialling) {
                return;
            }
            if (isIdle()) {
                owner.forget(this);
            } else {
                isDialling = true;
                owner.dial(this);
            }
        } else if (current == null && !waiting.isEmpty()) {
            current = waiting.remove();
            received = 0;
            send(current);
        } else if (current != null && !hasAnswered && !awaitsAnswer) {
            send(current);
        } else if (isIdle()) {
            watchFor(limits.stallMillis());
        }
    }

    private void send(Range range) {
        Link<TransferFrame> open = link;
        if (open == null) {
            return;
        }
        awaitsAnswer = true;
        TransferFrame.Request request =
                Requests.range(range.content, range.offset + received, range.offset + range.length, source);
        isStuck = !context.send(open, request);
        watchFor(isStuck ? 0 : limits.answerMillis());
    }

    /** It does not do what it should: there is no use in asking it again soon. */
    private void refuse() {
        fail(limits.retryMillisMax());
    }

    private void fail(long retryMillis) {
        ImmutableList.Builder<Range> all = ImmutableList.builder();
        if (current != null) {
            all.add(current);
        }
        all.addAll(waiting);
        current = null;
        waiting.clear();
        close(CloseReason.FINISHED);
        goOn();
        all.build().forEach(range -> owner.ended(range.ticket, retryMillis));
    }

    private void watchFor(int millis) {
        moved = 0;
        deadline = context.now() + millis;
        context.watchAt(deadline);
    }
}
