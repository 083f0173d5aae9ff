package praline.node.transfer;

import java.util.LinkedHashMap;
import java.util.Map;
import praline.node.engine.CloseReason;
import praline.node.engine.Link;
import praline.node.engine.Profile;
import praline.node.engine.Ration;
import praline.protocol.Endpoint;
import praline.protocol.http.Giv;

/**
 * Dials those who have sent us a push, says who calls, and lets them ask as if they had dialled us (spec/gnutella.md
 * 16.2). Each requester gets a few answers only: who sends pushes may be somebody else than who is dialled
 * (spec/hardening.md R10, C12).
 */
final class PushAnswers {

    private final Context context;
    private final Uploads uploads;
    private final AimedDials aimed;
    private final Ration<Endpoint> byRequester;
    private final Map<Long, Answer> dials = new LinkedHashMap<>(0);

    private record Answer(Giv giv, Endpoint requester) {}

    PushAnswers(Context context, Uploads uploads, AimedDials aimed) {
        this.context = context;
        this.uploads = uploads;
        this.aimed = aimed;
        TransferLimits.Push limits = context.config.limits().push();
        this.byRequester = new Ration<>(limits.answers(), limits.answersMillis(), limits.addresses());
    }

    /** Dials {@code requester}, unless that would be too often, and says {@code giv} there. */
    void answer(Giv giv, Endpoint requester) {
        if (isGranted(requester)) {
            dials.put(context.dial(requester), new Answer(giv, requester));
        } else {
            context.limitHits.hit("limits.push.answers");
        }
    }

    /** False: the dial was not ours. */
    boolean onLinkOpen(Link<TransferFrame> link, long ticket) {
        Answer answer = dials.remove(ticket);
        if (answer == null) {
            return false;
        }
        aimed.ended(answer.requester);
        if (context.send(link, new TransferFrame.Calling(answer.giv))) {
            uploads.onLinkOpen(link);
        } else {
            link.close(CloseReason.SLOW_READER);
        }
        return true;
    }

    /** False: the dial was not ours. */
    boolean onDialFailed(long ticket) {
        Answer answer = dials.remove(ticket);
        if (answer != null) {
            aimed.ended(answer.requester);
        }
        return answer != null;
    }

    private boolean isGranted(Endpoint requester) {
        Profile profile = context.config.profile();
        boolean isCounted = profile == Profile.INTERNET || profile == Profile.LAN;
        long now = context.now();
        return (!isCounted || byRequester.take(requester.withPort(0), now)) && aimed.begin(requester, now);
    }
}
