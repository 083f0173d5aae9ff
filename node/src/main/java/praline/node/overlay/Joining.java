package praline.node.overlay;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import praline.node.engine.CloseReason;
import praline.node.engine.Counters.Cause;
import praline.node.engine.Counters.Direction;
import praline.node.engine.DialFailure;
import praline.node.engine.Link;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.gnutella.Bye;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.OverlayFrame;

/** How links come about: the handshake in both seats, and who is taken. {@link Dialling} says whom to dial. */
final class Joining {

    /** Told of each link whose handshake is done. */
    interface Joined {
        void joined(LinkState state);
    }

    private final Context context;
    private final Joined joined;
    private final Dialling dialling;
    /** Of the present role. */
    private Greeter greeter;

    private boolean orphaned;
    private boolean leaving;

    Joining(Context context, Joined joined) {
        this.context = context;
        this.greeter = new Greeter(context.config);
        this.dialling = new Dialling(context);
        this.joined = joined;
    }

    /** Keeps {@code to} as a seed and dials what is missing. */
    void connect(Endpoint to) {
        context.hosts.addSeed(to);
        dialling.fill();
    }

    /** Dials until there are, or will be, as many links as wanted. */
    void fill() {
        dialling.fill();
    }

    /** Joins by what an earlier run knew. */
    void restore(List<KnownHost> known) {
        dialling.restore(known);
    }

    /** Tries one more host. */
    void feel() {
        dialling.feel();
    }

    /** Dials no more, answers no more greetings. */
    void leave() {
        leaving = true;
        dialling.stop();
    }

    /** Parts with everybody and joins anew, as what {@link Context#config} says from here on. */
    void rejoin(int code, String reason) {
        dialling.stop();
        greeter = new Greeter(context.config);
        partFromAll(code, reason, CloseReason.BYE);
        orphaned = false;
        dialling.resume();
    }

    /** Says Bye to everybody; leaves are told whom they may turn to. */
    void partFromAll(int code, String reason, CloseReason why) {
        for (int i = context.links.count() - 1; i >= 0; i--) {
            LinkState state = context.links.get(i);
            if (state.isLeaf()) {
                context.bye(state, code, Greeter.farewell(reason, others(state)), why);
            }
        }
        for (int i = context.links.count() - 1; i >= 0; i--) {
            context.bye(context.links.get(i), code, reason, why);
        }
    }

    /** The other end parts, and may name others. */
    void onBye(LinkState from, Bye bye) {
        Greeter.recommended(bye).forEach(host -> context.learn(host, from.link.remote()));
        context.close(from, CloseReason.BYE);
    }

    /** See {@link Dialling#wanted}. */
    int wanted() {
        return dialling.wanted();
    }

    /** See {@link Dialling#knowsOnlyFull}. */
    boolean knowsOnlyFull() {
        return dialling.knowsOnlyFull();
    }

    /** A link of ours opened, or {@code ticket} 0: one of theirs. */
    void onLinkOpen(Link<OverlayFrame> link, long ticket) {
        Dialling.Dial dial = dialling.take(ticket);
        if (dial != null && !dialling.isWanted(dial)) {
            link.close(CloseReason.FINISHED);
            dialling.fill();
            return;
        }
        Endpoint dialled = dial == null ? null : dial.to();
        long now = context.host.now();
        LinkState state = new LinkState(
                link,
                context.links.nextId(),
                dialled,
                dialled == null ? LinkState.Phase.AWAITING_GREETING : LinkState.Phase.GREETED,
                now);
        link.attach(state);
        context.links.add(state);
        context.timers.setAtMost(
                OverlayTimer.WATCH, now + context.config.limits().handshakeMillis());
        if (dial != null) {
            state.isFeeler = dial.aim() == Dialling.Aim.FEEL;
            send(state, greeter.greeting(dial.to(), orphaned));
        } else if (handshakesInbound() > context.config.limits().inboundHandshakesMax()) {
            context.limitHits.hit("limits.overlay.inboundHandshakesMax");
            context.close(state, CloseReason.OVER_LIMIT);
        }
    }

    void onDialFailed(long ticket, DialFailure why) {
        dialling.onFailed(ticket, why);
    }

    void onHandshake(LinkState state, Handshake handshake) {
        context.counters.count(Direction.IN, Cause.MAINTENANCE, handshake.wireSize());
        boolean greeting = handshake.step() == Handshake.Step.GREETING;
        if (state.phase == LinkState.Phase.AWAITING_GREETING && greeting) {
            onGreeting(state, handshake);
        } else if (state.phase == LinkState.Phase.GREETED && !greeting) {
            onAnswer(state, handshake);
        } else if (state.phase == LinkState.Phase.ANSWERED && !greeting) {
            onConfirmation(state, handshake);
        } else {
            context.close(state, CloseReason.PROTOCOL_ERROR);
        }
    }

    /** Remembers a neighbour's address, for the time when links are missing. */
    void onJoined(LinkState state) {
        Endpoint contact = state.peer().contact();
        if (!state.isLeaf() && context.isUsable(contact, state.link.remote())) {
            context.hosts.add(contact, state.link.remote());
        }
        dialling.onJoined(state);
    }

    /** The link {@code state} is gone. */
    void onEnded(LinkState state, boolean wasJoined) {
        if (wasJoined && context.config.role() == Role.LEAF && !hasSupernode()) {
            orphaned = true;
        }
        dialling.onEnded(state, wasJoined);
    }

    /** Closes links whose handshake takes too long; says when the next one would. */
    long closeLate(long now) {
        long next = Long.MAX_VALUE;
        int allowed = context.config.limits().handshakeMillis();
        for (int i = context.links.count() - 1; i >= 0; i--) {
            LinkState state = context.links.get(i);
            if (state.isJoined()) {
                continue;
            }
            if (now - state.lastHeard >= allowed) {
                context.close(state, CloseReason.HANDSHAKE_TIMED_OUT);
                i = Math.min(i, context.links.count());
            } else {
                next = Math.min(next, state.lastHeard + allowed);
            }
        }
        return next;
    }

    private void onGreeting(LinkState state, Handshake greeting) {
        Endpoint remote = state.link.remote();
        Greeter.Verdict verdict = greeter.judgeGreeting(greeting, remote, neighbourSlots(), leafSlots(greeting));
        if (leaving) {
            verdict = new Greeter.Verdict.Refused(503, "Shutting down");
        }
        if (verdict instanceof Greeter.Verdict.Agreed agreed && isDouble(agreed.peer(), state)) {
            verdict = new Greeter.Verdict.Refused(409, "Already connected");
        }
        if (verdict instanceof Greeter.Verdict.Agreed agreed) {
            state.setPeer(agreed.peer());
            send(state, greeter.agreement(greeting, remote));
            if (greeting.version() == Handshake.Version.V0_4) {
                join(state);
            } else {
                state.phase = LinkState.Phase.ANSWERED;
            }
        } else if (verdict instanceof Greeter.Verdict.Refused refused) {
            refuse(state, refused);
        }
    }

    private void onAnswer(LinkState state, Handshake answer) {
        learn(answer, state.link.remote());
        Endpoint dialled = state.dialled;
        if (dialled == null) {
            throw new IllegalStateException("an answer to a greeting that was not ours");
        }
        if (!answer.agrees()) {
            if (Greeter.isFull(answer)) {
                dialling.onFull(state);
            }
            context.listener.onRefused(dialled, answer.status(), answer.reason(), Greeter.isFlat(answer));
            context.close(state, CloseReason.REFUSED);
            return;
        }
        Greeter.Verdict verdict = greeter.judgeAgreement(answer, dialled);
        if (verdict instanceof Greeter.Verdict.Agreed agreed && isDouble(agreed.peer(), state)) {
            verdict = new Greeter.Verdict.Refused(409, "Already connected");
        }
        if (verdict instanceof Greeter.Verdict.Agreed agreed) {
            state.setPeer(agreed.peer());
            if (answer.version() != Handshake.Version.V0_4) {
                send(state, greeter.confirmation());
            }
            join(state);
        } else if (verdict instanceof Greeter.Verdict.Refused refused) {
            refuse(state, refused);
        }
    }

    private void onConfirmation(LinkState state, Handshake confirmation) {
        if (confirmation.agrees()) {
            join(state);
        } else {
            context.close(state, CloseReason.REFUSED);
        }
    }

    /**
     * The handshake is done. Two nodes that dialled each other at once end up with two links here; both ends keep the
     * one that the smaller GUID dialled.
     */
    private void join(LinkState state) {
        LinkState other = context.links.joinedTo(state.peer().servent(), state);
        if (other != null && !state.peer().servent().equals(Guid.ZERO)) {
            boolean weAreSmaller =
                    context.config.servent().compareTo(state.peer().servent()) < 0;
            LinkState loser = (state.dialled != null) == weAreSmaller ? other : state;
            if (loser == state) {
                context.close(state, CloseReason.REFUSED);
                return;
            }
            context.bye(other, Context.BYE_DOUBLE, "Already connected", CloseReason.BYE);
        }
        state.phase = LinkState.Phase.JOINED;
        state.lastHeard = context.host.now();
        if (state.dialled != null) {
            context.hosts.succeeded(state.dialled, context.host.now());
        }
        if (!state.isLeaf()) {
            orphaned = false;
        }
        context.links.join(state);
        joined.joined(state);
    }

    private void refuse(LinkState state, Greeter.Verdict.Refused refused) {
        send(state, greeter.refusal(refused, state.link.remote(), others(state)));
        context.close(state, CloseReason.REFUSED);
    }

    private void send(LinkState state, Handshake handshake) {
        context.counters.count(Direction.OUT, Cause.MAINTENANCE, handshake.wireSize());
        if (!state.link.send(handshake)) {
            context.close(state, CloseReason.SLOW_READER);
        }
    }

    private void learn(Handshake handshake, Endpoint teller) {
        Greeter.recommended(handshake).forEach(host -> context.learn(host, teller));
    }

    /** Neighbours, since they live, beginning with any of them; then hosts that lived when we last looked. */
    private List<Endpoint> others(LinkState except) {
        Set<Endpoint> others = new LinkedHashSet<>();
        int neighbours = context.links.neighbourCount();
        int first = neighbours == 0 ? 0 : context.host.random().nextInt(neighbours);
        for (int i = 0; i < neighbours && others.size() < Greeter.TRY_MAX; i++) {
            others.add(context.links.neighbour((first + i) % neighbours).peer().contact());
        }
        others.addAll(context.hosts.proven(Greeter.TRY_MAX));
        return others.stream()
                .filter(host -> host.port() != 0 && !host.sameAddress(except.link.remote()))
                .limit(Greeter.TRY_MAX)
                .toList();
    }

    private boolean isDouble(PeerFacts peer, LinkState state) {
        return !peer.servent().equals(Guid.ZERO) && context.links.joinedTo(peer.servent(), state) != null;
    }

    private boolean hasSupernode() {
        return context.links.neighbourCount() > 0;
    }

    private int handshakesInbound() {
        return context.links.countIf(state -> !state.isJoined() && state.dialled == null);
    }

    private int neighbourSlots() {
        return context.config.limits().neighboursMax()
                - context.links.neighbourCount()
                - context.links.countIf(state -> state.phase == LinkState.Phase.ANSWERED && !state.isLeaf());
    }

    /** A part of them is kept for leaves that lost all their supernodes (spec/hardening.md F3). */
    private int leafSlots(Handshake greeting) {
        int slots = context.config.limits().leavesMax();
        int kept = Greeter.isOrphan(greeting)
                ? 0
                : (int) ((long) slots * context.config.tiers().hosts().orphanSlotsPercent() / 100);
        return slots
                - kept
                - context.links.leafCount()
                - context.links.countIf(state -> state.phase == LinkState.Phase.ANSWERED && state.isLeaf());
    }
}
