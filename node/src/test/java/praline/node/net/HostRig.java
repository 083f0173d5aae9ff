package praline.node.net;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.LinkPurpose;
import praline.node.engine.Profile;
import praline.node.transfer.SharedFile;
import praline.protocol.Endpoint;
import praline.protocol.Limits;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;

/** Starts hosts with a {@link NotingEngine} each, on free ports of loopback, and ends them all. */
final class HostRig implements AutoCloseable {

    static final Endpoint ANYWHERE = Endpoint.ofIpv4(0x7F000001, 0);

    private static final int SEED = 7;
    private static final int PATIENCE_SECONDS = 20;
    /** An event loop that is busy for longer than this has been blocked. */
    private static final int BLOCKED_SECONDS = 2;

    final Vertx vertx = Vertx.vertx(
            new VertxOptions().setMaxEventLoopExecuteTime(BLOCKED_SECONDS).setMaxEventLoopExecuteTimeUnit(SECONDS));

    /** A host, its engine, and where it listens. */
    record Node(TcpHost host, NotingEngine engine, Endpoint endpoint) {

        /** Dials {@code to}; the ticket. */
        long dial(Endpoint to) {
            return call(this, () -> host.overlay().dial(to, LinkPurpose.OVERLAY));
        }

        HostStatus status() {
            return call(this, host::status);
        }
    }

    /** A host with standard limits but for {@code overrides}. */
    Node start(Map<String, Long> overrides) {
        return start(config(overrides), NO_DISK);
    }

    Node start(HostConfig config, NodeDisk disk) {
        return await(begin(config, disk));
    }

    /** As {@link #start}, but says how it ends. */
    Future<Node> begin(HostConfig config, NodeDisk disk) {
        Promise<Node> started = Promise.promise();
        vertx.getOrCreateContext().runOnContext(onLoop -> {
            TcpHost host = new TcpHost(vertx, config, disk);
            NotingEngine engine = new NotingEngine();
            host.overlay().install(engine);
            host.listen().map(where -> new Node(host, engine, where)).onComplete(started);
        });
        return started.future();
    }

    static HostConfig config(Map<String, Long> overrides) {
        return new HostConfig(
                ANYWHERE, Profile.LAB, Limits.with(NetLimits.class, overrides), WireLimits.STANDARD, SEED);
    }

    /** Asks on the node's own event loop. */
    static <T> T call(Node node, Supplier<T> question) {
        Promise<T> answer = Promise.promise();
        node.host.run(() -> answer.complete(question.get()));
        return await(answer.future());
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE_SECONDS, SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("nothing within " + PATIENCE_SECONDS + " s", late);
        }
    }

    /** A disk that says of every job that it is done. */
    static final NodeDisk NO_DISK = disk(job -> new JobResult.Stored(0));

    /** A disk that does {@code jobs} and has no shared files. */
    static NodeDisk disk(Function<Job, JobResult> jobs) {
        return new NodeDisk() {
            @Override
            public JobResult run(Job job) {
                return jobs.apply(job);
            }

            @Override
            public byte[] read(SharedFile file, long offset, int size) throws IOException {
                throw new IOException("there is no " + file);
            }

            @Override
            public void readTorrent(Sha1 torrent, int piece, int begin, ByteBuffer into) throws IOException {
                throw new IOException("there is no " + torrent);
            }
        };
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
