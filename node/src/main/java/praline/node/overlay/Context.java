package praline.node.overlay;

import org.jspecify.annotations.Nullable;
import praline.node.engine.CloseReason;
import praline.node.engine.Counters;
import praline.node.engine.Counters.Cause;
import praline.node.engine.DialRules;
import praline.node.engine.Host;
import praline.node.engine.LimitHits;
import praline.node.engine.Timers;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.gnutella.Bye;
import praline.protocol.gnutella.Message;

/** What all parts of one overlay engine share. */
final class Context {

    /** Bye codes of spec/gnutella.md section 5. */
    static final int BYE_SHUTDOWN = 200;

    static final int BYE_MAKING_ROOM = 202;
    static final int BYE_ROLE_CHANGES = 203;
    static final int BYE_BAD_MESSAGES = 400;
    static final int BYE_DUPLICATES = 401;
    static final int BYE_TOO_FAR = 403;
    static final int BYE_SILENT = 406;
    static final int BYE_DOUBLE = 409;
    static final int BYE_BAD_TABLE = 413;
    static final int BYE_SECURITY = 412;
    static final int BYE_LEAF_RELAYED = 414;
    static final int BYE_BAD_DEFLATE = 501;
    static final int BYE_NO_SLOT = 503;
    static final int BYE_ROUTES_TOO_NEW = 505;

    /** Told once of each link that ends, by whichever side. */
    interface LinkEnd {
        void ended(LinkState state, boolean wasJoined);
    }

    /** How this node takes part at the moment: its role changes, and where others reach it becomes known. */
    OverlayConfig config;

    final Host<Message> host;
    /** What this node shares. */
    final SharedFiles files;

    final OverlayListener listener;
    final OverlayObserver observer;
    final Counters counters = new Counters();
    final LimitHits limitHits = new LimitHits();
    final Timers<OverlayTimer> timers = new Timers<>(OverlayTimer.class);
    final Links links = new Links();
    final Outbox outbox = new Outbox(counters, limitHits);
    final HostCache hosts;
    final DialRules dialRules;
    OwnAddress ownAddress = OwnAddress.UNKNOWN;

    /** Since when this node runs, as a header says it; null when nobody told. */
    @Nullable
    String liveSince;

    /** Since the first misdeed of a neighbour. */
    private @Nullable Discipline discipline;

    private final LinkEnd linkEnd;
    /** Since somebody had to do with pushes. */
    private @Nullable Pushes pushes;

    Context(
            OverlayConfig config,
            Host<Message> host,
            SharedFiles files,
            OverlayListener listener,
            OverlayObserver observer,
            LinkEnd linkEnd) {
        this.config = config;
        this.host = host;
        this.files = files;
        this.listener = listener;
        this.observer = observer;
        this.hosts = new HostCache(config.limits(), config.tiers().hosts());
        this.dialRules = config.tiers().hosts().dialRules(config.profile());
        this.linkEnd = linkEnd;
    }

    /** Whether an address that {@code teller} told us of may be dialled and passed on (spec/hardening.md C11). */
    boolean isUsable(Endpoint host, Endpoint teller) {
        return config.profile().addresses().isUsable(host, teller, config.self());
    }

    /** Whether it may be kept to be dialled beside the others that are known (C12). */
    boolean mayBeKept(Endpoint host, Endpoint teller) {
        return dialRules.allows(host, teller, config.self(), hosts.portsOf(host));
    }

    /** Remembers an address that {@code teller} told us of, and has it dialled soon if links are missing. */
    void learn(Endpoint host, Endpoint teller) {
        if (!hosts.knows(host) && mayBeKept(host, teller) && hosts.add(host, teller)) {
            timers.setAtMost(OverlayTimer.DIAL, this.host.now());
        }
    }

    /** A neighbour did something wrong; it may be gone afterwards. */
    void blame(LinkState from, Misdeed misdeed) {
        if (discipline == null) {
            discipline = new Discipline(this);
        }
        discipline.blame(from, misdeed);
    }

    /** Whether a servent is kept out for what it did. */
    boolean isBanned(Endpoint remote, Guid servent) {
        return discipline != null && discipline.isBanned(remote, servent);
    }

    /** The part that carries pushes; an idle node does without. */
    Pushes pushes() {
        if (pushes == null) {
            pushes = new Pushes(this);
        }
        return pushes;
    }

    /** {@link #pushes}, if nobody has to do with them so far: null. */
    @Nullable
    Pushes pushesIfAny() {
        return pushes;
    }

    Guid freshGuid() {
        return Guid.random(host.random());
    }

    /** Says why, and closes. */
    void bye(LinkState state, int code, String reason, CloseReason why) {
        if (state.isJoined()) {
            outbox.sendControl(state, Bye.of(freshGuid(), code, Greeter.farewell(reason)), Cause.MAINTENANCE);
        }
        close(state, why);
    }

    void close(LinkState state, CloseReason why) {
        if (state.phase == LinkState.Phase.CLOSING) {
            return;
        }
        end(state);
        state.link.close(why);
    }

    /** The link is over: forgets it, whoever ended it. Nothing that it still delivers matters. */
    void end(LinkState state) {
        boolean wasJoined = state.isJoined();
        state.phase = LinkState.Phase.CLOSING;
        links.remove(state, wasJoined);
        if (wasJoined) {
            listener.onLeft(state.peer().contact(), state.peer().role());
        }
        linkEnd.ended(state, wasJoined);
    }
}
