package praline.node.swarm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Counters;
import praline.node.engine.DialRules;
import praline.node.engine.Host;
import praline.node.engine.Job;
import praline.node.engine.LimitHits;
import praline.node.engine.Link;
import praline.node.engine.LinkPurpose;
import praline.node.engine.Timers;
import praline.node.engine.TokenBucket;
import praline.protocol.Endpoint;

/** What the torrents of one engine share: the host, the numbers, the rates, the memory for blocks, the timers. */
final class Context {

    private enum Timer {
        WATCH,
        UPLINK,
        DOWNLINK
    }

    final SwarmConfig config;
    final SwarmListener listener;
    final RangeSources ranges;
    final Counters counters = new Counters();
    final LimitHits limitHits = new LimitHits();
    final Bans bans;
    final DialRules dialRules;
    final TokenBucket downlink;
    final Uplink uplink;
    private final Host<?> host;
    private final Timers<Timer> timers = new Timers<>(Timer.class);
    private final Map<Long, Errand> errands = new LinkedHashMap<>(4);
    private final Map<Long, Dial> dials = new LinkedHashMap<>(4);
    private int linkCount;
    private int unchokedCount;
    private int lastPeerId;
    private long heldBytes;
    /** Whether nobody can dial this node. */
    boolean isFirewalled;

    /** A dial under way, and whose it is. */
    record Dial(Torrent torrent, Endpoint to) {}

    /** A job under way, and whose it is. */
    record Errand(Torrent torrent, Job job) {}

    Context(SwarmConfig config, Host<?> host, RangeSources ranges, SwarmListener listener) {
        this.config = config;
        this.host = host;
        this.ranges = ranges;
        this.listener = listener;
        this.bans = new Bans(config.limits());
        this.dialRules = config.dialRules();
        this.downlink = new TokenBucket(config.downRate(), host.now());
        this.uplink = new Uplink(this, config.upRate());
    }

    SwarmLimits.Swarm limits() {
        return config.limits().swarm();
    }

    long now() {
        return host.now();
    }

    RandomGenerator random() {
        return host.random();
    }

    void dial(Torrent torrent, Endpoint to) {
        dials.put(host.dial(to, LinkPurpose.SWARM), new Dial(torrent, to));
    }

    /** The dial that is answered. */
    Dial takeDial(long ticket) {
        Dial dial = dials.remove(ticket);
        if (dial == null) {
            throw new IllegalStateException("nobody dialled with ticket " + ticket);
        }
        return dial;
    }

    void submit(Torrent torrent, Job job) {
        errands.put(host.submit(job), new Errand(torrent, job));
    }

    @Nullable
    Errand takeErrand(long ticket) {
        return errands.remove(ticket);
    }

    /** Sends and counts. False: nothing was sent, and {@code onWritable} will follow. */
    boolean send(Link<SwarmFrame> link, SwarmFrame frame) {
        if (!link.send(frame)) {
            return false;
        }
        counters.count(Counters.Direction.OUT, Counters.Cause.TRANSFER, frame.wireSize());
        return true;
    }

    int nextPeerId() {
        return ++lastPeerId;
    }

    int links() {
        return linkCount;
    }

    void countLink(int change) {
        linkCount += change;
    }

    /** Whether one peer more may be unchoked: all torrents share the slots (spec/hardening.md S11). */
    boolean mayUnchoke() {
        int most = Math.max(limits().unchoked(), config.slots() + config.optimisticSlots());
        return unchokedCount < most;
    }

    void countUnchoked(int change) {
        unchokedCount += change;
    }

    /** Blocks that wait in memory for the rest of their pieces, all torrents together. */
    void hold(long bytes) {
        heldBytes += bytes;
    }

    /** Whether there is memory for one more piece to be begun. */
    boolean mayHold(int pieceSize) {
        if (heldBytes + pieceSize <= limits().heldBytes()) {
            return true;
        }
        limitHits.hit("limits.swarm.heldBytes");
        return false;
    }

    /** Has all torrents looked at again at {@code deadline}, or sooner. */
    void watchAt(long deadline) {
        timers.setAtMost(Timer.WATCH, deadline);
    }

    /** Has the uplink go on at {@code deadline}. */
    void giveAt(long deadline) {
        timers.setAtMost(Timer.UPLINK, deadline);
    }

    /** Has requests sent that wait for the rate of what we take. */
    void askAt(long deadline) {
        timers.setAtMost(Timer.DOWNLINK, deadline);
    }

    boolean takeWatch() {
        return timers.take(Timer.WATCH, now());
    }

    boolean takeGive() {
        return timers.take(Timer.UPLINK, now());
    }

    boolean takeAsk() {
        return timers.take(Timer.DOWNLINK, now());
    }

    long nextWake() {
        return timers.next();
    }
}
