package praline.lab.sim;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.SplitMix64;
import praline.protocol.bittorrent.AnnounceReply;
import praline.protocol.bittorrent.AnnounceRequest;
import praline.protocol.text.RemoteText;

/** A tracker that all nodes of a simulation reach: whoever announces hears of those who announced before. */
public final class ModelTracker {

    /** The address to write into orders; it is never looked at. */
    public static final String URL = "http://tracker.example/announce";

    private static final int INTERVAL_SECONDS = 1_800;
    /** As many as BEP 3's client asks for when it does not say. */
    private static final int PEERS_USUAL = 50;

    private static final int PEERS_MAX = 200;

    private final int answerMillis;
    private final SplitMix64 random;
    private final Map<Sha1, Map<Endpoint, Boolean>> swarms = new LinkedHashMap<>();

    /**
     * A tracker that nobody has announced to.
     *
     * @param answerMillis from asking to the answer, 1 or more
     * @param random whom an answer names when there are more peers than it has room for
     */
    public ModelTracker(int answerMillis, SplitMix64 random) {
        Preconditions.checkArgument(answerMillis >= 1, "answers after %s ms", answerMillis);
        this.answerMillis = answerMillis;
        this.random = random;
    }

    int answerMillis() {
        return answerMillis;
    }

    AnnounceReply announce(Endpoint self, AnnounceRequest request) {
        Map<Endpoint, Boolean> swarm = swarms.computeIfAbsent(request.infohash(), key -> new LinkedHashMap<>());
        swarm.remove(self);
        ImmutableList<Endpoint> peers = some(swarm.keySet(), request.wanted());
        if (request.event() != AnnounceRequest.Event.STOPPED) {
            swarm.put(self, request.left() == 0);
        }
        int seeds = (int) swarm.values().stream().filter(isSeed -> isSeed).count();
        return new AnnounceReply(INTERVAL_SECONDS, 0, seeds, swarm.size() - seeds, peers, RemoteText.of(""));
    }

    private ImmutableList<Endpoint> some(Iterable<Endpoint> all, int wanted) {
        List<Endpoint> left = new ArrayList<>();
        all.forEach(left::add);
        int count = Math.min(left.size(), wanted < 0 ? PEERS_USUAL : Math.min(wanted, PEERS_MAX));
        for (int i = 0; i < count; i++) {
            int chosen = i + random.below(left.size() - i);
            Endpoint peer = left.set(chosen, left.get(i));
            left.set(i, peer);
        }
        return ImmutableList.copyOf(left.subList(0, count));
    }
}
