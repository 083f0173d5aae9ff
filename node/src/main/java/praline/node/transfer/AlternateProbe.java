package praline.node.transfer;

import org.jspecify.annotations.Nullable;
import praline.node.engine.Block;
import praline.node.engine.CloseReason;
import praline.node.engine.Link;
import praline.protocol.Urn;
import praline.protocol.http.ResponseHead;

/** Asks a host for the head of a content's answer, to see whether it gives it. Tells the answer once. */
final class AlternateProbe implements AskingLink {

    private static final int OK = 200;
    private static final int PART = 206;
    private static final int BUSY = 503;
    private static final int FINAL_STATUS_MIN = 200;

    /** Hears the answer. */
    interface Asker {
        void onAnswer(AlternateProbe probe, boolean givesIt);
    }

    final Alternates.Hearsay hearsay;
    private final Context context;
    private final Asker asker;
    private @Nullable Link<TransferFrame> link;
    private boolean isOver;

    AlternateProbe(Alternates.Hearsay hearsay, Context context, Asker asker) {
        this.hearsay = hearsay;
        this.context = context;
        this.asker = asker;
    }

    void onOpen(Link<TransferFrame> opened) {
        if (isOver) {
            opened.close(CloseReason.FINISHED);
            return;
        }
        link = opened;
        opened.attach(this);
        if (!context.send(opened, Requests.head(hearsay.content(), hearsay.host()))) {
            answer(false);
        }
    }

    @Override
    public void onResponse(ResponseHead head) {
        if (head.status() < FINAL_STATUS_MIN) {
            return;
        }
        boolean isGood = head.status() == OK || head.status() == PART || head.status() == BUSY;
        boolean isAnother = head.headers()
                .get("X-Gnutella-Content-URN")
                .flatMap(Urn::parse)
                .filter(urn -> !urn.equals(Urn.sha1(hearsay.content())))
                .isPresent();
        answer(isGood && !isAnother);
    }

    @Override
    public void onBlock(Block block) {
        block.release();
    }

    @Override
    public void onDefect() {
        answer(false);
    }

    @Override
    public void onClosed() {
        link = null;
        answer(false);
    }

    void onDialFailed() {
        answer(false);
    }

    /** It has had its time. */
    void giveUp() {
        answer(false);
    }

    private void answer(boolean givesIt) {
        if (isOver) {
            return;
        }
        isOver = true;
        Link<TransferFrame> open = link;
        link = null;
        if (open != null) {
            open.attach(null);
            open.close(CloseReason.FINISHED);
        }
        asker.onAnswer(this, givesIt);
    }
}
