package praline.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import praline.lab.experiment.GivenNetwork;
import praline.lab.sim.SimulationConfig;
import praline.lab.topology.Graph;
import praline.lab.topology.Topology;
import praline.node.overlay.OverlayObserver;
import praline.node.overlay.Role;
import praline.node.overlay.Search;
import praline.protocol.Guid;
import praline.protocol.SplitMix64;

/**
 * Speed and size of flat floods in virtual time (spec/experiments.md E11): delivered messages per CPU-second by the
 * node's engine, beside a breadth-first search over arrays in the same process.
 *
 * <pre>scripts/speed.sh [NODES [LINKS [TTL [QUERIES]]]]          default 100000 2 7 200</pre>
 *
 * <p>CPU time is that of the whole process, with collector and compiler. The counts of both must be equal, or the run
 * fails.
 */
public final class FloodSpeed {

    private static final int ORIGIN_STREAM = 3;
    /** Queries that are not measured: they have the code compiled. */
    private static final int WARM_UP = 100;

    private static final double NANOS = 1e9;
    private static final double MEBI = 1 << 20;

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final StringBuilder text = new StringBuilder();

    private FloodSpeed() {}

    public static void main(String[] arguments) throws IOException {
        int[] numbers = {100_000, 2, 7, 200};
        for (int i = 0; i < arguments.length; i++) {
            numbers[i] = Integer.parseInt(arguments[i]);
        }
        System.out.print(new FloodSpeed().run(new Topology.Kout(numbers[0], numbers[1]), numbers[2], numbers[3]));
    }

    /** Measures, and returns what a person reads of it. */
    private String run(Topology topology, int ttl, int queries) throws IOException {
        Graph graph = topology.graph(1);
        say("%s, TTL %d, %d queries", topology, ttl, queries);
        double bfs = bfsRate(graph, ttl, queries);
        long before = system.getProcessCpuTime();
        Counter counter = new Counter();
        GivenNetwork network =
                new GivenNetwork(SimulationConfig.synchronous(1), graph, node -> Role.FLAT, node -> counter);
        say("built in %.2f CPU-s; %.0f B of heap a node", seconds(before), heapUsed() / (double) graph.nodeCount());

        SplitMix64 origins = SplitMix64.stream(1, ORIGIN_STREAM);
        ask(network, origins, ttl, WARM_UP);
        counter.received = 0;
        before = system.getProcessCpuTime();
        ask(network, origins, ttl, queries);
        double engine = counter.received / seconds(before);
        say("engine   %6.2f M messages per CPU-s (%d delivered)", engine / 1e6, counter.received);
        say("search   %6.2f M messages per CPU-s over arrays", bfs / 1e6);
        say("ratio    1 / %.1f", bfs / engine);
        say("heap %.0f MiB, peak resident %s", heapUsed() / MEBI, peakResident());
        long expected = arrayMessages(graph, ttl, WARM_UP + queries, WARM_UP);
        if (counter.received != expected) {
            throw new IllegalStateException("the arrays count " + expected + " messages");
        }
        return text.toString();
    }

    private static void ask(GivenNetwork network, SplitMix64 origins, int ttl, int queries) {
        for (int i = 0; i < queries; i++) {
            int origin = origins.below(network.simulation().nodeCount());
            network.ask(origin, new Search("nothing", null, ttl, Search.Spread.FLOOD));
        }
    }

    /** Over rounds that last a second together, behind one that has the code compiled. */
    private double bfsRate(Graph graph, int ttl, int queries) {
        arrayMessages(graph, ttl, queries, 0);
        long before = system.getProcessCpuTime();
        long messages = 0;
        while (seconds(before) < 1) {
            messages += arrayMessages(graph, ttl, queries, 0);
        }
        return messages / seconds(before);
    }

    /** What the arrays count for all queries but the first {@code skipped}. */
    private static long arrayMessages(Graph graph, int ttl, int queries, int skipped) {
        ArrayFlood flood = new ArrayFlood(graph);
        SplitMix64 origins = SplitMix64.stream(1, ORIGIN_STREAM);
        return IntStream.range(0, queries)
                .mapToLong(query -> {
                    int origin = origins.below(graph.nodeCount());
                    return query < skipped ? 0 : flood.flood(origin, ttl);
                })
                .sum();
    }

    private double seconds(long before) {
        return (system.getProcessCpuTime() - before) / NANOS;
    }

    private static long heapUsed() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static String peakResident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return "unknown";
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.substring("VmHWM:".length()).strip())
                .findFirst()
                .orElse("unknown");
    }

    private void say(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** Counts for all nodes together. */
    private static final class Counter implements OverlayObserver {
        private long received;

        @Override
        public void queryReceived(Guid query, int hops, int wireSize, boolean duplicate) {
            received++;
        }
    }
}
