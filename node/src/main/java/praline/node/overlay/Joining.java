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
import praline.protocol.gnutella.Bye;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.OverlayFrame;

/** How links come about: the handshake in both seats, and who is taken. {@link Dialling} says whom to dial. */
final class Joining {

    /** Told of each link whose handshake is done. */
    interface Joined {
        void joined(LinkState state);
    }

    /** Asked whether this node gives up being a supernode, because a supernode without room wants it as a leaf. */
    interface LeafWish {

        /** True: this node is a leaf from here on; its role has changed already, and its links are given up. */
        boolean isGranted();
    }

    private final Context context;
    private final Greeter greeter;
    private final Joined joined;
    private final LeafWish leafWish;
    private final Dialling dialling;
    private boolean orphaned;
    private boolean leaving;

    Joining(Context context, Joined joined, LeafWish leafWish) {
        this.context = context;
        this.greeter = new Greeter(context);
        this.leafWish = leafWish;
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
        partFromAll(code, reason, CloseReason.BYE);
        orphaned = false;
        dialling.resume();
    }

    /** Parts with all that are joined: what they were to the old role they are not to the new one. */
    void partFromJoined(int code, String reason) {
        for (int i = context.links.count() - 1; i >= 0; i--) {
            if (context.links.get(i).isJoined()) {
                context.bye(context.links.get(i), code, reason, CloseReason.BYE);
            }
        }
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
        context.listener.onBye(from.peer().contact(), bye.code(), Greeter.reason(bye));
        Greeter.recommended(bye).forEach(host -> context.learn(host, from.link.remote()));
        context.close(from, CloseReason.BYE);
    }

    /** See {@link Dialling#onNonsense}. */
    void onNonsense(LinkState state) {
        dialling.onNonsense(state);
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
        if (!state.isLeaf() && context.mayBeKept(contact, state.link.remote())) {
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
        if (Gatekeeper.isCrawler(greeting)) {
            send(state, greeter.census(remote));
            context.close(state, CloseReason.FINISHED);
            return;
        }
        tellOwnAddress(greeting, remote);
        Gatekeeper.Verdict verdict =
                Gatekeeper.greeting(context.config, greeting, remote, neighbourSlots(), leafSlots(greeting));
        if (leaving) {
            verdict = new Gatekeeper.Verdict.Refused(Gatekeeper.NO_ROOM, "Shutting down");
        }
        verdict = unlessKnown(state, verdict);
        if (verdict instanceof Gatekeeper.Verdict.Agreed agreed) {
            agree(state, greeting, agreed.peer());
        } else if (verdict instanceof Gatekeeper.Verdict.Refused refused) {
            refuse(state, refused);
        }
    }

    private void agree(LinkState state, Handshake greeting, PeerFacts peer) {
        boolean needsSupernodes = neighbourSlots() > 0;
        state.setPeer(peer);
        if (Gatekeeper.routesTooNew(greeting.headers())) {
            state.conduct().routesTooNew = true;
        }
        Handshake answer = greeter.agreement(greeting, state.link.remote(), peer, needsSupernodes, others(state));
        state.deflates = Greeter.deflates(answer);
        send(state, answer);
        if (greeting.version() == Handshake.Version.V0_4) {
            join(state);
        } else {
            state.phase = LinkState.Phase.ANSWERED;
        }
    }

    private void onAnswer(LinkState state, Handshake answer) {
        learn(answer, state.link.remote());
        Endpoint dialled = state.dialled;
        if (dialled == null) {
            throw new IllegalStateException("an answer to a greeting that was not ours");
        }
        if (!answer.agrees()) {
            if (Gatekeeper.isFull(answer)) {
                dialling.onFull(state);
            }
            context.listener.onRefused(dialled, answer.status(), answer.reason(), Gatekeeper.isFlat(answer));
            context.close(state, CloseReason.REFUSED);
            return;
        }
        tellOwnAddress(answer, dialled);
        Gatekeeper.Verdict verdict = unlessKnown(state, Gatekeeper.agreement(context.config, answer, dialled));
        if (verdict instanceof Gatekeeper.Verdict.Agreed agreed) {
            confirm(state, answer, agreed.peer());
        } else if (verdict instanceof Gatekeeper.Verdict.Refused refused) {
            refuse(state, refused);
        }
    }

    private void confirm(LinkState state, Handshake answer, PeerFacts peer) {
        boolean wantsLeaf = context.config.role() == Role.SUPERNODE && Gatekeeper.wantsLeaf(answer);
        if (wantsLeaf && !leafWish.isGranted()) {
            dialling.onFull(state);
            refuse(state, new Gatekeeper.Verdict.Refused(Gatekeeper.REFUSED, "Not becoming a leaf node"));
            return;
        }
        state.setPeer(peer);
        if (answer.version() != Handshake.Version.V0_4) {
            Handshake confirmation = greeter.confirmation(answer, peer, wantsLeaf);
            state.deflates = Greeter.deflates(confirmation);
            send(state, confirmation);
        }
        join(state);
    }

    private void onConfirmation(LinkState state, Handshake confirmation) {
        if (!confirmation.agrees()) {
            context.close(state, CloseReason.REFUSED);
            return;
        }
        PeerFacts peer = state.peer();
        if (peer.role() == Role.SUPERNODE && Gatekeeper.becameLeaf(confirmation)) {
            state.setPeer(peer.asLeaf());
        }
        // since the answer went out, this slot counts as taken
        int free = state.isLeaf() ? leafSlots(0) : neighbourSlots();
        if (free < 0) {
            showOut(state, Context.BYE_NO_SLOT, "Too many " + (state.isLeaf() ? "leaf" : "ultrapeer") + " connections");
        } else if (state.routesTooNew() && !Gatekeeper.routesAsWeDo(confirmation.headers())) {
            showOut(state, Context.BYE_ROUTES_TOO_NEW, "QRP version is too new");
        } else {
            join(state);
        }
    }

    /** The handshake is done, and yet the link is not wanted: it never joins. */
    private void showOut(LinkState state, int code, String reason) {
        Bye bye = Bye.of(context.freshGuid(), code, Greeter.farewell(reason));
        context.outbox.sendControl(state, bye, Cause.MAINTENANCE);
        context.close(state, CloseReason.BYE);
    }

    /**
     * The handshake is done. Two nodes that dialled each other at once end up with two links here; both ends keep the
     * one that the smaller GUID dialled.
     */
    private void join(LinkState state) {
        LinkState other = context.links.joinedToSame(state.peer(), state);
        if (other != null) {
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

    private void refuse(LinkState state, Gatekeeper.Verdict.Refused refused) {
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

    /**
     * Neighbours, since they live: the youngest, who may still have room, then any; then hosts that lived when we last
     * looked.
     */
    private List<Endpoint> others(LinkState except) {
        Set<Endpoint> others = new LinkedHashSet<>();
        int neighbours = context.links.neighbourCount();
        for (int i = neighbours - 1; i >= 0 && others.size() < Greeter.TRY_MAX / 2; i--) {
            others.add(context.links.neighbour(i).peer().contact());
        }
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

    /**
     * Refuses whom we banned, and whom we are linked with already, by GUID or by where it listens. But when the older
     * link owes an answer to a ping it may be dead, and the servent is here again: then the older one goes
     * (spec/hardening.md C13).
     */
    private Gatekeeper.Verdict unlessKnown(LinkState state, Gatekeeper.Verdict verdict) {
        if (!(verdict instanceof Gatekeeper.Verdict.Agreed agreed)) {
            return verdict;
        }
        if (context.isBanned(state.link.remote(), agreed.peer().servent())) {
            return new Gatekeeper.Verdict.Refused(Gatekeeper.HOSTILE, "Banned for a while");
        }
        LinkState older = context.links.joinedToSame(agreed.peer(), state);
        if (older == null) {
            return verdict;
        }
        if (older.owesPong()) {
            context.bye(older, Context.BYE_DOUBLE, "Connected anew", CloseReason.BYE);
            return verdict;
        }
        return new Gatekeeper.Verdict.Refused(Gatekeeper.ALREADY, "Already connected");
    }

    private void tellOwnAddress(Handshake block, Endpoint teller) {
        block.headers()
                .get(Greeter.REMOTE_IP)
                .ifPresent(address -> context.ownAddress = context.ownAddress.told(teller, address));
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
        long slots = context.config.limits().leavesMax();
        int kept = context.config.tiers().hosts().orphanSlotsPercent();
        return leafSlots(Gatekeeper.isOrphan(greeting) ? 0 : (int) (slots * kept / 100));
    }

    private int leafSlots(int kept) {
        return context.config.limits().leavesMax()
                - kept
                - context.links.leafCount()
                - context.links.countIf(state -> state.phase == LinkState.Phase.ANSWERED && state.isLeaf());
    }
}
