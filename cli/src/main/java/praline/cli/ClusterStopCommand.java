package praline.cli;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;
import praline.cli.control.ControlFile;

/** {@code praline cluster stop}: all nodes leave, and the command returns when their process has ended. */
@Command(name = "stop", mixinStandardHelpOptions = true, description = "End the cluster: all nodes leave with a Bye.")
final class ClusterStopCommand implements Callable<Integer> {

    private static final int SECONDS_MAX = 30;

    @ParentCommand
    private ClusterCommand cluster;

    @Mixin
    private ClusterFolder folder;

    @Override
    public Integer call() throws InterruptedException {
        Output output = cluster.praline().output();
        ControlFile running = folder.running(cluster.praline().terminal());
        Optional<ProcessHandle> process = ProcessHandle.of(running.pid());
        folder.client(cluster.praline().terminal()).post("stop", Map.of(), Object.class);
        boolean hasEnded = process.isEmpty() || awaitEnd(process.get());
        if (!hasEnded) {
            process.get().destroyForcibly();
        }
        if (output.isJson()) {
            output.json(Map.of("stopped", true, "inOrder", hasEnded));
        } else {
            output.line(hasEnded ? "The cluster has ended." : "The cluster did not end in order, and was killed.");
        }
        return hasEnded ? ExitCode.OK : ExitCode.FAILED;
    }

    private static boolean awaitEnd(ProcessHandle process) throws InterruptedException {
        if (process.equals(ProcessHandle.current())) {
            return true;
        }
        try {
            process.onExit().get(SECONDS_MAX, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
