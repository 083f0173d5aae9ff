package praline.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import praline.bench.RawPeers.Seat;
import praline.protocol.SplitMix64;

/**
 * What a supernode carries over TCP for each CPU-second of its process, beside what gtk-gnutella does: queries that go
 * on to other links, queries that end here among leaves, and the memory of an idle leaf.
 *
 * <pre>GnutellaLoad PRALINE [links N | mesh N | leaves N | idle N]…          default: all of gtk-gnutella's figures
 * </pre>
 *
 * <p>Neighbours and leaves are {@link RawPeers} in this process; the node has one of its own and is started afresh for
 * every line, so that each is measured with code that was compiled for it. CPU time is that of all the node's threads,
 * with collector and compiler, in {@value #WINDOW_SECONDS} s that begin {@value #WARM_UP_SECONDS} s after the load.
 * What was not passed on must be what the node counts as dropped for want of room, so the column is printed.
 */
public final class GnutellaLoad {

    private static final int WARM_UP_SECONDS = 15;
    private static final int WINDOW_SECONDS = 10;
    private static final int DRAIN_SECONDS = 30;
    private static final int SHA1_MEBIBYTES = 512;
    private static final double NANOS = 1e9;
    private static final double KILO = 1e3;
    private static final double KIBI = 1_024;
    private static final int WARM_UP_ROUNDS = 3;
    private static final int LOOKS = 3;
    private static final int REST_SECONDS = 6;

    private static final String JVM = "-Xmx512m";
    /** A collection leaves little slack, so that resident memory follows what is in use. */
    private static final String TIGHT_JVM = "-Xmx512m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=25";

    /** So that gates and rates do not stand between the load and the node. */
    private static final Map<String, String> SETTINGS = Map.of(
            "PRALINE_LIMITS_OVERLAY_LEAVESMAX", "10000",
            "PRALINE_LIMITS_OVERLAY_NEIGHBOURSMAX", "100",
            "PRALINE_LIMITS_OVERLAY_LEAFQUERIESPERSECOND", "1000000",
            "PRALINE_LIMITS_OVERLAY_NEIGHBOURQUERIESPERSECOND", "1000000",
            "PRALINE_LIMITS_OVERLAY_SAMEQUERYMILLIS", "0");

    /** What gtk-gnutella does, by links or leaves: thousands a CPU-second, in and out. */
    private static final Map<Integer, double[]> GTKG_LINKS =
            Map.of(2, new double[] {69, 69}, 4, new double[] {54, 161}, 8, new double[] {37, 262});

    private static final Map<Integer, double[]> GTKG_LEAVES =
            Map.of(50, new double[] {79, 0}, 200, new double[] {50, 0}, 350, new double[] {36, 0});
    private static final double GTKG_LEAF_KIB = 10.4;
    private static final double[] UNKNOWN = {Double.NaN, Double.NaN};

    private final String praline;
    private final PrintStream out;

    private GnutellaLoad(String praline, PrintStream out) {
        this.praline = praline;
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        GnutellaLoad load = new GnutellaLoad(arguments[0], System.out);
        List<String> runs = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
        if (runs.isEmpty()) {
            runs.addAll(List.of("links", "2", "links", "4", "links", "8"));
            runs.addAll(List.of("leaves", "50", "leaves", "200", "leaves", "350", "idle", "1000"));
        }
        load.say(machine());
        load.say(
                "%-10s %27s %21s %7s %9s %8s", "", "thousands a CPU-second", "gtk-gnutella", "ratio", "dropped", "CPU");
        load.say("%-10s %9s %17s %9s %11s", "", "in", "out", "in", "out");
        for (int i = 0; i < runs.size(); i += 2) {
            int count = Integer.parseInt(runs.get(i + 1));
            switch (runs.get(i)) {
                case "links" -> load.links(count);
                case "mesh" -> load.mesh(count);
                case "leaves" -> load.leaves(count);
                case "idle" -> load.idle(count);
                default -> throw new IllegalArgumentException("no such run: " + runs.get(i));
            }
        }
    }

    /** Queries come in on one link and go out on all others. */
    private void links(int count) throws Exception {
        try (LoadedNode node = LoadedNode.start(praline, JVM, SETTINGS);
                RawPeers peers = new RawPeers(node.address())) {
            RawPeers.Peer source = peers.join(Seat.ULTRAPEER);
            for (int i = 1; i < count; i++) {
                peers.join(Seat.ULTRAPEER);
            }
            Flow flow = flow(node, peers, List.of(source), () -> new RawQueries(3, 1));
            report(
                    count + " links",
                    flow,
                    flow.sent * (count - 1) - flow.received,
                    GTKG_LINKS.getOrDefault(count, UNKNOWN));
        }
    }

    /** Queries come in on all links, and each goes out on all others. */
    private void mesh(int count) throws Exception {
        try (LoadedNode node = LoadedNode.start(praline, JVM, SETTINGS);
                RawPeers peers = new RawPeers(node.address())) {
            List<RawPeers.Peer> sources = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                sources.add(peers.join(Seat.ULTRAPEER));
            }
            Flow flow = flow(node, peers, sources, () -> new RawQueries(3, 1));
            report("mesh of " + count, flow, flow.sent * (count - 1) - flow.received, UNKNOWN);
        }
    }

    /** Queries of a neighbour that end here: each is tested against all leaves, of which hardly any has it. */
    private void leaves(int count) throws Exception {
        try (LoadedNode node = LoadedNode.start(praline, JVM, SETTINGS);
                RawPeers peers = new RawPeers(node.address())) {
            RawPeers.Peer source = peers.join(Seat.ULTRAPEER);
            RandomGenerator random = new SplitMix64(count);
            for (int i = 0; i < count; i++) {
                peers.join(Seat.LEAF).send(RawTable.draw(random));
            }
            Flow flow = flow(node, peers, List.of(source), () -> new RawQueries(1, 1));
            report(count + " leaves", flow, 0, GTKG_LEAVES.getOrDefault(count, UNKNOWN));
        }
    }

    /** Leaves that joined and do nothing, on a node whose code is compiled since as many came and went. */
    private void idle(int count) throws Exception {
        try (LoadedNode node = LoadedNode.start(praline, TIGHT_JVM, SETTINGS)) {
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                try (RawPeers passing = new RawPeers(node.address())) {
                    join(passing, count);
                }
            }
            double resident = settledKib(node);
            double heap = node.heapKib();
            say("%.0f MiB resident without leaves; %s", resident / KIBI, TIGHT_JVM);
            try (RawPeers peers = new RawPeers(node.address())) {
                for (int leaves = count; leaves <= 2 * count; leaves += count) {
                    join(peers, count);
                    say(
                            "%d idle leaves: %.1f KiB resident each, of that %.1f KiB heap; gtk-gnutella %.1f KiB",
                            leaves,
                            (settledKib(node) - resident) / leaves,
                            (node.heapKib() - heap) / leaves,
                            GTKG_LEAF_KIB);
                }
            }
        }
    }

    private static void join(RawPeers peers, int leaves) throws IOException {
        for (int i = 0; i < leaves; i++) {
            peers.join(Seat.LEAF);
        }
    }

    /** The least of a few looks: the compiler keeps tens of MiB until it has rested for five seconds. */
    private static double settledKib(LoadedNode node) throws IOException, InterruptedException {
        double least = Double.MAX_VALUE;
        for (int look = 0; look < LOOKS; look++) {
            TimeUnit.SECONDS.sleep(REST_SECONDS);
            least = Math.min(least, node.residentKib());
        }
        return least;
    }

    /**
     * What went through the node.
     *
     * @param sent queries, in all
     * @param received copies, in all
     * @param sentInWindow of them while it was measured
     * @param receivedInWindow of them while it was measured
     * @param cpuSeconds of the node, while it was measured
     */
    private record Flow(long sent, long received, long sentInWindow, long receivedInWindow, double cpuSeconds) {}

    private static Flow flow(LoadedNode node, RawPeers peers, List<RawPeers.Peer> sources, Supplier<RawQueries> queries)
            throws Exception {
        LongAdder sent = new LongAdder();
        List<Spring> springs = sources.stream()
                .map(source -> new Spring(source, queries.get(), sent))
                .toList();
        springs.forEach(Thread::start);
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        double cpuBefore = node.cpuSeconds();
        long sentBefore = sent.sum();
        long receivedBefore = peers.queries();
        TimeUnit.SECONDS.sleep(WINDOW_SECONDS);
        double cpu = node.cpuSeconds() - cpuBefore;
        long sentInWindow = sent.sum() - sentBefore;
        long receivedInWindow = peers.queries() - receivedBefore;
        for (Spring spring : springs) {
            spring.end();
        }
        return new Flow(sent.sum(), received(peers), sentInWindow, receivedInWindow, cpu);
    }

    /** What has come when nothing more comes. */
    private static long received(RawPeers peers) throws IOException, InterruptedException {
        long before = -1;
        for (int i = 0; i < DRAIN_SECONDS && before != peers.queries(); i++) {
            before = peers.queries();
            TimeUnit.SECONDS.sleep(1);
        }
        return before;
    }

    private void report(String name, Flow flow, long dropped, double[] gtkg) {
        double in = flow.sentInWindow / flow.cpuSeconds / KILO;
        double passed = flow.receivedInWindow / flow.cpuSeconds / KILO;
        say(
                "%-10s %9.0f %17.0f %9.0f %11.0f %6.1fx %9d %7.0f%%",
                name,
                in,
                passed,
                gtkg[0],
                gtkg[1],
                gtkg[1] == 0 ? in / gtkg[0] : Math.min(in / gtkg[0], passed / gtkg[1]),
                dropped,
                100 * flow.cpuSeconds / WINDOW_SECONDS);
    }

    /** Sends queries as fast as the node takes them. */
    private static final class Spring extends Thread {
        private final RawPeers.Peer source;
        private final RawQueries queries;
        private final LongAdder sent;
        private volatile boolean ending;

        Spring(RawPeers.Peer source, RawQueries queries, LongAdder sent) {
            super("spring");
            this.source = source;
            this.queries = queries;
            this.sent = sent;
        }

        @Override
        public void run() {
            try {
                while (!ending) {
                    source.send(queries.next());
                    sent.add(queries.count());
                }
            } catch (IOException e) {
                throw new IllegalStateException("the node takes no more queries", e);
            }
        }

        void end() throws InterruptedException {
            ending = true;
            join();
        }
    }

    private static String machine() throws Exception {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        byte[] mebibyte = new byte[1 << 20];
        long began = System.nanoTime();
        for (int i = 0; i < SHA1_MEBIBYTES; i++) {
            sha1.update(mebibyte);
        }
        double seconds = (System.nanoTime() - began) / NANOS;
        return String.format(
                Locale.ROOT,
                "%s, %d processors, Java %s; SHA-1 does %.0f MiB/s here",
                model,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature(),
                SHA1_MEBIBYTES / seconds);
    }

    private void say(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
    }
}
