package praline.supernode.tracker;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import praline.node.engine.LimitHits;
import praline.node.overlay.LeafSources;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.AnnounceReply;
import praline.protocol.bittorrent.AnnounceRequest;
import praline.protocol.bittorrent.ScrapeCounts;
import praline.protocol.text.RemoteText;

/**
 * Knows the peers of swarms: those who announce themselves, for as long as they do, and the leaves that have published
 * the content. Anybody may begin a swarm. The rules are those of spec/bittorrent.md section 8.3, the bounds those of
 * spec/hardening.md I8; time comes from the caller and never goes back.
 *
 * <p>Nothing has to be woken to forget. Swarms stand in the order of their last announcement, and so do the
 * participants of each: what has expired stands in front, and goes when somebody comes by.
 */
final class Tracker {

    private static final long MILLIS = 1_000;

    private final TrackerLimits limits;
    private final LeafSources leaves;
    private final RandomGenerator random;
    private final LimitHits hits;
    private final Map<Sha1, Swarm> swarms = new LinkedHashMap<>(4);
    private int participantCount;

    /**
     * What an announcement is answered with.
     *
     * @param reply the counts with the asker, the peers without
     * @param completed how often somebody has got everything
     */
    record Outcome(AnnounceReply reply, int completed) {}

    Tracker(TrackerLimits limits, LeafSources leaves, RandomGenerator random, LimitHits hits) {
        this.limits = limits;
        this.leaves = leaves;
        this.random = random;
        this.hits = hits;
    }

    /**
     * Takes note of a peer and tells it of others, a uniformly random sample of those that it can reach: an asker of
     * IPv4 hears of IPv4, one of IPv6 of IPv6 (BEP 7).
     *
     * @param from where the announcement came from; what it says about its own address does not count
     * @param namedMax how many peers the answer has room for
     */
    Outcome announce(AnnounceRequest request, Endpoint from, int namedMax, long now) {
        Endpoint self = from.withPort(request.port());
        forgetSilentSwarms(now);
        Swarm swarm = current(request.infohash(), now);
        boolean isStopping = request.event() == AnnounceRequest.Event.STOPPED;
        if (swarm.size() > 0 || !isStopping) {
            takeIn(request, self, swarm, now);
        }
        Members members = members(request.infohash(), swarm);
        int wanted = isStopping ? 0 : Math.min(wanted(request), namedMax);
        AnnounceReply reply = new AnnounceReply(
                limits.intervalSeconds(),
                limits.minIntervalSeconds(),
                members.seeds(),
                members.leechers(),
                members.sample(self, wanted, random),
                RemoteText.EMPTY);
        return new Outcome(reply, swarm.completed());
    }

    /** How the swarm stands; one that nobody knows has nobody. */
    ScrapeCounts scrape(Sha1 infohash, long now) {
        Swarm swarm = current(infohash, now);
        Members members = members(infohash, swarm);
        return new ScrapeCounts(members.seeds(), swarm.completed(), members.leechers());
    }

    int swarmCount() {
        return swarms.size();
    }

    /** Of all swarms; whoever is in two of them counts twice. */
    int participantCount() {
        return participantCount;
    }

    private void takeIn(AnnounceRequest request, Endpoint self, Swarm swarm, long now) {
        swarms.remove(request.infohash());
        swarms.put(request.infohash(), swarm);
        int before = swarm.size();
        swarm.onAnnounce(request, self, now);
        if (swarm.countAt(self) > limits.peersPerAddress()) {
            hits.hit("limits.tracking.peersPerAddress");
            swarm.removeEldestAt(self);
        }
        if (swarm.size() > limits.peers()) {
            hits.hit("limits.tracking.peers");
            swarm.removeEldest();
        }
        participantCount += swarm.size() - before;
        forgetSurplus();
    }

    /** The swarm as it is, or one without anybody that is not kept yet. */
    private Swarm current(Sha1 infohash, long now) {
        Swarm swarm = swarms.get(infohash);
        if (swarm == null) {
            return new Swarm();
        }
        int before = swarm.size();
        swarm.forgetSilent(deadline(now));
        participantCount += swarm.size() - before;
        return swarm;
    }

    private void forgetSilentSwarms(long now) {
        Iterator<Swarm> eldestFirst = swarms.values().iterator();
        while (eldestFirst.hasNext()) {
            Swarm swarm = eldestFirst.next();
            if (swarm.announcedAt() > deadline(now)) {
                return;
            }
            participantCount -= swarm.size();
            eldestFirst.remove();
        }
    }

    /** One more than there may be has come, and stands at the end. */
    private void forgetSurplus() {
        if (swarms.size() > limits.swarms()) {
            hits.hit("limits.tracking.swarms");
            Iterator<Swarm> eldestFirst = swarms.values().iterator();
            participantCount -= eldestFirst.next().size();
            eldestFirst.remove();
        }
        while (participantCount > limits.peersOfAll()) {
            hits.hit("limits.tracking.peersOfAll");
            Iterator<Swarm> eldestFirst = swarms.values().iterator();
            Swarm eldest = eldestFirst.next();
            if (eldest.size() > 0) {
                eldest.removeEldest();
                participantCount--;
            } else {
                eldestFirst.remove();
            }
        }
    }

    private long deadline(long now) {
        return now - limits.expirySeconds() * MILLIS;
    }

    private Members members(Sha1 infohash, Swarm swarm) {
        return new Members(swarm, leaves.holders(infohash, limits.peers()));
    }

    private int wanted(AnnounceRequest request) {
        int wanted = request.wanted() < 0 ? limits.namedUnasked() : request.wanted();
        return Math.min(wanted, limits.named());
    }
}
