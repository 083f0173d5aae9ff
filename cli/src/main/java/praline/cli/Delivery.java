package praline.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import praline.cli.control.ControlClient;
import praline.cli.control.GetLine;
import praline.cli.control.GetRequest;
import praline.cli.control.QueryText;
import praline.protocol.UserError;
import praline.protocol.text.RemoteText;

/**
 * Brings a content into a folder of the user and shows how that goes.
 *
 * @param folder for the file, made when it is not there
 * @param waitSeconds how long nodes that have it are looked for
 */
record Delivery(Path folder, double waitSeconds) {

    /** Throws {@link UserError} for a folder that can never take a file. */
    void check() {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new UserError(UserError.Kind.BAD_INPUT, "the folder for the file is no folder", folder.toString());
        }
    }

    /** Has a running node fetch it, then takes a copy. Returns the exit code. */
    int from(ControlClient client, @Nullable Integer node, String urn, Output output) throws InterruptedException {
        Progress progress = new Progress(output);
        client.post("get", request(urn, node), GetLine.class, progress::take);
        GetLine last = progress.last();
        if (last.path() == null) {
            return failed(urn, last, output);
        }
        RemoteText name = RemoteText.of(String.valueOf(last.name()));
        Path copy = LocalCopy.of(Path.of(last.path()), QueryText.sha1(urn), name, folder);
        return done(urn, copy, last, output);
    }

    /** Fetches it by a node of our own. */
    int from(Visitor visitor, String urn, Output output) throws InterruptedException {
        Progress progress = new Progress(output);
        visitor.get(request(urn, null), progress::take);
        GetLine last = progress.last();
        return last.path() == null ? failed(urn, last, output) : done(urn, Path.of(last.path()), last, output);
    }

    private GetRequest request(String urn, @Nullable Integer node) {
        return new GetRequest(urn, waitSeconds, node);
    }

    private static int failed(String urn, GetLine last, Output output) {
        output.clearProgress();
        if (last.exitCode() == ExitCode.NOTHING_FOUND) {
            output.note(last.text() + ": " + urn);
            return ExitCode.NOTHING_FOUND;
        }
        throw new UserError(UserError.Kind.FAILED, String.valueOf(last.text()), urn);
    }

    private static int done(String urn, Path file, GetLine last, Output output) {
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
