package praline.bench;

import com.google.common.base.Splitter;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A supernode in a process of its own, as a user starts it, and what the system says of that process. */
final class LoadedNode implements AutoCloseable {

    /** In which {@code /proc} counts CPU time: 100 a second wherever Linux runs. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int PATIENCE_SECONDS = 10;
    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final Pattern HEAP_USED = Pattern.compile("(?:heap|generation) +total \\d+K, used (\\d+)K");

    private final Process process;
    private final Path state;
    private final InetSocketAddress address;

    private LoadedNode(Process process, Path state, InetSocketAddress address) {
        this.process = process;
        this.state = state;
        this.address = address;
    }

    /**
     * Starts one on loopback and waits until it is ready.
     *
     * @param praline the praline command
     * @param jvmOptions for its JVM, as on a command line
     * @param settings by variable of the environment
     */
    static LoadedNode start(String praline, String jvmOptions, Map<String, String> settings) throws IOException {
        Path state = Files.createTempDirectory("gnutella-load");
        ProcessBuilder builder = new ProcessBuilder(
                praline, "node", "--role", "supernode", "--listen", "127.0.0.1:0", "--profile", "lab");
        builder.command().addAll(List.of("--links", "0", "--data", state.toString()));
        builder.environment().putAll(settings);
        builder.environment().put("JAVA_TOOL_OPTIONS", jvmOptions);
        Process process = builder.redirectError(state.resolve("log").toFile()).start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("ready ")) {
                int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
                return new LoadedNode(process, state, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            }
        }
        throw new IOException("the node ended before it was ready:\n" + Files.readString(state.resolve("log")));
    }

    InetSocketAddress address() {
        return address;
    }

    /** CPU time of all its threads so far, in the program and in the system. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(proc("stat"));
        List<String> fields = Splitter.on(' ').splitToList(stat.substring(stat.lastIndexOf(')') + 2));
        return (Long.parseLong(fields.get(UTIME)) + Long.parseLong(fields.get(STIME))) / TICKS_PER_SECOND;
    }

    /**
     * Memory of it that is resident now, when garbage was collected and what the compiler needed for a moment is given
     * back to the system.
     */
    double residentKib() throws IOException, InterruptedException {
        jcmd("GC.run");
        jcmd("GC.run");
        jcmd("System.trim_native_heap");
        for (String line : Files.readAllLines(proc("status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no resident size of " + process.pid());
    }

    /** What its heap holds; garbage counts, so it is to be asked after {@link #residentKib}. */
    double heapKib() throws IOException, InterruptedException {
        Matcher used = HEAP_USED.matcher(jcmd("GC.heap_info"));
        double sum = 0;
        while (used.find()) {
            sum += Long.parseLong(used.group(1));
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        line.addAll(List.of(Long.toString(process.pid()), command));
        Process jcmd = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException(command + " failed: " + said);
        }
        return said;
    }
}
