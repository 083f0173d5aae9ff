package praline.supernode.tracker;

import java.util.Optional;
import java.util.random.RandomGenerator;
import praline.node.Tracking;
import praline.node.engine.DatagramEngine;
import praline.node.engine.LimitHits;
import praline.node.overlay.LeafSources;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.WireLimits;

/**
 * A leader's tracker: one table of swarms, asked over HTTP and by datagrams. Plain state without I/O or a clock, for
 * one thread; time is the host's and never goes back.
 */
public final class LeadersTracker implements Tracking {

    private final Tracker tracker;
    private final HttpDesk http;
    private final UdpDesk udp;
    private final LimitHits limitHits = new LimitHits();

    /**
     * A tracker that knows nobody.
     *
     * @param leaves who has what, without having announced it
     * @param random from which samples are drawn; its next numbers are the key of connection ids, so strangers must not
     *     be able to tell them
     */
    public LeadersTracker(TrackerLimits limits, WireLimits wire, LeafSources leaves, RandomGenerator random) {
        ConnectionIds ids = new ConnectionIds(limits, random.nextLong(), random.nextLong());
        Askers askers = new Askers(limits, limitHits);
        this.tracker = new Tracker(limits, leaves, random, limitHits);
        this.http = new HttpDesk(limits, wire, tracker, askers);
        this.udp = new UdpDesk(limits, wire, tracker, askers, ids);
    }

    @Override
    public Bytes announce(String rawQuery, Endpoint from, long now) {
        return http.announce(rawQuery, from, now);
    }

    @Override
    public Bytes scrape(String rawQuery, Endpoint from, long now) {
        return http.scrape(rawQuery, from, now);
    }

    @Override
    public DatagramEngine.Verdict verdict(Bytes datagram, Endpoint from, long now) {
        return udp.verdict(datagram, from, now);
    }

    @Override
    public Optional<Bytes> datagram(Bytes datagram, Endpoint from, long now) {
        return udp.answer(datagram, from, now);
    }

    /** Which bounds acted so far; the same object all the time. */
    public LimitHits limitHits() {
        return limitHits;
    }

    /** Swarms that are remembered. */
    public int swarmCount() {
        return tracker.swarmCount();
    }

    /** Peers that are remembered, in all swarms together. */
    public int participantCount() {
        return tracker.participantCount();
    }
}
