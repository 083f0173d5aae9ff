package praline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import praline.protocol.Limits;
import praline.protocol.WireLimits;

/** {@code praline torrent show}: what a torrent file or magnet link says. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Show what a torrent file or a magnet link says.")
final class TorrentShowCommand implements Callable<Integer> {

    @ParentCommand
    private TorrentCommand torrent;

    @Parameters(paramLabel = "FILE|MAGNET", description = "The torrent file, or a link that begins with magnet:")
    private String argument;

    @Override
    public Integer call() {
        Praline praline = torrent.praline();
        WireLimits limits = Limits.with(WireLimits.class, praline.settings().limits(WireLimits.specs()));
        TorrentSheet.of(TorrentInput.of(argument, limits)).print(praline.output());
        return ExitCode.OK;
    }
}
