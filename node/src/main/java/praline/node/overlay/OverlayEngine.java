package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import praline.node.engine.CloseReason;
import praline.node.engine.Counters;
import praline.node.engine.Counters.Cause;
import praline.node.engine.Counters.Direction;
import praline.node.engine.DialFailure;
import praline.node.engine.Host;
import praline.node.engine.JobResult;
import praline.node.engine.LimitHits;
import praline.node.engine.Link;
import praline.node.engine.LinkEngine;
import praline.node.engine.Timers;
import praline.protocol.Defect;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.Sha1;
import praline.protocol.gnutella.Bye;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.IndexBatch;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.gnutella.IndexStatus;
import praline.protocol.gnutella.Message;
import praline.protocol.gnutella.OverlayFrame;
import praline.protocol.gnutella.Ping;
import praline.protocol.gnutella.Pong;
import praline.protocol.gnutella.Push;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.QueryHit;
import praline.protocol.gnutella.Vendor;
import praline.protocol.gnutella.VendorCall;
import praline.protocol.gnutella.VendorCall.HopsFlow;
import praline.protocol.gnutella.VendorCall.PushProxyAck;
import praline.protocol.gnutella.VendorCall.PushProxyRequest;
import praline.protocol.gnutella.VendorCall.QueryStatusRequest;
import praline.protocol.gnutella.VendorCall.QueryStatusResponse;
import praline.protocol.gnutella.VendorCall.TcpConnectBack;

/**
 * A servent's part in the overlay, as flat peer, leaf or supernode. This class only hands events to the parts: joining,
 * upkeep, queries, own searches, publication. See {@link LinkEngine} for the events.
 */
public final class OverlayEngine implements LinkEngine<OverlayFrame>, LeafSources {

    /** A deadline that is so late means that the machine slept, and not its neighbours (spec/hardening.md F9). */
    private static final long SLEPT_MILLIS = 60_000;

    private final Context context;
    // Parts of the context that every message needs, one step nearer.
    private final Host<Message> host;
    private final Timers<OverlayTimer> timers;
    private final OverlayLimits limits;

    private final SharedFiles files;
    private final Joining joining;
    private final @Nullable Roles roles;
    private final Upkeep upkeep;
    private final QueryRouting routing;
    private final Pongs pongs;
    /** Since the first wish to be dialled. */
    private @Nullable ConnectBacks connectBacks;

    private final Queries queries;
    private final Asking asking;
    private final @Nullable LeafDesk leafDesk;
    private final Publishing publishing;

    /**
     * @param files what this node shares
     * @param index what its leaves share; null for a node that is no supernode, or takes no publications
     */
    public OverlayEngine(
            OverlayConfig config,
            Host<Message> host,
            SharedFiles files,
            @Nullable LeafIndex index,
            OverlayListener listener,
            OverlayObserver observer) {
        this.context = new Context(config, host, files, listener, observer, this::onEnded);
        this.host = host;
        this.timers = context.timers;
        this.limits = config.limits();
        this.files = files;
        this.joining = new Joining(context, this::onJoined, this::isLeafWishGranted);
        this.roles = config.policy() == RolePolicy.AUTO ? new Roles(context, joining, this::become) : null;
        this.pongs = new Pongs(context, files);
        this.upkeep = new Upkeep(context, pongs);
        this.leafDesk = index == null ? null : new LeafDesk(context, index);
        Answers answers = new Answers(context, files, leafDesk);
        this.routing = new QueryRouting(context, leafDesk);
        this.queries = new Queries(context, answers, routing);
        this.asking = new Asking(context, queries, answers);
        this.publishing = new Publishing(context, files);
    }

    /** Dials {@code to} and remembers it as a seed that is tried again. */
    public void connect(Endpoint to) {
        joining.connect(to);
    }

    /** Joins by hosts that an earlier run knew, a little later and not all nodes that start at once together. */
    public void restore(List<KnownHost> known) {
        joining.restore(known);
    }

    /** What a later run may {@link #restore}: the supernodes of now first. */
    public ImmutableList<KnownHost> knownHosts() {
        return context.hosts.known();
    }

    /** Somebody from outside has come to this node's port: it can be reached, and may lead. */
    public void reached() {
        if (roles != null) {
            roles.onReached();
        }
    }

    /** Since when this node runs; told in handshakes, where the older of two servents has the better claim. */
    public void liveSince(Instant start) {
        context.liveSince = Greeter.date(start);
    }

    /** Takes a link that is open already, whose handshake the laboratory gives: its other end is a {@code role}. */
    public void adopt(Link<OverlayFrame> link, Role role) {
        adopt(link, PeerFacts.given(link.remote(), role));
    }

    /** The same with a supernode that has {@code degree} links to others, and may be probed (spec/gnutella.md 14.5). */
    public void adoptSupernode(Link<OverlayFrame> link, int degree) {
        adopt(link, PeerFacts.givenSupernode(link.remote(), degree));
    }

    private void adopt(Link<OverlayFrame> link, PeerFacts peer) {
        LinkState state = new LinkState(link, context.links.nextId(), null, LinkState.Phase.JOINED, host.now());
        link.attach(state);
        state.setPeer(peer);
        context.links.add(state);
        context.links.join(state);
        onJoined(state);
    }

    /** Begins a search; its hits come by {@link OverlayListener#onHit} with the ticket that is returned. */
    public long search(Search search) {
        return asking.search(search);
    }

    /** Hits that still come for {@code search} are dropped. */
    public void endSearch(long search) {
        asking.end(search);
    }

    /**
     * This node cannot be dialled: from here on its hits say so, and its supernodes are asked to pass on to it who
     * wants to be dialled; {@link OverlayListener#onPush} hears of them.
     */
    public void beFirewalled() {
        context.pushes().beFirewalled();
    }

    /** This node was dialled, so that it can be: what {@link #beFirewalled} began is over. */
    public void beReachable() {
        Pushes pushes = context.pushesIfAny();
        if (pushes != null) {
            pushes.beReachable();
        }
    }

    /** Asks the supernodes of this node to dial it; false: there is none that understands that. */
    @CheckReturnValue
    public boolean askToBeDialled() {
        return context.pushes().askToBeDialled();
    }

    /** Where others dial this node, as far as it knows. */
    public Endpoint here() {
        return context.pushes().here();
    }

    /** Whether it cannot be dialled, as far as it knows. */
    public boolean isFirewalled() {
        Pushes pushes = context.pushesIfAny();
        return pushes != null && pushes.isFirewalled();
    }

    /**
     * Asks a sharer that cannot be dialled to dial this node, along the way that its hit came.
     *
     * @param index the sharer's number of a file; 0: any
     * @param ttl how far it is, and a little more
     * @return false: no way to it is known
     */
    @CheckReturnValue
    public boolean push(Guid sharer, long index, int ttl) {
        return context.pushes().push(sharer, index, ttl);
    }

    /**
     * Passes on to a leaf of this node, or to one that has asked for it, that it shall dial {@code requester}.
     *
     * @return false: there is no such leaf here, or it was asked often enough of late
     */
    @CheckReturnValue
    public boolean proxyPush(Guid sharer, long index, Endpoint requester) {
        return context.pushes().proxy(sharer, index, requester);
    }

    /** What this node shares has changed by {@code changes}, and {@link SharedFiles} says so already. */
    public void filesChanged(ImmutableList<? extends IndexRecord> changes) {
        publishing.filesChanged(changes);
        routing.filesChanged();
    }

    @Override
    public ImmutableList<Source> holders(Sha1 infohash, int max) {
        return leafDesk == null ? ImmutableList.of() : leafDesk.holders(infohash, max);
    }

    /** Says Bye to everybody and dials no more. */
    public void leave(String reason) {
        joining.leave();
        joining.partFromAll(Context.BYE_SHUTDOWN, reason, CloseReason.SHUTDOWN);
    }

    /** What was sent and received so far; the same object all the time. */
    public Counters counters() {
        return context.counters;
    }

    /** Which bounds acted so far; the same object all the time. */
    public LimitHits limitHits() {
        return context.limitHits;
    }

    public OverlayStatus status() {
        ImmutableList.Builder<OverlayStatus.JoinedLink> links = ImmutableList.builder();
        for (int i = 0; i < context.links.count(); i++) {
            LinkState state = context.links.get(i);
            if (state.isJoined()) {
                links.add(new OverlayStatus.JoinedLink(
                        state.peer().contact(),
                        state.peer().role(),
                        state.peer().agent(),
                        state.dialled != null));
            }
        }
        return new OverlayStatus(
                context.config.role(),
                links.build(),
                files.fileCount(),
                leafDesk == null ? 0 : leafDesk.records(),
                context.hosts.size());
    }

    @Override
    public void onStart() {
        joining.fill();
        lookAtRole();
    }

    @Override
    public void onLinkOpen(Link<OverlayFrame> link, long ticket) {
        if (ticket == 0) {
            reached();
        }
        boolean isProbe = (leafDesk != null && leafDesk.onLinkOpen(link, ticket))
                || (connectBacks != null && connectBacks.onLinkOpen(link, ticket));
        if (!isProbe) {
            joining.onLinkOpen(link, ticket);
        }
    }

    @Override
    public void onDialFailed(long ticket, DialFailure why) {
        if (leafDesk != null) {
            leafDesk.onDialFailed(ticket);
        }
        if (connectBacks != null) {
            connectBacks.onDialFailed(ticket);
        }
        joining.onDialFailed(ticket, why);
        lookAtRole();
    }

    @Override
    public void onMessage(Link<OverlayFrame> link, OverlayFrame frame) {
        LinkState state = (LinkState) link.attachment();
        if (state == null || state.phase == LinkState.Phase.CLOSING) {
            return;
        }
        if (frame instanceof Handshake handshake) {
            joining.onHandshake(state, handshake);
        } else if (!state.isJoined()) {
            context.close(state, CloseReason.PROTOCOL_ERROR);
        } else {
            state.hear(host.now());
            onDescriptor(state, (Message) frame);
        }
    }

    @Override
    public int preview(Link<OverlayFrame> link, OverlayFrame frame, int step) {
        if (step == 0) {
            return link.attachment() instanceof LinkState state && state.isJoined() ? queries.preview() : 0;
        }
        return frame instanceof Query query ? queries.preview(query, step) : 0;
    }

    @Override
    public void onDefect(Link<OverlayFrame> link, Defect defect) {
        LinkState state = (LinkState) link.attachment();
        if (state == null || state.phase == LinkState.Phase.CLOSING) {
            return;
        }
        if (defect == Defect.BAD_INDEX_BATCH && leafDesk != null) {
            leafDesk.onBadBatch(state);
        }
        context.limitHits.hit("dropped.malformed");
        if (defect.isFatal() || ++state.conduct().defects > limits.defectsMax()) {
            if (!state.isJoined()) {
                joining.onNonsense(state);
            }
            int code = defect == Defect.BAD_DEFLATE ? Context.BYE_BAD_DEFLATE : Context.BYE_BAD_MESSAGES;
            context.bye(state, code, "Bad message: " + defect, CloseReason.PROTOCOL_ERROR);
        } else {
            context.blame(state, defect == Defect.BAD_COUNT ? Misdeed.MALFORMED_HIT : Misdeed.MALFORMED);
        }
    }

    @Override
    public void onWritable(Link<OverlayFrame> link) {
        publishing.pumpAll();
    }

    @Override
    public void onLinkClosed(Link<OverlayFrame> link, CloseReason why) {
        LinkState state = (LinkState) link.attachment();
        if (state != null && state.phase != LinkState.Phase.CLOSING) {
            context.end(state);
        }
    }

    @Override
    public void onJobDone(long ticket, JobResult result) {
        throw new IllegalStateException("the overlay asks for no jobs, yet job " + ticket + " is done: " + result);
    }

    @Override
    public void onWake() {
        long now = host.now();
        if (now - timers.next() > SLEPT_MILLIS) {
            upkeep.onSlept(now);
        }
        if (timers.take(OverlayTimer.WATCH, now)) {
            watch(now);
        }
        if (timers.take(OverlayTimer.DIAL, now)) {
            joining.fill();
        }
        if (timers.take(OverlayTimer.FEEL, now)) {
            joining.feel();
        }
        if (timers.take(OverlayTimer.ROLE, now) && roles != null) {
            roles.decide();
        }
        if (timers.take(OverlayTimer.PUBLISH, now)) {
            publishing.pumpAll();
        }
        if (timers.take(OverlayTimer.STATUS, now) && leafDesk != null) {
            leafDesk.tellAll(now);
        }
        if (timers.take(OverlayTimer.SEARCH, now)) {
            asking.goOn(now);
        }
        if (timers.take(OverlayTimer.DYNAMIC, now)) {
            queries.dynamic().goOn(now);
        }
        if (timers.take(OverlayTimer.FORGET, now)) {
            queries.forgetOld(now);
        }
        if (timers.take(OverlayTimer.FORGET_GONE, now)) {
            queries.forgetGone();
        }
        if (timers.take(OverlayTimer.TABLES, now)) {
            routing.wake(now);
        }
        if (timers.take(OverlayTimer.PURGE, now) && leafDesk != null) {
            leafDesk.purge(now);
        }
    }

    @Override
    public long nextWake() {
        return timers.next();
    }

    private void onDescriptor(LinkState from, Message message) {
        switch (HopRules.check(message.type(), message.ttl(), message.hops(), limits)) {
            case DROP -> {
                context.limitHits.hit("dropped.wornOut");
                if (HopRules.isForNeighboursOnly(message.type())) {
                    context.blame(from, Misdeed.UNEXPECTED);
                }
                return;
            }
            case TOO_FAR -> {
                onTooFar(from, message);
                return;
            }
            case TAKE -> {}
        }
        switch (message.type()) {
            case QUERY -> queries.onQuery(from, (Query) message);
            case QUERY_HIT -> onHit(from, (QueryHit) message);
            case PING -> {
                countMaintenance(message);
                pongs.onPing(from, (Ping) message);
            }
            case PONG -> {
                countMaintenance(message);
                pongs.onPong(from, (Pong) message);
            }
            case BYE -> {
                countMaintenance(message);
                joining.onBye(from, (Bye) message);
            }
            case VENDOR -> onVendor(from, message);
            case PUSH -> {
                countMaintenance(message);
                context.pushes().onPush(from, (Push) message);
            }
            case QRP -> routing.onMessage(from, message);
            case STANDARD_VENDOR, OTHER -> countMaintenance(message);
        }
    }

    private void onVendor(LinkState from, Message message) {
        if (message instanceof IndexBatch batch && leafDesk != null) {
            leafDesk.onBatch(from, batch);
            routing.onPublished(from);
        } else if (message instanceof IndexStatus status) {
            publishing.onStatus(from, status);
        } else {
            countMaintenance(message);
            if (message instanceof Vendor vendor) {
                VendorCall.of(vendor).ifPresent(call -> onCall(from, vendor.guid(), call));
            }
        }
    }

    private void onCall(LinkState from, Guid guid, VendorCall call) {
        if (call instanceof QueryStatusRequest) {
            asking.onStatusRequest(from, guid);
        } else if (call instanceof QueryStatusResponse status) {
            queries.dynamic().onStatus(from, guid, status.hits());
        } else if (call instanceof PushProxyRequest) {
            context.pushes().onProxyRequest(from, guid);
        } else if (call instanceof PushProxyAck ack) {
            context.pushes().onProxyAck(from, guid, ack);
        } else if (call instanceof HopsFlow wish) {
            FlowControl.onHopsFlow(context, from, wish.hops());
            routing.onHopsFlow(from);
        } else if (call instanceof TcpConnectBack wish) {
            connectBacks().onWish(from, wish.port());
        }
    }

    private ConnectBacks connectBacks() {
        if (connectBacks == null) {
            connectBacks = new ConnectBacks(context);
        }
        return connectBacks;
    }

    private void onHit(LinkState from, QueryHit hit) {
        if (queries.onHit(from, hit)) {
            asking.onHit(from, hit);
        }
    }

    private void onTooFar(LinkState from, Message message) {
        context.limitHits.hit("limits.overlay.ttlPlusHopsMax");
        if (message.hops() <= HopRules.NEAR_HOPS && ++from.conduct().farQueries >= limits.farQueriesMax()) {
            context.bye(from, Context.BYE_TOO_FAR, "Relayed too many messages from too far", CloseReason.BYE);
        }
    }

    private void countMaintenance(Message message) {
        context.counters.count(Direction.IN, message.type(), Cause.MAINTENANCE, message.wireSize());
    }

    private void watch(long now) {
        long next = joining.closeLate(now);
        if (context.config.maintained()) {
            next = Math.min(next, upkeep.watch(now));
        }
        timers.setAtMost(OverlayTimer.WATCH, next);
    }

    private void onJoined(LinkState state) {
        state.joinedAtGuid = queries.newestGuid();
        context.listener.onJoined(state.peer().contact(), state.peer().role());
        if (state.isLeaf() && leafDesk != null && context.config.takesIndex()) {
            leafDesk.onJoined(state);
        }
        if (context.config.publishes() && state.peer().takesIndex()) {
            publishing.onJoined(state);
        }
        if (context.config.maintained()) {
            upkeep.onJoined(state);
            joining.onJoined(state);
        }
        Pushes pushes = context.pushesIfAny();
        if (pushes != null) {
            pushes.onJoined(state);
        }
        routing.onJoined(state);
        asking.onJoined();
        lookAtRole();
    }

    private void onEnded(LinkState state, boolean wasJoined) {
        if (leafDesk != null) {
            leafDesk.onLeft(state);
        }
        routing.onEnded(state);
        if (wasJoined) {
            timers.setAtMost(OverlayTimer.FORGET_GONE, host.now() + Queries.GONE_KEPT_MILLIS);
            Pushes pushes = context.pushesIfAny();
            if (pushes != null) {
                pushes.onEnded(state);
            }
            asking.onEnded(state);
        }
        if (state.isLeaf()) {
            queries.dynamic().onLeft(state);
        }
        joining.onEnded(state, wasJoined);
        lookAtRole();
    }

    private void lookAtRole() {
        if (roles != null) {
            roles.look();
        }
    }

    private boolean isLeafWishGranted() {
        if (roles == null || !roles.stepsBack()) {
            return false;
        }
        context.config = context.config.as(Role.LEAF);
        joining.partFromJoined(Context.BYE_ROLE_CHANGES, "Becoming a leaf node");
        context.listener.onRole(Role.LEAF);
        return true;
    }

    /** What the links were to the old role they are not to the new one: all are given up and made anew. */
    private void become(Role role) {
        context.config = context.config.as(role);
        joining.rejoin(Context.BYE_ROLE_CHANGES, role == Role.LEAF ? "Becoming a leaf node" : "Becoming an ultra node");
        context.listener.onRole(role);
        lookAtRole();
    }
}
