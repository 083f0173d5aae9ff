package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Block;
import praline.node.engine.CloseReason;
import praline.node.engine.Counters;
import praline.node.engine.DialFailure;
import praline.node.engine.Host;
import praline.node.engine.JobResult;
import praline.node.engine.LimitHits;
import praline.node.engine.Link;
import praline.node.engine.LinkEngine;
import praline.node.engine.Timers;
import praline.node.swarm.SwarmFrame.OwnBlock;
import praline.node.swarm.SwarmFrame.ReceivedBlock;
import praline.node.swarm.SwarmFrame.Said;
import praline.node.swarm.TorrentStatus.Origin;
import praline.protocol.Defect;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.PeerMessage.Hello;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.http.AvailableRanges;

/** Takes part in swarms: hands each event to the torrent that it concerns. */
public final class SwarmEngine implements LinkEngine<SwarmFrame> {

    private final Context context;
    private final SharedTorrents shared;
    private final Map<Sha1, Torrent> torrents = new TreeMap<>();
    /** Torrents that were left, as long as a tracker is to be told. */
    private final Map<Torrent, Sha1> leaving = new LinkedHashMap<>(0);

    /**
     * @param shared the torrents that follow from shared files; taken up when the first peer comes for one
     * @param listener hears what becomes of torrents
     */
    public SwarmEngine(SwarmConfig config, Host<?> host, SharedTorrents shared, SwarmListener listener) {
        this(config, host, shared, RangeSources.NONE, listener);
    }

    /**
     * An engine that also takes from sources that are no peers.
     *
     * @param ranges asks them
     */
    public SwarmEngine(
            SwarmConfig config, Host<?> host, SharedTorrents shared, RangeSources ranges, SwarmListener listener) {
        this.context = new Context(config, host, ranges, listener);
        this.shared = shared;
    }

    /**
     * Begins to take part; a torrent that is known already gets the order's peers and trackers.
     *
     * @return empty, or why not, for the user
     */
    public Optional<String> start(TorrentOrder order) {
        Torrent known = torrents.get(order.infohash());
        if (known != null) {
            known.announcing().add(order.trackers());
            known.addPeers(order.peers(), Origin.USER);
            return Optional.empty();
        }
        if (torrents.size() >= context.limits().torrents()) {
            context.limitHits.hit("limits.swarm.torrents");
            return Optional.of(torrents.size() + " torrents are under way already");
        }
        begin(order);
        return Optional.empty();
    }

    /** Nobody can dial this node: it asks its trackers for peers more often while it has nobody to give to. */
    public void beFirewalled() {
        context.isFirewalled = true;
        context.watchAt(context.now());
    }

    /** Others can dial this node after all. */
    public void beReachable() {
        context.isFirewalled = false;
    }

    /** More peers of a torrent that is under way, from a search or the user. */
    public void addPeers(Sha1 torrent, List<Endpoint> peers) {
        Torrent known = torrents.get(torrent);
        if (known != null) {
            known.addPeers(peers, Origin.SEARCH);
        }
    }

    /**
     * What there is of a torrent's content, to be read from it while it is open.
     *
     * @param pieceLength bytes of each piece but the last
     * @param ranges the pieces that are here and right, neighbours in one; not all when they are many
     */
    public record Held(int pieceLength, AvailableRanges ranges) {}

    /** What is here of a torrent under way; empty when it is not known yet what it consists of, or is none of ours. */
    public Optional<Held> held(Sha1 torrent) {
        Torrent known = torrents.get(torrent);
        TorrentInfo info = known == null ? null : known.info();
        return known == null || info == null
                ? Optional.empty()
                : Optional.of(new Held(info.pieceLength(), known.had().ranges(info)));
    }

    /** More sources of a torrent under way that give ranges of its only file and are no peers. */
    public void addRangeSources(Sha1 torrent, List<Endpoint> sources) {
        Torrent known = torrents.get(torrent);
        if (known != null) {
            known.ranges().add(sources);
        }
    }

    /** The next bytes of what a range source was asked for; the block's owner is the engine from here on. */
    public void onRangeBlock(long ticket, Block block) {
        for (Torrent torrent : torrents.values()) {
            if (torrent.ranges().knows(ticket)) {
                torrent.ranges().onBlock(ticket, block);
                return;
            }
        }
        block.release();
    }

    /** All has come, or the source failed and may be asked again in {@code retryMillis}. */
    public void onRangeEnd(long ticket, long retryMillis) {
        for (Torrent torrent : torrents.values()) {
            if (torrent.ranges().knows(ticket)) {
                torrent.ranges().onEnd(ticket, retryMillis);
                return;
            }
        }
    }

    /** Leaves a torrent: trackers are told, links close, what was stored is kept. */
    public void stop(Sha1 torrent) {
        Torrent known = torrents.remove(torrent);
        if (known != null) {
            known.stop();
            leaving.put(known, torrent);
            context.watchAt(context.now());
        }
    }

    /** Leaves all torrents; the links end with the host. */
    public void leave() {
        ImmutableList.copyOf(torrents.keySet()).forEach(this::stop);
    }

    /** Payload bytes a second from here on, all torrents together. */
    public void limitRates(long upRate, long downRate) {
        context.downlink.setRate(downRate, context.now());
        context.uplink.setRate(upRate);
    }

    public ImmutableList<TorrentStatus> torrents() {
        return torrents.values().stream().map(Torrent::status).collect(ImmutableList.toImmutableList());
    }

    public Counters counters() {
        return context.counters;
    }

    public LimitHits limitHits() {
        return context.limitHits;
    }

    @Override
    public void onStart() {}

    @Override
    public void onLinkOpen(Link<SwarmFrame> link, long ticket) {
        if (ticket == 0) {
            // Who dialled us says in its Hello which torrent it comes for; the host's deadline covers the wait.
            return;
        }
        Context.Dial dial = context.takeDial(ticket);
        Torrent torrent = dial.torrent();
        torrent.meeting().onDialled(dial.to(), true);
        if (torrent.isOver()) {
            link.close(CloseReason.FINISHED);
            return;
        }
        Peer peer = new Peer(context.nextPeerId(), link, true, torrent.meeting().originOf(dial.to()), torrent);
        link.attach(peer);
        torrent.add(peer);
        peer.say(torrent.meeting().hello());
    }

    @Override
    public void onDialFailed(long ticket, DialFailure why) {
        Context.Dial dial = context.takeDial(ticket);
        dial.torrent().meeting().onDialled(dial.to(), false);
    }

    @Override
    public void onMessage(Link<SwarmFrame> link, SwarmFrame frame) {
        context.counters.count(Counters.Direction.IN, Counters.Cause.TRANSFER, frame.wireSize());
        Peer peer = (Peer) link.attachment();
        if (frame instanceof Said said && said.message() instanceof Hello hello) {
            onHello(link, peer, hello);
        } else if (peer == null || !peer.isGreeted()) {
            drop(frame);
            link.close(CloseReason.PROTOCOL_ERROR);
        } else if (peer.torrent().isOver()) {
            drop(frame);
        } else {
            peer.heardAt = context.now();
            onFrame(peer, frame);
        }
    }

    @Override
    public void onDefect(Link<SwarmFrame> link, Defect defect) {
        link.close(CloseReason.PROTOCOL_ERROR);
    }

    @Override
    public void onWritable(Link<SwarmFrame> link) {
        Peer peer = (Peer) link.attachment();
        if (peer != null) {
            context.uplink.offer(peer);
            context.uplink.give();
        }
    }

    @Override
    public void onLinkClosed(Link<SwarmFrame> link, CloseReason why) {
        Peer peer = (Peer) link.attachment();
        if (peer != null) {
            link.attach(null);
            peer.torrent().onGone(peer);
            leaveIfIdle(peer.torrent());
        }
    }

    @Override
    public void onJobDone(long ticket, JobResult result) {
        Context.Errand errand = context.takeErrand(ticket);
        if (errand != null) {
            errand.torrent().onJobDone(errand.job(), result);
            forgetIfOver(errand.torrent());
        }
    }

    @Override
    public void onWake() {
        if (context.takeWatch()) {
            watch();
        }
        if (context.takeGive()) {
            context.uplink.give();
        }
        if (context.takeAsk()) {
            torrents.values().forEach(Torrent::askOn);
        }
    }

    @Override
    public long nextWake() {
        return context.nextWake();
    }

    private Torrent begin(TorrentOrder order) {
        Torrent torrent = new Torrent(order, context);
        torrents.put(order.infohash(), torrent);
        torrent.start();
        return torrent;
    }

    /** Nobody is told that a torrent is not here: the link just ends (spec/bittorrent.md 5.1). */
    private void onHello(Link<SwarmFrame> link, @Nullable Peer known, Hello hello) {
        if (known != null) {
            if (known.isGreeted() || !known.torrent().meeting().onHello(known, hello)) {
                known.close(CloseReason.REFUSED);
            } else {
                greet(known);
            }
            return;
        }
        Torrent torrent = torrentOf(hello.infohash());
        if (torrent == null || !torrent.meeting().mayEnter(link.remote())) {
            link.close(CloseReason.REFUSED);
            return;
        }
        Peer peer = new Peer(context.nextPeerId(), link, false, Origin.INBOUND, torrent);
        link.attach(peer);
        torrent.add(peer);
        peer.say(torrent.meeting().hello());
        if (torrent.meeting().onHello(peer, hello)) {
            greet(peer);
        } else {
            peer.close(CloseReason.REFUSED);
        }
    }

    private static void greet(Peer peer) {
        if (peer.hasExtensions()) {
            peer.extensions.greet();
        }
        peer.torrent().sayMap(peer);
    }

    private @Nullable Torrent torrentOf(Sha1 infohash) {
        Torrent torrent = torrents.get(infohash);
        if (torrent == null && torrents.size() < context.limits().torrents()) {
            return shared.find(infohash).map(this::begin).orElse(null);
        }
        return torrent;
    }

    private void onFrame(Peer peer, SwarmFrame frame) {
        if (frame instanceof ReceivedBlock received) {
            onBlock(peer, received);
        } else if (frame instanceof Said said) {
            Conversation.onMessage(peer, said.message());
        } else if (frame instanceof OwnBlock) {
            throw new IllegalStateException("a block of ours came back from " + peer.endpoint());
        }
    }

    private void onBlock(Peer peer, ReceivedBlock received) {
        peer.down.add(received.block().size(), context.now());
        Fetching fetching = peer.torrent().fetching();
        if (fetching == null) {
            received.block().release();
        } else {
            fetching.onBlock(peer, received.piece(), received.begin(), received.block());
        }
    }

    private static void drop(SwarmFrame frame) {
        if (frame instanceof ReceivedBlock received) {
            received.block().release();
        }
    }

    private void watch() {
        long now = context.now();
        long next = Timers.NEVER;
        for (Torrent torrent : ImmutableList.copyOf(torrents.values())) {
            next = Math.min(next, torrent.watch(now));
            forgetIfOver(torrent);
        }
        for (Torrent torrent : ImmutableList.copyOf(leaving.keySet())) {
            next = Math.min(next, torrent.watch(now));
            forgetIfOver(torrent);
        }
        context.watchAt(Math.max(next, now + 1));
    }

    /** A shared file that nobody fetches any more goes back to the library. */
    private void leaveIfIdle(Torrent torrent) {
        if (torrent.order().shared() != null && torrent.peers().isEmpty() && torrent.isReady()) {
            stop(torrent.infohash());
        }
    }

    private void forgetIfOver(Torrent torrent) {
        if (torrent.isOver()) {
            torrents.remove(torrent.infohash(), torrent);
            if (torrent.announcing().isIdle()) {
                leaving.remove(torrent);
            }
        }
    }
}
