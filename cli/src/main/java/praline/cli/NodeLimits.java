package praline.cli;

import com.google.common.collect.ImmutableList;
import praline.node.library.LibraryLimits;
import praline.node.net.NetLimits;
import praline.node.overlay.OverlayLimits;
import praline.node.overlay.TierLimits;
import praline.node.retrieval.RetrievalLimits;
import praline.node.swarm.SwarmLimits;
import praline.node.transfer.TransferLimits;
import praline.protocol.LimitSpec;
import praline.protocol.WireLimits;
import praline.supernode.index.IndexLimits;
import praline.supernode.tracker.TrackerLimits;

/** All records of limits that a node is made of, in one table. */
final class NodeLimits {

    private NodeLimits() {}

    static ImmutableList<LimitSpec> specs() {
        return ImmutableList.<LimitSpec>builder()
                .addAll(WireLimits.specs())
                .addAll(OverlayLimits.specs())
                .addAll(TierLimits.specs())
                .addAll(NetLimits.specs())
                .addAll(LibraryLimits.specs())
                .addAll(RetrievalLimits.specs())
                .addAll(TransferLimits.specs())
                .addAll(SwarmLimits.specs())
                .addAll(IndexLimits.specs())
                .addAll(TrackerLimits.specs())
                .build();
    }
}
