package praline.bench;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import praline.node.NodeConfig;
import praline.node.NodeControl;
import praline.node.NodeListener;
import praline.node.PeerVerticle;
import praline.node.Watchers;
import praline.node.engine.Profile;
import praline.node.overlay.OverlayObserver;
import praline.node.overlay.Role;
import praline.protocol.Endpoint;
import praline.protocol.SplitMix64;
import praline.supernode.SupernodeVerticle;

/**
 * A leaf that shares a great folder tree: how long its event loop is busy at a stretch (spec/hardening.md B6), how long
 * the first scan and a later start take, how soon a new file is known to its supernode, and what all of it weighs.
 *
 * <pre>java -Xmx512m -cp … praline.bench.GreatLibrary [FILES]</pre>
 *
 * <p>The files are tiny, in folders of a hundred. Leaf and supernode are real nodes with an event loop each. A stretch
 * is what the loop's thread computes between two moments at which anybody else could have had a turn: its CPU time, so
 * that other programs on the machine do not count, and the time on the clock beside it.
 */
public final class GreatLibrary {

    /** With the one that comes later as many as a supernode takes of one leaf. */
    private static final int FILES = 99_999;

    private static final int FILES_PER_FOLDER = 100;
    private static final long PATIENCE_SECONDS = 120;

    private final int files;
    private final Path root;
    private final Path state;
    private final PrintStream out;

    private GreatLibrary(int files, Path folder, PrintStream out) {
        this.files = files;
        this.out = out;
        this.root = folder.resolve("share");
        this.state = folder.resolve("state");
    }

    public static void main(String[] arguments) throws IOException {
        int files = arguments.length > 0 ? Integer.parseInt(arguments[0]) : FILES;
        Path folder = Files.createTempDirectory("praline-great-library");
        try {
            new GreatLibrary(files, folder, System.out).run();
        } finally {
            remove(folder);
        }
    }

    private void run() throws IOException {
        makeTree();
        Files.createDirectories(state);
        try (RunningSupernode supernode = new RunningSupernode()) {
            try (RunningLeaf leaf = new RunningLeaf(supernode.endpoint())) {
                note("first scan: files shared after", leaf.scannedAfter());
                supernode.awaitRecords(files);
                note("and known to the supernode after", leaf.age());
                leaf.report("first scan", out);
            }
            supernode.report("of the supernode meanwhile", out);
            try (RunningLeaf leaf = new RunningLeaf(supernode.endpoint())) {
                note("later start: files shared after", leaf.scannedAfter());
                leaf.report("later start", out);
                supernode.awaitRecords(files);
                note("and known to the supernode after", leaf.age());
                long before = System.nanoTime();
                Files.writeString(root.resolve("a file that was not there.txt"), "new");
                supernode.awaitRecords(files + 1);
                note("a new file is known to the supernode after", (System.nanoTime() - before) / 1e9);
                leaf.report("until then", out);
            }
        }
        out.printf(Locale.ROOT, "%-50s %d MiB%n", "resident memory of both nodes, at most", residentMebibytes());
    }

    private void makeTree() throws IOException {
        SplitMix64 random = SplitMix64.stream(1, 1);
        for (int i = 0; i < files; i++) {
            Path folder = root.resolve("folder " + i / FILES_PER_FOLDER);
            if (i % FILES_PER_FOLDER == 0) {
                Files.createDirectories(folder);
            }
            StringBuilder name = new StringBuilder();
            for (int word = 3 + random.below(4); word > 0; word--) {
                name.append(Integer.toString(random.below(20_000) + 30_000, 36)).append(' ');
            }
            Files.writeString(folder.resolve(name.append(i) + ".txt"), "content " + i, StandardCharsets.UTF_8);
        }
    }

    /** A node with an event loop of its own, whose turns are timed. */
    private static class Running implements AutoCloseable {
        private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        private final Turns turns = new Turns(vertx.getOrCreateContext());

        void start(Deployable verticle) {
            await(vertx.deployVerticle(verticle));
            turns.begin();
        }

        void report(String what, PrintStream out) {
            out.printf(
                    Locale.ROOT,
                    "%-50s %.1f ms CPU, %.1f ms by the clock; 99.9%% within %.1f ms CPU%n",
                    "longest stretch, " + what,
                    turns.longestCpu.getAndSet(0) / 1e6,
                    turns.longest.getAndSet(0) / 1e6,
                    turns.mostlyWithin() / 1e6);
        }

        @Override
        public void close() {
            turns.end();
            await(vertx.close());
        }
    }

    private static final class RunningSupernode extends Running {
        private final SupernodeVerticle verticle =
                new SupernodeVerticle(config(Role.SUPERNODE).build());

        RunningSupernode() {
            start(verticle);
        }

        Endpoint endpoint() {
            return verticle.control().endpoint();
        }

        void awaitRecords(int count) {
            GreatLibrary.await(() -> records(verticle.control()) == count);
        }
    }

    private final class RunningLeaf extends Running {
        private final AtomicInteger scanned = new AtomicInteger();
        private final long begun = System.nanoTime();

        RunningLeaf(Endpoint supernode) {
            NodeListener news = new NodeListener() {
                @Override
                public void onScanned(int fileCount) {
                    scanned.set(fileCount);
                }
            };
            NodeConfig config = config(Role.LEAF)
                    .seeds(ImmutableList.of(supernode))
                    .shares(ImmutableList.of(root))
                    .state(state)
                    .build();
            start(new PeerVerticle(config, null, new Watchers(news, OverlayObserver.NONE)));
        }

        double age() {
            return (System.nanoTime() - begun) / 1e9;
        }

        double scannedAfter() {
            GreatLibrary.await(() -> scanned.get() >= files);
            return age();
        }
    }

    /** Asks for a turn of an event loop again and again, and notes what the loop did in between. */
    private static final class Turns {
        private static final long STEP_NANOS = 100_000;

        final AtomicLong longest = new AtomicLong();
        final AtomicLong longestCpu = new AtomicLong();
        private final Context context;
        /** By tenths of a millisecond of CPU time; the last one is for all that took longer. */
        private final int[] byLength = new int[5_000];

        private volatile boolean hasEnded;
        private long last;
        private long lastCpu;

        Turns(Context context) {
            this.context = context;
        }

        void begin() {
            context.runOnContext(none -> {
                last = System.nanoTime();
                lastCpu = cpuNanos();
                turn();
            });
        }

        void end() {
            hasEnded = true;
        }

        synchronized long mostlyWithin() {
            long all = 0;
            for (int count : byLength) {
                all += count;
            }
            long beyond = 0;
            for (int length = byLength.length - 1; length > 0; length--) {
                beyond += byLength[length];
                if (beyond > all / 1_000) {
                    return (length + 1) * STEP_NANOS;
                }
            }
            return STEP_NANOS;
        }

        private void turn() {
            long now = System.nanoTime();
            long cpu = cpuNanos();
            longest.accumulateAndGet(now - last, Math::max);
            longestCpu.accumulateAndGet(cpu - lastCpu, Math::max);
            count(cpu - lastCpu);
            last = now;
            lastCpu = cpu;
            if (!hasEnded) {
                context.owner().setTimer(1, again -> turn());
            }
        }

        private synchronized void count(long nanos) {
            byLength[(int) Math.min(nanos / STEP_NANOS, byLength.length - 1)]++;
        }

        private static long cpuNanos() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }
    }

    private static NodeConfig.Builder config(Role role) {
        return NodeConfig.builder(role, Endpoint.ofIpv4(0x7F000001, 0))
                .profile(Profile.LAB)
                .limits(ImmutableMap.of("limits.library.watched", 8_192L));
    }

    private static int records(NodeControl node) {
        return await(Future.fromCompletionStage(node.status())).overlay().recordsHeld();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("nothing within " + PATIENCE_SECONDS + " s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new IllegalStateException("nothing within " + PATIENCE_SECONDS + " s", late);
        }
    }

    private static long residentMebibytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1_024;
            }
        }
        return 0;
    }

    private void note(String what, double seconds) {
        out.printf(Locale.ROOT, "%-50s %.2f s%n", what, seconds);
    }

    private static void remove(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            List<Path> inside = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : inside) {
                Files.delete(path);
            }
        }
    }
}
