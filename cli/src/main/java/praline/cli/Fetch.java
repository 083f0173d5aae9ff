package praline.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import praline.cli.control.GetRequest;

/** What {@code get} and {@code cluster get} have in common: the content, the folder, the way there. */
final class Fetch {

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the file, made when it is not there.")
    private Path out;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "" + GetRequest.WAIT_SECONDS,
            description = "How long nodes that have it are looked for (default: ${DEFAULT-VALUE}).")
    private double waitSeconds;

    Delivery delivery() {
        return new Delivery(out.toAbsolutePath(), waitSeconds);
    }
}
