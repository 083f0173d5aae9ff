package praline.supernode.tracker;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import praline.node.overlay.LeafSources;
import praline.protocol.Endpoint;

/**
 * Everybody in a swarm at one moment: who has announced, and the leaves that have published the content and did not.
 */
final class Members {

    private final List<Endpoint> endpoints = new ArrayList<>();
    private int seeds;

    Members(Swarm swarm, ImmutableList<LeafSources.Source> leaves) {
        for (Participant participant : swarm.participants()) {
            add(participant.endpoint(), participant.isSeed());
        }
        for (LeafSources.Source leaf : leaves) {
            if (!swarm.has(leaf.endpoint())) {
                add(leaf.endpoint(), !leaf.isPartial());
            }
        }
    }

    private void add(Endpoint endpoint, boolean isSeed) {
        endpoints.add(endpoint);
        seeds += isSeed ? 1 : 0;
    }

    /** Those who have everything. */
    int seeds() {
        return seeds;
    }

    /** The others. */
    int leechers() {
        return endpoints.size() - seeds;
    }

    /**
     * At most {@code count} of those that {@code asker} can reach and is not itself, every choice being as likely as
     * every other: the first steps of a shuffle (Fisher and Yates).
     */
    ImmutableList<Endpoint> sample(Endpoint asker, int count, RandomGenerator random) {
        List<Endpoint> others = new ArrayList<>(endpoints);
        others.removeIf(one -> one.equals(asker) || one.isIpv4() != asker.isIpv4());
        int size = Math.min(count, others.size());
        for (int i = 0; i < size; i++) {
            int chosen = i + random.nextInt(others.size() - i);
            Endpoint moved = others.get(i);
            others.set(i, others.get(chosen));
            others.set(chosen, moved);
        }
        return ImmutableList.copyOf(others.subList(0, size));
    }
}
