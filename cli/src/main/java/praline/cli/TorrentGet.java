package praline.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import praline.lab.cluster.RunningNode;
import praline.node.NodeConfig;
import praline.node.NodeListener;
import praline.node.Watchers;
import praline.node.engine.Profile;
import praline.node.overlay.OverlayObserver;
import praline.node.overlay.Role;
import praline.node.swarm.SwarmConfig;
import praline.node.swarm.TorrentOrder;
import praline.node.swarm.TorrentStatus;
import praline.protocol.UserError;
import praline.protocol.bittorrent.TorrentInfo;

/**
 * One torrent, fetched and given by a node of our own that belongs to no overlay. What an earlier run left in the
 * folder is taken up; what is left of this one stays for the next.
 */
final class TorrentGet {

    /** Programs are told no oftener than twice a second how it stands. */
    private static final long TICK_MILLIS = 500;

    private static final String CLOSE_MILLIS = "limits.net.closeMillis";
    /** For trackers and peers to hear that we leave; the user waits. */
    private static final long PATIENCE_MILLIS = 3_000;

    private final TorrentOrder order;
    private final SwarmPlace place;
    private final Path folder;
    private final SwarmOptions options;
    private final Settings settings;
    private final TorrentScreen screen;
    private final TorrentWatch watch = new TorrentWatch();

    private boolean isReady;
    private boolean isDone;
    private long doneAt;
    private long uploaded;
    private long size;

    TorrentGet(
            TorrentOrder order,
            @Nullable Profile profile,
            Path folder,
            SwarmOptions options,
            Settings settings,
            Output output) {
        this.order = order;
        this.place = SwarmPlace.of(options.listen(), profile, order);
        this.folder = folder;
        this.options = options;
        this.settings = settings;
        this.screen = new TorrentScreen(output);
    }

    /** Takes part until all is had and given, and returns the exit code. */
    int run() throws InterruptedException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try (UntilStopped running = new UntilStopped()) {
            running.signalMeans(ExitCode.INTERRUPTED);
            running.atEnd(this::tidy);
            running.atEnd(vertx::close);
            Watchers watchers = new Watchers(NodeListener.NONE, OverlayObserver.NONE, watch);
            RunningNode node = Waiting.on(RunningNode.start(vertx, config(), watchers));
            running.atEnd(node::leave);
            Thread follower = Thread.currentThread();
            running.atEnd(() -> callBack(follower));
            begin(node);
            follow(node, running);
            return ExitCode.OK;
        }
    }

    private NodeConfig config() {
        Map<String, Long> limits = new LinkedHashMap<>();
        limits.put(CLOSE_MILLIS, PATIENCE_MILLIS);
        limits.putAll(settings.limits(NodeLimits.specs()));
        return NodeConfig.builder(Role.LEAF, place.listen())
                .profile(place.profile())
                .linksWanted(0)
                .downloads(folder)
                .disk(options.disk())
                .swarm(options.applyTo(SwarmConfig.standard(place.listen(), place.profile())))
                .limits(ImmutableMap.copyOf(limits))
                .build();
    }

    /**
     * What the folder holds can be verified once it is known what belongs there; of a magnet link, that is only when a
     * peer has told it. With a gun nobody is called before it is fired.
     */
    private void begin(RunningNode node) throws InterruptedException {
        watch.listensAt(node.control().endpoint().toString());
        TorrentInfo info = order.info();
        if (info == null) {
            watch.ready();
        } else {
            screen.show(TorrentWatch.metadata(info));
        }
        if (!options.hasGun()) {
            start(node, order);
        } else if (info != null) {
            start(node, TorrentOrder.of(info, ImmutableList.of()));
        }
    }

    private void start(RunningNode node, TorrentOrder what) throws InterruptedException {
        Optional<String> refused =
                Waiting.on(Future.fromCompletionStage(node.control().startTorrent(what)));
        if (refused.isPresent()) {
            throw failed(refused.get());
        }
    }

    private void follow(RunningNode node, UntilStopped running) throws InterruptedException {
        long tickAt = System.nanoTime();
        while (!isDone || !options.stay().isOver(secondsStayed(), uploaded, size)) {
            TorrentNews news = watch.next(TimeUnit.NANOSECONDS.toMillis(tickAt - System.nanoTime()));
            if (news != null) {
                take(news, node, running);
            } else {
                tick(node);
                tickAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
            }
        }
    }

    private double secondsStayed() {
        return (System.nanoTime() - doneAt) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private void take(TorrentNews news, RunningNode node, UntilStopped running) throws InterruptedException {
        if (news instanceof TorrentNews.Ready) {
            if (!isReady) {
                isReady = true;
                screen.show(news);
                fireIfArmed(node);
            }
            return;
        }
        screen.show(news);
        if (news instanceof TorrentNews.Done) {
            isDone = true;
            doneAt = System.nanoTime();
            running.signalMeans(ExitCode.OK);
        } else if (news instanceof TorrentNews.Failed failure) {
            throw failed(failure.text());
        }
    }

    private void fireIfArmed(RunningNode node) throws InterruptedException {
        if (options.hasGun()) {
            screen.show(new TorrentNews.Armed());
            awaitLine();
            start(node, order);
        }
    }

    private void tick(RunningNode node) throws InterruptedException {
        TorrentNews.Checking checking = watch.checking();
        if (checking != null) {
            screen.show(checking);
        }
        for (TorrentStatus status :
                Waiting.on(Future.fromCompletionStage(node.control().torrents()))) {
            if (status.infohash().equals(order.infohash())) {
                uploaded = status.uploaded();
                size = status.info() == null ? 0 : status.info().size();
                if (status.phase() != TorrentStatus.Phase.CHECKING) {
                    screen.show(progress(status));
                }
            }
        }
    }

    private static TorrentNews.Progress progress(TorrentStatus status) {
        TorrentInfo info = status.info();
        long missing = info == null ? 0 : info.size() - status.bytesHad();
        return new TorrentNews.Progress(
                LowerCase.name(status.phase()),
                info == null ? null : info.size(),
                status.bytesHad(),
                info == null ? null : info.pieceCount(),
                status.piecesHad(),
                status.downRate(),
                status.upRate(),
                status.downloaded(),
                status.wasted(),
                status.uploaded(),
                status.peers().size(),
                status.known(),
                missing > 0 && status.downRate() > 0 ? missing / status.downRate() : null);
    }

    /** The thread that reads dies with the program: nobody can call it back from a read. */
    private void awaitLine() throws InterruptedException {
        CompletableFuture<Boolean> fired = new CompletableFuture<>();
        Thread reader = new Thread(() -> fired.complete(hasLine()), "praline-gun");
        reader.setDaemon(true);
        reader.start();
        if (!Waiting.on(Future.fromCompletionStage(fired))) {
            throw failed("standard input ended before the line that starts it");
        }
    }

    private static boolean hasLine() {
        try {
            int read = System.in.read();
            while (read >= 0 && read != '\n') {
                read = System.in.read();
            }
            return read >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** When a signal ends it: nobody is to ask a node that leaves how it stands. */
    private static Future<?> callBack(Thread follower) {
        if (Thread.currentThread() != follower) {
            follower.interrupt();
        }
        return Future.succeededFuture();
    }

    private Future<?> tidy() {
        LocalCopy.tidy(folder);
        return Future.succeededFuture();
    }

    private UserError failed(String why) {
        return new UserError(
                UserError.Kind.FAILED, why, "urn:btih:" + order.infohash().hex());
    }
}
