package praline.cli;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import praline.node.disk.Verification;
import praline.protocol.Limits;
import praline.protocol.UserError;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/** {@code praline torrent verify}: whether data is what a torrent says. Changes nothing. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Compare data with a torrent, and say which files and pieces are wrong.",
            "Ends with 0 when all is right, with 6 when something is not."
        })
final class TorrentVerifyCommand implements Callable<Integer> {

    /** More than these are told to programs only. */
    private static final int RANGES_SHOWN = 12;

    @ParentCommand
    private TorrentCommand torrent;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "PATH",
            description = "The data: the file or folder of the torrent, or the folder that it lies in.")
    private Path data;

    @Parameters(paramLabel = "FILE", description = "The torrent file.")
    private Path file;

    /** The result, for programs. */
    record Compared(boolean right, int pieces, ImmutableList<Integer> wrong, ImmutableList<Fault> faults) {}

    /** A file that is not what the torrent says: {@code missing}, {@code wrong_size}, {@code wrong_bytes}. */
    record Fault(ImmutableList<String> path, String fault) {}

    @Override
    public Integer call() {
        Praline praline = torrent.praline();
        WireLimits limits = Limits.with(WireLimits.class, praline.settings().limits(WireLimits.specs()));
        TorrentInfo info = TorrentInput.file(file, limits).info();
        Output output = praline.output();
        Verification found = verify(info, output);
        if (output.isJson()) {
            output.json(compared(found));
        } else {
            print(found, output);
        }
        return found.isRight() ? ExitCode.OK : ExitCode.NOT_AS_EXPECTED;
    }

    private Verification verify(TorrentInfo info, Output output) {
        try {
            return Verification.of(info, data, new HashingLine("verifying", output));
        } catch (IOException e) {
            throw new UserError(
                    UserError.Kind.BAD_INPUT,
                    "the data cannot be read (" + e.getClass().getSimpleName() + ")",
                    data.toString());
        } finally {
            output.clearProgress();
        }
    }

    private static Compared compared(Verification found) {
        ImmutableList<Fault> faults = found.faults().stream()
                .map(fault -> new Fault(texts(fault.path()), LowerCase.name(fault.kind())))
                .collect(ImmutableList.toImmutableList());
        return new Compared(found.isRight(), found.pieceCount(), found.wrongPieces(), faults);
    }

    private static void print(Verification found, Output output) {
        for (Verification.Fault fault : found.faults()) {
            output.line(String.format(
                    Locale.ROOT, "%-11s  %s", inWords(fault.kind()), String.join("/", texts(fault.path()))));
        }
        if (found.wrongPieces().isEmpty()) {
            output.line("right: " + Plural.of(found.pieceCount(), "piece"));
        } else {
            output.line("wrong: " + Plural.of(found.wrongPieces().size(), "piece") + " of " + found.pieceCount() + ": "
                    + ranges(found.wrongPieces()));
        }
    }

    private static String inWords(Verification.Kind kind) {
        return LowerCase.name(kind).replace('_', ' ');
    }

    /** {@code 0-3, 17, 20-21}. */
    static String ranges(List<Integer> ascending) {
        ImmutableList.Builder<String> ranges = ImmutableList.builder();
        int count = 0;
        for (int i = 0; i < ascending.size(); count++) {
            int first = ascending.get(i);
            int last = first;
            for (i++; i < ascending.size() && ascending.get(i) == last + 1; i++) {
                last++;
            }
            ranges.add(first == last ? Integer.toString(first) : first + "-" + last);
        }
        String shown = ranges.build().stream().limit(RANGES_SHOWN).collect(Collectors.joining(", "));
        return count > RANGES_SHOWN ? shown + ", \u2026" : shown;
    }

    private static ImmutableList<String> texts(ImmutableList<RemoteText> path) {
        return path.stream().map(RemoteText::tainted).collect(ImmutableList.toImmutableList());
    }
}
