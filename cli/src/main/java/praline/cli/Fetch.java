package praline.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import praline.cli.control.ControlClient;
import praline.cli.control.GetLine;
import praline.cli.control.GetRequest;
import praline.cli.control.QueryText;
import praline.protocol.UserError;
import praline.protocol.text.RemoteText;

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

    @Parameters(paramLabel = "URN", description = "urn:sha1: and the hash of the content, as search prints it.")
    private String urn;

    /** Throws {@link UserError} for what can never be fetched. */
    void check() {
        QueryText.sha1(urn);
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new UserError(UserError.Kind.BAD_INPUT, "the folder for the file is no folder", out.toString());
        }
    }

    Path folder() {
        return out.toAbsolutePath();
    }

    /** Has a running node fetch it, then takes a copy. Returns the exit code. */
    int from(ControlClient client, @Nullable Integer node, Output output) throws InterruptedException {
        Progress progress = new Progress(output);
        client.post("get", request(node), GetLine.class, progress::take);
        GetLine last = progress.last();
        if (last.path() == null) {
            return failed(last, output);
        }
        RemoteText name = RemoteText.of(String.valueOf(last.name()));
        Path copy = LocalCopy.of(Path.of(last.path()), QueryText.sha1(urn), name, folder());
        return done(copy, last, output);
    }

    /** Fetches it by a node of our own. */
    int from(Visitor visitor, Output output) throws InterruptedException {
        Progress progress = new Progress(output);
        visitor.get(request(null), progress::take);
        GetLine last = progress.last();
        return last.path() == null ? failed(last, output) : done(Path.of(last.path()), last, output);
    }

    private GetRequest request(@Nullable Integer node) {
        return new GetRequest(urn, waitSeconds, node);
    }

    private int failed(GetLine last, Output output) {
        output.clearProgress();
        if (last.exitCode() == ExitCode.NOTHING_FOUND) {
            output.note(last.text() + ": " + urn);
            return ExitCode.NOTHING_FOUND;
        }
        throw new UserError(UserError.Kind.FAILED, String.valueOf(last.text()), urn);
    }

    private int done(Path file, GetLine last, Output output) {
        if (output.isJson()) {
            output.json(Map.of("path", file.toString(), "size", last.size(), "urn", urn, "sources", last.sources()));
        } else {
            output.line(file.toString());
        }
        return ExitCode.OK;
    }

    /** Shows each line, and keeps the last. */
    private static final class Progress {
        private final Output output;
        private @Nullable GetLine last;

        Progress(Output output) {
            this.output = output;
        }

        /** Whether more is wanted. */
        boolean take(GetLine line) {
            last = line;
            switch (line.state()) {
                case SEARCHING -> output.progress("looking for nodes that have it");
                case FETCHING -> output.progress(shown(line) + " from " + Plural.of(line.sources(), "node"));
                case WAITING -> output.progress("waiting: " + line.text());
                case DONE, FAILED -> output.clearProgress();
            }
            return !line.isLast();
        }

        GetLine last() {
            if (last == null || !last.isLast()) {
                throw new UserError(UserError.Kind.NETWORK, "the answer was cut off", "get");
            }
            return last;
        }

        private static String shown(GetLine line) {
            return line.size() > 0
                    ? 100 * line.stored() / line.size() + "%, " + Sizes.shown(line.stored()) + " of "
                            + Sizes.shown(line.size())
                    : Sizes.shown(line.stored());
        }
    }
}
