package praline.lab.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import praline.node.NodeConfig;
import praline.node.NodeControl;
import praline.node.PeerVerticle;
import praline.node.Watchers;
import praline.node.overlay.Role;
import praline.node.overlay.RolePolicy;
import praline.node.retrieval.FoundSource;
import praline.node.transfer.TransferListener;
import praline.node.transfer.Wanted;
import praline.protocol.Sha1;
import praline.supernode.SupernodeVerticle;

/** A node that runs in this JVM, whatever its role, and the two ways in which it may end. */
public final class RunningNode {

    private final Vertx vertx;
    private final String deployment;
    private final NodeControl control;
    private final FetchDesk fetches;
    private final Runnable cut;

    private RunningNode(Vertx vertx, String deployment, NodeControl control, FetchDesk fetches, Runnable cut) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.control = control;
        this.fetches = fetches;
        this.cut = cut;
    }

    /** Starts a node; fails with a {@link praline.protocol.UserError} when its port or a folder cannot be had. */
    public static Future<RunningNode> start(Vertx vertx, NodeConfig config, Watchers watchers) {
        FetchDesk fetches = new FetchDesk(watchers.news());
        Watchers withFetches = new Watchers(fetches, watchers.observer(), watchers.swarms());
        if (config.role() == Role.SUPERNODE || config.policy() == RolePolicy.AUTO) {
            SupernodeVerticle leader = new SupernodeVerticle(config, withFetches);
            return vertx.deployVerticle(leader)
                    .map(id -> new RunningNode(vertx, id, leader.control(), fetches, leader::kill));
        }
        PeerVerticle peer = new PeerVerticle(config, null, withFetches);
        return vertx.deployVerticle(peer).map(id -> new RunningNode(vertx, id, peer.control(), fetches, peer::kill));
    }

    public NodeControl control() {
        return control;
    }

    /**
     * Begins to fetch a file; {@code asker} hears what becomes of it, on the node's event loop.
     *
     * @param sources who should have it, in the order of trust
     * @return empty when the download is under way; else why not, for the user
     */
    public Future<Optional<String>> fetch(Wanted wanted, List<FoundSource> sources, TransferListener asker) {
        fetches.add(wanted.sha1(), asker);
        return Future.fromCompletionStage(control.fetch(wanted, sources));
    }

    /** {@code asker} wants no more of this download, which ends unless somebody else asked for it; its bytes stay. */
    public void forget(Sha1 sha1, TransferListener asker) {
        if (fetches.remove(sha1, asker)) {
            control.stopFetching(sha1);
        }
    }

    /** Says Bye to everybody and ends. */
    public Future<Void> leave() {
        return vertx.undeploy(deployment);
    }

    /** Ends as a crash would, without a word to anybody. */
    public Future<Void> kill() {
        cut.run();
        return leave();
    }
}
