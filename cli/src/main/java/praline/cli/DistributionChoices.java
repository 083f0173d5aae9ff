package praline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import praline.cli.control.Json;
import praline.lab.experiment.Distribution;
import praline.lab.experiment.DistributionOptions;
import praline.lab.experiment.DistributionReport;
import praline.lab.experiment.DistributionResult;
import praline.lab.experiment.World;

/** {@code praline compare --distribution}: one file to many, by a server and by a swarm. */
final class DistributionChoices {

    @SuppressWarnings("UnusedVariable") // that these choices are there at all says the same
    @Option(
            names = "--distribution",
            required = true,
            description = "Give one file to many: a server that sends copies, and a swarm.")
    private boolean isWanted;

    @Option(
            names = "--peers",
            paramLabel = "N,…",
            split = ",",
            description = "How many want the file; a run for each (default: 5,10,20).")
    private List<Integer> peers = DistributionOptions.DEFAULT.peers();

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            converter = Quantity.Payload.class,
            description = "Of the file (default: 20M).")
    private long size = DistributionOptions.DEFAULT.size();

    @Option(
            names = "--us",
            paramLabel = "RATE",
            converter = Quantity.Rate.class,
            description = "Bytes a second that the server gives (default: 1M).")
    private long serverUp = DistributionOptions.DEFAULT.serverUp();

    @Option(
            names = "--ui",
            paramLabel = "RATE",
            converter = Quantity.Rate.class,
            description = "Bytes a second that each peer gives (default: 1M).")
    private long peerUp = DistributionOptions.DEFAULT.peerUp();

    @Option(
            names = "--down",
            paramLabel = "RATE",
            converter = Quantity.Rate.class,
            description = "Bytes a second that each peer takes (default: no limit).")
    private long peerDown = DistributionOptions.DEFAULT.peerDown();

    @Option(
            names = "--piece",
            paramLabel = "BYTES",
            converter = Quantity.PieceLength.class,
            description = "Of each piece of the torrent (default: 64K).")
    private int pieceLength = DistributionOptions.DEFAULT.pieceLength();

    @Option(
            names = "--delay",
            paramLabel = "MS",
            description = "Of each hop in virtual time (default: ${DEFAULT-VALUE}).")
    private int delayMillis = DistributionOptions.DEFAULT.delayMillis();

    /** Runs it, writes the report into {@code out} and says what it shows. */
    int run(Output output, World world, long seed, Path out) throws JsonProcessingException {
        DistributionOptions options = new DistributionOptions(
                ImmutableList.copyOf(peers), size, serverUp, peerUp, peerDown, pieceLength, delayMillis, seed, world);
        output.progress("distributing");
        DistributionResult result = Distribution.run(
                options, (done, count) -> output.progress("distributing, " + done + " of " + count + " runs are over"));
        output.clearProgress();
        DistributionReport.write(result, out);
        if (output.isJson()) {
            output.json(Json.MAPPER.readTree(DistributionReport.json(result)));
        } else {
            DistributionReport.text(result).lines().forEach(output::line);
        }
        output.note("The report is " + out.resolve(DistributionReport.PAGE));
        return result.isComplete() ? ExitCode.OK : ExitCode.NOT_AS_EXPECTED;
    }
}
