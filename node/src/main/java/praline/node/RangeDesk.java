package praline.node;

import org.jspecify.annotations.Nullable;
import praline.node.engine.Block;
import praline.node.swarm.RangeSources;
import praline.node.swarm.SwarmEngine;
import praline.node.transfer.RangeTaker;
import praline.node.transfer.TransferEngine;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;

/** Stands between the swarm, which wants ranges of files, and the transfer, which asks servents for them. */
final class RangeDesk implements RangeSources, RangeTaker {

    private @Nullable TransferEngine transfer;
    private @Nullable SwarmEngine swarm;

    void attach(TransferEngine asked, SwarmEngine asking) {
        transfer = asked;
        swarm = asking;
    }

    @Override
    public long ask(Endpoint source, Sha1 content, long offset, int length) {
        return known(transfer).askRange(source, content, offset, length);
    }

    @Override
    public void cancel(long ticket) {
        known(transfer).cancelRange(ticket);
    }

    @Override
    public void onRangeBlock(long ticket, Block block) {
        known(swarm).onRangeBlock(ticket, block);
    }

    @Override
    public void onRangeEnd(long ticket, long retryMillis) {
        known(swarm).onRangeEnd(ticket, retryMillis);
    }

    private static <T> T known(@Nullable T engine) {
        if (engine == null) {
            throw new IllegalStateException("the node is not complete yet");
        }
        return engine;
    }
}
