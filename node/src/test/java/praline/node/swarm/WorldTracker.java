package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import praline.node.engine.JobResult;
import praline.node.engine.JobResult.Problem;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.AnnounceReply;
import praline.protocol.bittorrent.AnnounceRequest;
import praline.protocol.bittorrent.AnnounceRequest.Event;
import praline.protocol.text.RemoteText;

/** A tracker of the {@link SwarmWorld}, that works, hangs, refuses or lies. */
final class WorldTracker {

    private static final int ANSWER_MILLIS = 20;
    /** After which a host gives up. */
    private static final int HOST_TIMEOUT_MILLIS = 30_000;

    private final Map<Sha1, Map<Endpoint, Long>> swarms = new LinkedHashMap<>();

    /** Who said what, in order. */
    final List<AnnounceRequest> announces = new ArrayList<>();

    boolean isHanging;
    boolean isRefusing;
    int intervalSeconds = 60;

    /** Peers that it names besides those that it knows. */
    ImmutableList<Endpoint> lies = ImmutableList.of();

    int answerMillis() {
        return isHanging ? HOST_TIMEOUT_MILLIS : ANSWER_MILLIS;
    }

    /** What the host hears of {@code tracker}; null: there is none at this address. */
    static JobResult answer(@Nullable WorldTracker tracker, Endpoint from, AnnounceRequest request) {
        if (tracker == null || tracker.isHanging || tracker.isRefusing) {
            return new JobResult.Failed(Problem.TRACKER, tracker == null ? "no such tracker" : "no answer");
        }
        return new JobResult.Announced(tracker.reply(from.withPort(request.port()), request));
    }

    /** How many of the announces said {@code event}. */
    long count(Event event) {
        return announces.stream().filter(request -> request.event() == event).count();
    }

    private AnnounceReply reply(Endpoint from, AnnounceRequest request) {
        announces.add(request);
        Map<Endpoint, Long> swarm = swarms.computeIfAbsent(request.infohash(), infohash -> new LinkedHashMap<>());
        if (request.event() == Event.STOPPED) {
            swarm.remove(from);
        } else {
            swarm.put(from, request.left());
        }
        ImmutableList.Builder<Endpoint> peers =
                ImmutableList.<Endpoint>builder().addAll(lies);
        swarm.keySet().stream().filter(peer -> !peer.equals(from)).forEach(peers::add);
        int seeds = (int) swarm.values().stream().filter(left -> left == 0).count();
        return new AnnounceReply(intervalSeconds, 0, seeds, swarm.size() - seeds, peers.build(), RemoteText.EMPTY);
    }
}
