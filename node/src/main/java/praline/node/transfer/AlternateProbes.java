package praline.node.transfer;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Link;
import praline.node.engine.Timers;

/**
 * Looks into hearsay about who has a content: one host at a time, and only now and then, because anybody can name
 * anybody (spec/hardening.md C12).
 */
final class AlternateProbes {

    private final Context context;
    private final Alternates alternates;
    private final AimedDials aimed;
    private @Nullable AlternateProbe underWay;
    private long ticket;
    private long deadline = Timers.NEVER;

    AlternateProbes(Context context, AimedDials aimed) {
        this.context = context;
        this.alternates = context.alternates;
        this.aimed = aimed;
    }

    /** There is hearsay. */
    void begin() {
        if (deadline == Timers.NEVER) {
            deadline = context.now();
            context.watchAt(deadline);
        }
    }

    /** False: the dial was not ours. */
    boolean onLinkOpen(Link<TransferFrame> link, long opened) {
        AlternateProbe probe = takeDial(opened);
        if (probe != null) {
            probe.onOpen(link);
        }
        return probe != null;
    }

    /** False: the dial was not ours. */
    boolean onDialFailed(long failed) {
        AlternateProbe probe = takeDial(failed);
        if (probe != null) {
            probe.onDialFailed();
        }
        return probe != null;
    }

    /** Does what is due, and returns when to look again. */
    long watch(long now) {
        if (deadline <= now) {
            AlternateProbe late = underWay;
            if (late != null && ticket == 0) {
                late.giveUp();
            }
            probeNext(now);
        }
        return deadline;
    }

    private @Nullable AlternateProbe takeDial(long answered) {
        if (ticket != answered || underWay == null) {
            return null;
        }
        ticket = 0;
        aimed.ended(underWay.hearsay.host());
        return underWay;
    }

    /** A dial has its own end, and is waited for. */
    private void probeNext(long now) {
        deadline = now + context.config.probeMillis();
        if (underWay != null) {
            return;
        }
        Optional<Alternates.Hearsay> next = alternates.nextToVerify();
        if (next.isEmpty()) {
            deadline = Timers.NEVER;
        } else if (aimed.begin(next.get().host(), now)) {
            AlternateProbe probe = new AlternateProbe(next.get(), context, this::onAnswer);
            underWay = probe;
            ticket = context.dial(probe.hearsay.host());
        } else {
            alternates.failed(next.get().content(), next.get().host());
        }
    }

    private void onAnswer(AlternateProbe probe, boolean givesIt) {
        underWay = null;
        if (givesIt) {
            alternates.verified(probe.hearsay.content(), probe.hearsay.host());
        } else {
            alternates.failed(probe.hearsay.content(), probe.hearsay.host());
        }
    }
}
