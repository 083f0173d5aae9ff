package praline.node;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import praline.node.net.TcpHost;

/**
 * A node as a verticle: deployed it listens, joins and shares; undeployed it leaves with a Bye.
 *
 * <pre>{@code
 * PeerVerticle peer = new PeerVerticle(NodeConfig.builder(Role.LEAF, listen).seeds(seeds).build());
 * vertx.deployVerticle(peer).onSuccess(id -> peer.control().search(search, listener));
 * }</pre>
 *
 * <p>Deployment fails with a {@link praline.protocol.UserError} when the port is taken or a folder cannot be used.
 */
public final class PeerVerticle extends VerticleBase {

    /** How often it is asked whether to look through the share folders. */
    private static final long WATCH_MILLIS = 1_000;

    /** What a crash loses of the known hosts is not worth more. */
    private static final long KEEP_HOSTS_MILLIS = 300_000;

    private static final String HASHER = "praline-hasher";
    /** Hashing a whole disk takes long, and that is no reason for a warning. */
    private static final int PATIENCE_DAYS = 1;

    private final NodeConfig config;
    private final @Nullable Leadership leadership;
    private final Watchers watchers;
    private @Nullable WorkerExecutor hasher;
    private @Nullable Storage storage;
    private @Nullable TcpHost host;
    private @Nullable PeerNode node;

    /** A peer or leaf that nobody watches. */
    public PeerVerticle(NodeConfig config) {
        this(config, null, Watchers.NONE);
    }

    /** {@code leadership} is null for a node that leads nobody. */
    public PeerVerticle(NodeConfig config, @Nullable Leadership leadership, Watchers watchers) {
        this.config = config;
        this.leadership = leadership;
        this.watchers = watchers;
    }

    /** The running node; only once the verticle is deployed. */
    public NodeControl control() {
        if (node == null) {
            throw new IllegalStateException("the node on " + config.listen() + " has not started");
        }
        return node.control();
    }

    @Override
    public Future<?> start() {
        return vertx.executeBlocking(() -> Storage.open(config)).compose(this::listen);
    }

    @Override
    public Future<?> stop() {
        PeerNode leaving = node;
        TcpHost ending = host;
        if (leaving == null || ending == null) {
            return Future.succeededFuture();
        }
        leaving.leave();
        return ending.close().eventually(this::closeStorage);
    }

    /**
     * Ends without a word, as a node that crashes looks from outside: links break off, nobody gets a Bye. Undeploy it
     * afterwards as usual.
     */
    public void kill() {
        if (host != null) {
            host.cut();
        }
    }

    private Future<?> listen(Storage opened) {
        storage = opened;
        TcpHost listening = new TcpHost(vertx, config.host(), opened);
        host = listening;
        return listening
                .listen()
                .onSuccess(self -> begin(listening, opened))
                .recover(why -> closeStorage().transform(closed -> Future.failedFuture(why)));
    }

    private void begin(TcpHost listening, Storage opened) {
        PeerNode begun = new PeerNode(config, listening, opened, leadership, watchers, this::scan, this::work);
        node = begun;
        begun.begin();
        vertx.setPeriodic(KEEP_HOSTS_MILLIS, again -> begun.keepHosts());
        if (!config.shares().isEmpty()) {
            hasher = vertx.createSharedWorkerExecutor(HASHER, 1, PATIENCE_DAYS, TimeUnit.DAYS);
            scan();
            vertx.setPeriodic(WATCH_MILLIS, again -> {
                if (begun.sharing().isScanDue()) {
                    scan();
                }
            });
        }
    }

    /** Has another thread do something slow. */
    private void work(Runnable task) {
        vertx.executeBlocking(
                () -> {
                    task.run();
                    return task;
                },
                false);
    }

    /** Has the hasher look through the share folders, unless it is at it. */
    private void scan() {
        if (hasher == null || node == null) {
            return;
        }
        Sharing sharing = node.sharing();
        if (sharing.beginScan()) {
            hasher.executeBlocking(() -> {
                sharing.scan();
                return sharing;
            });
        }
    }

    private Future<?> closeStorage() {
        WorkerExecutor scanning = hasher;
        Storage open = storage;
        Future<?> scanned = scanning == null ? Future.succeededFuture() : scanning.close();
        return open == null
                ? scanned
                : scanned.eventually(() -> vertx.executeBlocking(() -> {
                    if (node != null && !node.lastHosts().isEmpty()) {
                        open.keepHosts(node.lastHosts());
                    }
                    open.close();
                    return open;
                }));
    }
}
