package praline.cli;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import praline.cli.control.FetchRun;
import praline.cli.control.GetLine;
import praline.cli.control.GetRequest;
import praline.cli.control.SearchLine;
import praline.cli.control.SearchRequest;
import praline.cli.control.SearchRun;
import praline.lab.cluster.RunningNode;
import praline.node.NodeConfig;
import praline.node.Watchers;
import praline.node.disk.Allocation;
import praline.node.disk.DiskChoices;
import praline.node.engine.Profile;
import praline.node.overlay.OverlayObserver;
import praline.node.overlay.Role;
import praline.protocol.AddressRules;
import praline.protocol.Endpoint;
import praline.protocol.UserError;

/**
 * A node of our own that joins a network to ask it something and leaves again, sharing nothing. It comes as a leaf; to
 * a flat network, which takes no leaves and says so, it comes back as a flat peer (spec/praline.md section 1).
 */
final class Visitor implements AutoCloseable {

    private static final int LEAVE_SECONDS = 5;
    private static final Endpoint LOOPBACK = Endpoint.ofIpv4(0x7F000001, 0);
    private static final Endpoint ANYWHERE = Endpoint.ofIpv4(0, 0);

    /** Nothing is left in the user's folder but what was fetched. */
    private static final DiskChoices FORGETFUL = new DiskChoices(Allocation.SPARSE, false);

    private final Vertx vertx;
    private final RunningNode node;

    private Visitor(Vertx vertx, RunningNode node) {
        this.vertx = vertx;
        this.node = node;
    }

    /**
     * Joins by any of {@code seeds}.
     *
     * @param downloads where fetched files go; null for one that fetches nothing
     * @throws UserError if none of the seeds takes us
     */
    static Visitor join(List<Endpoint> seeds, @Nullable Path downloads, Profile profile, Settings settings)
            throws InterruptedException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            RunningNode node = start(vertx, Role.LEAF, seeds, downloads, profile, settings);
            return new Visitor(vertx, node);
        } catch (FlatNetwork flat) {
            return joinFlat(vertx, seeds, downloads, profile, settings);
        } catch (UserError | InterruptedException e) {
            Waiting.forEnd(vertx.close(), LEAVE_SECONDS);
            throw e;
        }
    }

    /** Asks, and hands on what comes until the search has ended or {@code lines} wants no more. */
    void search(SearchRequest request, Predicate<SearchLine> lines) throws InterruptedException {
        BlockingQueue<SearchLine> come = new LinkedBlockingQueue<>();
        SearchRun run = SearchRun.begin(vertx, node.control(), request, come::add);
        for (boolean goesOn = true; goesOn; ) {
            goesOn = lines.test(come.take());
        }
        run.stop();
    }

    /** Fetches, and hands on what comes until it is done or has failed. */
    void get(GetRequest request, Predicate<GetLine> lines) throws InterruptedException {
        BlockingQueue<GetLine> come = new LinkedBlockingQueue<>();
        FetchRun run = FetchRun.begin(vertx, node, request, come::add);
        for (boolean goesOn = true; goesOn; ) {
            goesOn = lines.test(come.take());
        }
        run.stop();
    }

    @Override
    public void close() {
        try {
            // One after the other: what waits on an event loop that is closed is never told.
            Waiting.forEnd(node.leave(), LEAVE_SECONDS);
            Waiting.forEnd(vertx.close(), LEAVE_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Visitor joinFlat(
            Vertx vertx, List<Endpoint> seeds, @Nullable Path downloads, Profile profile, Settings settings)
            throws InterruptedException {
        try {
            return new Visitor(vertx, start(vertx, Role.FLAT, seeds, downloads, profile, settings));
        } catch (FlatNetwork | UserError | InterruptedException e) {
            Waiting.forEnd(vertx.close(), LEAVE_SECONDS);
            throw e;
        }
    }

    private static RunningNode start(
            Vertx vertx, Role role, List<Endpoint> seeds, @Nullable Path downloads, Profile profile, Settings settings)
            throws InterruptedException {
        SeedWatch watch = new SeedWatch(seeds);
        NodeConfig config = config(role, seeds, downloads, profile, settings);
        RunningNode node = Waiting.on(RunningNode.start(vertx, config, new Watchers(watch, OverlayObserver.NONE)));
        try {
            watch.awaitJoin();
            return node;
        } catch (FlatNetwork | UserError | InterruptedException e) {
            Waiting.forEnd(node.leave(), LEAVE_SECONDS);
            throw e;
        }
    }

    private static NodeConfig config(
            Role role, List<Endpoint> seeds, @Nullable Path downloads, Profile profile, Settings settings) {
        Endpoint listen = seeds.stream().allMatch(AddressRules::isLoopback) ? LOOPBACK : ANYWHERE;
        NodeConfig.Builder config = NodeConfig.builder(role, listen)
                .seeds(seeds)
                .profile(profile)
                .linksWanted(role == Role.LEAF ? 1 : 0)
                .limits(settings.limits(NodeLimits.specs()));
        if (downloads != null) {
            config.downloads(downloads).disk(FORGETFUL);
        }
        return config.build();
    }
}
