package praline.lab.experiment;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import praline.lab.cluster.LoopbackHosts;
import praline.node.overlay.LeafIndex;
import praline.node.overlay.OverlayConfig;
import praline.node.overlay.OverlayEngine;
import praline.node.overlay.SharedFiles;

/** A network on real TCP, inside this machine. */
public final class TcpNetwork implements LiveNetwork {

    private static final double NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** How often a condition is looked at. */
    private static final double LOOK_MILLIS = 5;

    private final LoopbackHosts hosts;
    private final NetworkNotes notes;
    private final List<OverlayEngine> engines = new ArrayList<>();
    private final long openedAt = System.nanoTime();

    private TcpNetwork(LoopbackHosts hosts, NetworkNotes notes) {
        this.hosts = hosts;
        this.notes = notes;
    }

    /** Starts all nodes of {@code plan} in order of their numbers; then each dials as planned. */
    public static TcpNetwork open(NetworkPlan plan, Equipment equipment, NetworkNotes notes) {
        LoopbackHosts hosts = LoopbackHosts.open(plan.nodeCount(), plan.edgeCount(), plan.seed());
        TcpNetwork network = new TcpNetwork(hosts, notes);
        notes.useClock(network::now);
        for (int number = 0; number < plan.nodeCount(); number++) {
            notes.listens(number, hosts.endpoint(number));
        }
        for (int number = 0; number < plan.nodeCount(); number++) {
            network.add(number, plan, equipment);
        }
        for (int number = 0; number < plan.nodeCount(); number++) {
            OverlayEngine engine = network.engines.get(number);
            List<Integer> dials = plan.nodes().get(number).dials();
            hosts.ask(number, () -> {
                dials.forEach(other -> engine.connect(hosts.endpoint(other)));
                return dials;
            });
        }
        return network;
    }

    @Override
    public double now() {
        return (System.nanoTime() - openedAt) / NANOS;
    }

    @Override
    public <T> T ask(int node, Function<OverlayEngine, T> question) {
        return hosts.ask(node, () -> question.apply(engines.get(node)));
    }

    @Override
    public void kill(int node) {
        notes.died(node);
        hosts.kill(node);
    }

    @Override
    public boolean liveUntil(BooleanSupplier condition, double time) {
        while (!condition.getAsBoolean()) {
            double left = time - now();
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos((long) (Math.min(left, LOOK_MILLIS) * NANOS));
        }
        return true;
    }

    @Override
    public ImmutableMap<String, Long> hostLimitHits() {
        return hosts.limitHits();
    }

    @Override
    public void close() {
        hosts.close();
    }

    private void add(int number, NetworkPlan plan, Equipment equipment) {
        OverlayConfig config = plan.config(number, hosts.endpoint(number));
        SharedFiles files = equipment.files(number);
        NodeNotes heard = notes.of(number);
        LeafIndex index = plan.hasIndex(number) ? notes.watched(number, equipment.index()) : null;
        hosts.install(number, host -> {
            OverlayEngine engine = new OverlayEngine(config, host, files, index, heard, heard);
            engines.add(engine);
            return engine;
        });
    }
}
