package praline.node.transfer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Block;
import praline.node.engine.CloseReason;
import praline.node.engine.DialFailure;
import praline.node.engine.Job;
import praline.node.engine.Link;
import praline.protocol.Endpoint;
import praline.protocol.http.ResponseHead;

/**
 * The talk with one source, from the dial to the end of the link: a request for all that is missing, the answer, and
 * where that fell short, the next request. Whatever goes wrong ends the link and is noted of the source.
 */
final class SourceLink implements AskingLink {

    private static final int CROWDED_MILLIS = 1_000;

    /** What is less announces another head. */
    private static final int FINAL_STATUS_MIN = 200;

    final Source source;
    private final Download download;
    private final Context context;
    private final TransferLimits.Download limits;
    private final Sources sources;
    private @Nullable Link<TransferFrame> link;

    /** Whether a request is out whose answer has not begun. */
    private boolean awaitsAnswer;

    /** Bytes of the answer's body that are still to come. */
    private long bodyLeft;

    private boolean takesMoreRequests;

    /** Whether an answer came whole: then the end of the link is no failure. */
    private boolean gaveWhole;

    /** Off while the disk is behind. */
    private boolean isReading = true;

    /** Received since the progress was last looked at. */
    private long moved;

    /** When the answer must have begun, or the progress is looked at. */
    private long deadline = Long.MAX_VALUE;

    private boolean isOver;

    /** Whether the source has sent us to another path of its own. */
    private boolean hasMoved;

    SourceLink(Download download, Source source, Context context) {
        this.download = download;
        this.source = source;
        this.context = context;
        this.limits = context.config.limits().download();
        this.sources = download.sources();
    }

    void onDialFailed(DialFailure why) {
        if (isOver) {
            return;
        }
        switch (why) {
            case FORBIDDEN -> drop("may not be dialled");
            case OVER_LIMIT -> {
                source.notBefore = context.now() + CROWDED_MILLIS;
                end(CloseReason.FINISHED);
            }
            case REFUSED -> fail("refuses the connection", CloseReason.FINISHED);
            case TIMED_OUT, UNREACHABLE -> fail("cannot be reached", CloseReason.FINISHED);
        }
    }

    void onOpen(Link<TransferFrame> opened) {
        if (isOver) {
            opened.close(CloseReason.FINISHED);
            return;
        }
        link = opened;
        opened.attach(this);
        ask(opened);
    }

    @Override
    public void onResponse(ResponseHead head) {
        if (!awaitsAnswer) {
            refuse("answers what was not asked");
            return;
        }
        if (head.status() < FINAL_STATUS_MIN) {
            return;
        }
        awaitsAnswer = false;
        takesMoreRequests = head.keepsAlive();
        sources.add(alternates(head));
        Reply reply = new ReplyReader(head, download.sha1(), download.next(), download.size()).read();
        if (reply instanceof Reply.Bytes bytes) {
            onBytesPromised(bytes);
        } else if (reply instanceof Reply.Later later) {
            onPutOff(later, head);
        } else if (reply instanceof Reply.Moved moved) {
            onMoved(moved.target());
        } else if (reply instanceof Reply.AnotherSize other) {
            onAnotherSize(other.total());
        } else if (reply instanceof Reply.NoRanges) {
            download.onCannotGoOn(source);
            fail("gives no part of a file", CloseReason.FINISHED);
        } else if (reply instanceof Reply.Trouble trouble) {
            fail(trouble.what(), CloseReason.FINISHED);
        } else if (reply instanceof Reply.Refusal refusal) {
            drop(refusal.what());
        }
    }

    @Override
    public void onBlock(Block block) {
        if (awaitsAnswer || block.size() > bodyLeft) {
            block.release();
            refuse("gives more than it promised");
            return;
        }
        bodyLeft -= block.size();
        moved += block.size();
        sources.gave(source);
        download.store(source, block);
        if (bodyLeft == 0) {
            onAnswerComplete();
        } else if (download.isDiskBehind()) {
            read(false);
        }
    }

    @Override
    public void onClosed() {
        link = null;
        if (source.parked == this) {
            source.parked = null;
            isOver = true;
        } else if (gaveWhole && awaitsAnswer) {
            end(CloseReason.FINISHED);
        } else {
            fail("breaks off", CloseReason.FINISHED);
        }
    }

    @Override
    public void onDefect() {
        refuse("does not speak HTTP");
    }

    /** Stops or goes on taking what comes; while the disk is behind, the source is not to blame for standing still. */
    void read(boolean on) {
        if (isReading == on || link == null) {
            return;
        }
        isReading = on;
        link.read(on);
        watchFor(limits.stallMillis());
    }

    /** Ends the link without a word about the source. */
    void leave(CloseReason why) {
        isOver = true;
        Link<TransferFrame> open = link;
        link = null;
        if (open != null) {
            open.attach(null);
            open.close(why);
        }
    }

    /** When {@link #onDeadline} is to be called. */
    long deadline() {
        return deadline;
    }

    void onDeadline() {
        if (!isReading) {
            watchFor(limits.stallMillis());
        } else if (awaitsAnswer) {
            fail("gives no answer", CloseReason.SILENT);
        } else if (moved == 0) {
            fail("gives nothing more", CloseReason.SILENT);
        } else if (moved < limits.stallBytes() && download.hasReadySourceBeside(source)) {
            fail("is too slow", CloseReason.SILENT);
        } else {
            watchFor(limits.stallMillis());
        }
    }

    private void ask(Link<TransferFrame> open) {
        awaitsAnswer = true;
        watchFor(limits.answerMillis());
        if (!context.send(open, Requests.get(download.sha1(), download.next(), source.endpoint, source.queued))) {
            fail("takes no request", CloseReason.SLOW_READER);
        }
    }

    /**
     * We wait: on this link if the source keeps our place and the connection, while others may give
     * (spec/gnutella-download.md section 8).
     */
    private void onPutOff(Reply.Later later, ResponseHead head) {
        sources.putOff(source, later.millis());
        source.queued = later.queued();
        boolean hasBody = head.contentLength().orElse(1) > 0;
        if (source.queued == null || !takesMoreRequests || hasBody) {
            end(CloseReason.FINISHED);
            return;
        }
        source.parked = this;
        gaveWhole = true;
        deadline = Long.MAX_VALUE;
        download.onSourceOver();
    }

    /** The wait is over. */
    void comeBack() {
        Link<TransferFrame> open = link;
        if (open != null) {
            ask(open);
        }
    }

    /** Once: a source that sends us round in a circle has nothing. */
    private void onMoved(String target) {
        Link<TransferFrame> open = link;
        if (open == null || hasMoved || !takesMoreRequests) {
            drop("sends us round");
            return;
        }
        hasMoved = true;
        awaitsAnswer = true;
        watchFor(limits.answerMillis());
        if (!context.send(open, Requests.get(target, download.next(), source.endpoint))) {
            fail("takes no request", CloseReason.SLOW_READER);
        }
    }

    /** Who else has the file, as the source says: more sources, to be found out about by asking them. */
    private List<Endpoint> alternates(ResponseHead head) {
        TransferConfig config = context.config;
        return head.headers().endpoints("X-Alt", Alternates.TOLD_MAX).stream()
                .filter(other -> config.profile().addresses().isUsable(other, source.endpoint, config.self()))
                .toList();
    }

    private void onBytesPromised(Reply.Bytes bytes) {
        if (!accepts(bytes.total())) {
            return;
        }
        bodyLeft = bytes.size();
        source.queued = null;
        context.alternates.verified(download.sha1(), source.endpoint);
        watchFor(limits.stallMillis());
        if (download.size() == Job.SIZE_UNKNOWN) {
            read(false);
            download.onSizeLearnt(bytes.total());
        }
    }

    private void onAnotherSize(long total) {
        if (accepts(total)) {
            source.trouble = "says that the file has " + total + " bytes";
            end(CloseReason.FINISHED);
        }
    }

    /** Whether {@code total} may be the size of the file, as far as this source can tell; else the link has ended. */
    private boolean accepts(long total) {
        if (total > limits.maxFile()) {
            context.limitHits.hit("limits.download.maxFile");
            drop("says that the file has " + total + " bytes, and " + limits.maxFile() + " are allowed");
            return false;
        }
        if (!source.agreesTo(total)) {
            drop("says two sizes of one file");
            return false;
        }
        source.claimedSize = total;
        return true;
    }

    private void onAnswerComplete() {
        gaveWhole = true;
        Link<TransferFrame> open = link;
        if (open != null && takesMoreRequests && download.next() < download.size()) {
            ask(open);
        } else {
            end(CloseReason.FINISHED);
        }
    }

    private void fail(String trouble, CloseReason why) {
        sources.fail(source, trouble);
        end(why);
    }

    /** It breaks the rules; on a link that waits, too, where nothing is to come. */
    private void refuse(String trouble) {
        if (source.parked == this) {
            source.parked = null;
            sources.drop(source, trouble);
            leave(CloseReason.PROTOCOL_ERROR);
        } else {
            drop(trouble);
        }
    }

    private void drop(String trouble) {
        sources.drop(source, trouble);
        end(CloseReason.PROTOCOL_ERROR);
    }

    private void end(CloseReason why) {
        leave(why);
        download.onSourceOver();
    }

    private void watchFor(int millis) {
        moved = 0;
        deadline = context.now() + millis;
        context.watchAt(deadline);
    }
}
