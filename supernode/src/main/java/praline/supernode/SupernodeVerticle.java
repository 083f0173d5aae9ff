package praline.supernode;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import praline.node.NodeConfig;
import praline.node.NodeControl;
import praline.node.PeerVerticle;
import praline.node.Watchers;

/** A node that leads: the verticle of a peer, given an index for the files of its leaves and a tracker. */
public final class SupernodeVerticle extends VerticleBase {

    private final PeerVerticle peer;

    /** A supernode that nobody watches. */
    public SupernodeVerticle(NodeConfig config) {
        this(config, Watchers.NONE);
    }

    public SupernodeVerticle(NodeConfig config, Watchers watchers) {
        this.peer = new PeerVerticle(config, new LeadersParts(config), watchers);
    }

    /** The running node; only once the verticle is deployed. */
    public NodeControl control() {
        return peer.control();
    }

    /** Ends without a word; see {@link PeerVerticle#kill}. */
    public void kill() {
        peer.kill();
    }

    @Override
    public void init(Vertx newVertx, Context newContext) {
        super.init(newVertx, newContext);
        peer.init(newVertx, newContext);
    }

    @Override
    public Future<?> start() {
        return peer.start();
    }

    @Override
    public Future<?> stop() {
        return peer.stop();
    }
}
