package praline.node.transfer;

import java.util.random.RandomGenerator;
import praline.node.engine.Counters;
import praline.node.engine.Host;
import praline.node.engine.Job;
import praline.node.engine.LimitHits;
import praline.node.engine.Link;
import praline.node.engine.LinkPurpose;
import praline.node.engine.Timers;
import praline.protocol.Endpoint;

/** What the parts of one engine share: its host, its numbers and its one timer. */
final class Context {

    private enum Timer {
        WATCH,
        GIVE
    }

    final TransferConfig config;
    final TransferListener listener;
    final Counters counters = new Counters();
    final LimitHits limitHits = new LimitHits();
    final Alternates alternates;
    private final Host<?> host;
    private final Timers<Timer> timers = new Timers<>(Timer.class);

    Context(TransferConfig config, Host<?> host, TransferListener listener) {
        this.config = config;
        this.alternates = new Alternates(config.limits().alternates());
        this.host = host;
        this.listener = listener;
    }

    long now() {
        return host.now();
    }

    RandomGenerator random() {
        return host.random();
    }

    long dial(Endpoint to) {
        return host.dial(to, LinkPurpose.TRANSFER);
    }

    long submit(Job job) {
        return host.submit(job);
    }

    /** Sends and counts. False: nothing was sent, and {@code onWritable} will follow. */
    boolean send(Link<TransferFrame> link, TransferFrame frame) {
        if (!link.send(frame)) {
            return false;
        }
        counters.count(Counters.Direction.OUT, Counters.Cause.TRANSFER, frame.wireSize());
        return true;
    }

    /** Has everything looked at again at {@code deadline}, or sooner. */
    void watchAt(long deadline) {
        timers.setAtMost(Timer.WATCH, deadline);
    }

    /** Whether it is time to look at everything. */
    boolean takeWatch() {
        return timers.take(Timer.WATCH, host.now());
    }

    /** Has uploads go on at {@code deadline}. */
    void giveAt(long deadline) {
        timers.setAtMost(Timer.GIVE, deadline);
    }

    /** Whether it is time for the next part of an upload. */
    boolean takeGive() {
        return timers.take(Timer.GIVE, host.now());
    }

    long nextWake() {
        return timers.next();
    }
}
