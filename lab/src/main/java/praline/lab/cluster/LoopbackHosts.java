package praline.lab.cluster;

import com.google.common.collect.ImmutableMap;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Host;
import praline.node.engine.Profile;
import praline.node.net.HostConfig;
import praline.node.net.NetLimits;
import praline.node.net.NodeDisk;
import praline.node.net.TcpHost;
import praline.node.overlay.OverlayEngine;
import praline.protocol.Endpoint;
import praline.protocol.SplitMix64;
import praline.protocol.UserError;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.Message;

/**
 * Hosts on real TCP for experiments that bring their own engines: no state, a free port of 127.0.0.1 for each. Every
 * host is a verticle with an event loop to run on. The methods are for one thread that is none of these loops, and wait
 * until they are done.
 */
public final class LoopbackHosts implements AutoCloseable {

    private static final int LOOPBACK = 0x7F00_0001;
    /** The purpose of the stream that hosts' own seeds come from (spec/experiments.md section 0). */
    private static final int ALGORITHM_STREAM = 4;

    private static final long PATIENCE_SECONDS = 60;

    private final Vertx vertx = Vertx.vertx();
    private final List<HostVerticle> hosts = new ArrayList<>();
    private final Map<String, Long> limitHits = new LinkedHashMap<>();

    private LoopbackHosts() {}

    /**
     * Has {@code count} hosts listen.
     *
     * @param linkCount links that there are going to be between them
     * @throws UserError if a process here may not open as many sockets
     */
    public static LoopbackHosts open(int count, int linkCount, long seed) {
        return open(count, linkCount, seed, number -> NodeDisk.NONE);
    }

    /**
     * The same with a disk for each host.
     *
     * @throws UserError if a process here may not open as many sockets
     */
    public static LoopbackHosts open(int count, int linkCount, long seed, IntFunction<NodeDisk> disks) {
        FileDescriptors.check(count, linkCount);
        LoopbackHosts opened = new LoopbackHosts();
        SplitMix64 seeds = SplitMix64.stream(seed, ALGORITHM_STREAM);
        try {
            for (int number = 0; number < count; number++) {
                opened.hosts.add(new HostVerticle(seeds.nextLong(), disks.apply(number)));
            }
            List<Future<String>> deployed =
                    opened.hosts.stream().map(opened.vertx::deployVerticle).toList();
            await(Future.all(deployed));
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    /** Where a host listens; {@code number} counts from 0. */
    public Endpoint endpoint(int number) {
        return hosts.get(number).host().listening();
    }

    /** Gives a host its engine. */
    public void install(int number, Function<Host<Message>, OverlayEngine> making) {
        TcpHost host = hosts.get(number).host();
        ask(number, () -> {
            host.overlay().install(making.apply(host.overlay()));
            return number;
        });
    }

    /** What {@code question} finds out on the event loop of a host that lives. */
    public <T> T ask(int number, Supplier<T> question) {
        return askHost(number, host -> question.get());
    }

    /** What {@code question} finds out about a host that lives, on its event loop. */
    public <T> T askHost(int number, Function<TcpHost, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        TcpHost host = hosts.get(number).host();
        host.run(() -> {
            try {
                answer.complete(question.apply(host));
            } catch (RuntimeException | AssertionError e) {
                answer.completeExceptionally(e);
            }
        });
        return await(answer);
    }

    /** Ends a host as a killed process ends: its connections break, it says nothing. */
    public void kill(int number) {
        HostVerticle victim = hosts.get(number);
        addLimitHits(number);
        victim.isDead = true;
        victim.host().cut();
    }

    /** How often each limit of the hosts acted, by key; to be asked for once, at the end. */
    public ImmutableMap<String, Long> limitHits() {
        for (int number = 0; number < hosts.size(); number++) {
            if (!hosts.get(number).isDead) {
                addLimitHits(number);
            }
        }
        return ImmutableMap.copyOf(limitHits);
    }

    /** Ends all hosts, so that nobody dials any more, and then their event loops. */
    @Override
    public void close() {
        List<Future<Void>> ended = new ArrayList<>();
        for (HostVerticle verticle : hosts) {
            if (verticle.host != null) {
                verticle.host.cut();
                ended.add(verticle.host.close());
            }
        }
        await(Future.join(ended).transform(all -> vertx.close()));
    }

    private void addLimitHits(int number) {
        TcpHost host = hosts.get(number).host();
        ask(number, host::status).limitHits().forEach((key, count) -> limitHits.merge(key, count, Long::sum));
    }

    private static <T> T await(Future<T> future) {
        return await(future.toCompletionStage().toCompletableFuture());
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while hosts were at work", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("a host was not done after " + PATIENCE_SECONDS + " s", e);
        }
    }

    /** One host on an event loop. */
    private static final class HostVerticle extends VerticleBase {
        private final long seed;
        private final NodeDisk disk;
        private @Nullable TcpHost host;
        /** Known to the experiment's thread alone. */
        private boolean isDead;

        HostVerticle(long seed, NodeDisk disk) {
            this.seed = seed;
            this.disk = disk;
        }

        @Override
        public Future<?> start() {
            HostConfig config = new HostConfig(
                    Endpoint.ofIpv4(LOOPBACK, 0), Profile.EXPERIMENT, NetLimits.STANDARD, WireLimits.STANDARD, seed);
            TcpHost listening = new TcpHost(vertx, config, disk);
            host = listening;
            return listening.listen();
        }

        TcpHost host() {
            if (host == null) {
                throw new IllegalStateException("this host has not started");
            }
            return host;
        }
    }
}
