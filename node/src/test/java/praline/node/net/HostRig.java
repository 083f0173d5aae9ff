package praline.node.net;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.LinkPurpose;
import praline.node.engine.Profile;
import praline.protocol.Endpoint;
import praline.protocol.Limits;
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
        return start(config(overrides), HostRig::noDisk);
    }

    Node start(HostConfig config, JobRunner runner) {
        return await(begin(config, runner));
    }

    /** As {@link #start}, but says how it ends. */
    Future<Node> begin(HostConfig config, JobRunner runner) {
        Promise<Node> started = Promise.promise();
        vertx.getOrCreateContext().runOnContext(onLoop -> {
            TcpHost host = new TcpHost(vertx, config, runner);
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

    /** Says that a job is done without doing it. */
    static JobResult noDisk(Job job) {
        return new JobResult.Stored(0);
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
