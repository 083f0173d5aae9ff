package praline.supernode;

import java.security.SecureRandom;
import praline.node.Leadership;
import praline.node.NodeConfig;
import praline.node.Tracking;
import praline.node.overlay.LeafIndex;
import praline.node.overlay.LeafSources;
import praline.supernode.index.IndexLimits;
import praline.supernode.index.KeywordIndex;
import praline.supernode.index.LazyIndex;
import praline.supernode.tracker.LeadersTracker;
import praline.supernode.tracker.TrackerLimits;

/** What a supernode adds to a peer: the keyword index of its leaves, and the tracker. */
final class LeadersParts implements Leadership {

    private final NodeConfig config;
    private final LeafIndex index;
    private final TrackerLimits trackerLimits;

    LeadersParts(NodeConfig config) {
        this.config = config;
        this.index = new LazyIndex(
                () -> new KeywordIndex(IndexLimits.of(config.profile()), config.wireLimits(), config.seed()));
        this.trackerLimits = TrackerLimits.of(config.profile(), config.limits());
    }

    @Override
    public LeafIndex index() {
        return index;
    }

    /** Its chance is not the node's: connection ids must stay a secret even to those who know the node's GUIDs. */
    @Override
    public Tracking tracker(LeafSources leaves) {
        return new LeadersTracker(trackerLimits, config.wireLimits(), leaves, new SecureRandom());
    }
}
