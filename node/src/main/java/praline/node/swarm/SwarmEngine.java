package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import praline.node.engine.CloseReason;
import praline.node.engine.Counters;
import praline.node.engine.DialFailure;
import praline.node.engine.Host;
import praline.node.engine.JobResult;
import praline.node.engine.LimitHits;
import praline.node.engine.Link;
import praline.node.engine.LinkEngine;
import praline.node.engine.Timers;
import praline.protocol.Defect;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;

/** Takes part in swarms: hands each event to the torrent that it concerns. */
public final class SwarmEngine implements LinkEngine<SwarmFrame> {

    private final Counters counters = new Counters();
    private final LimitHits limitHits = new LimitHits();

    public SwarmEngine(SwarmConfig config, Host<?> host, SharedTorrents shared, SwarmListener listener) {}

    /** Begins to take part; returns why not, for the user. A torrent that is known gets the peers and trackers. */
    public Optional<String> start(TorrentOrder order) {
        return Optional.empty();
    }

    /** More peers of a torrent that is under way, from a search or the user. */
    public void addPeers(Sha1 torrent, List<Endpoint> peers) {}

    /** Leaves a torrent: trackers are told, links close, what was stored is kept. */
    public void stop(Sha1 torrent) {}

    /** Leaves all torrents; the links end with the host. */
    public void leave() {}

    /** Payload bytes a second from here on, all torrents together. */
    public void limitRates(long upRate, long downRate) {}

    public ImmutableList<TorrentStatus> torrents() {
        return ImmutableList.of();
    }

    public Counters counters() {
        return counters;
    }

    public LimitHits limitHits() {
        return limitHits;
    }

    @Override
    public void onStart() {}

    @Override
    public void onLinkOpen(Link<SwarmFrame> link, long ticket) {}

    @Override
    public void onDialFailed(long ticket, DialFailure why) {}

    @Override
    public void onMessage(Link<SwarmFrame> link, SwarmFrame frame) {}

    @Override
    public void onDefect(Link<SwarmFrame> link, Defect defect) {}

    @Override
    public void onWritable(Link<SwarmFrame> link) {}

    @Override
    public void onLinkClosed(Link<SwarmFrame> link, CloseReason why) {}

    @Override
    public void onJobDone(long ticket, JobResult result) {}

    @Override
    public void onWake() {}

    @Override
    public long nextWake() {
        return Timers.NEVER;
    }
}
