package praline.cli;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import praline.cli.control.ControlClient;
import praline.cli.control.HitLine;
import praline.cli.control.QueryText;
import praline.cli.control.SearchLine;
import praline.cli.control.SearchRequest;
import praline.node.overlay.Role;

/** What {@code search} and {@code cluster search} have in common: the words, the bounds, the answer. */
final class Question {

    /** More than a person reads. */
    private static final int LIMIT_FOR_PEOPLE = 100;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "How long hits are waited for (default: ${DEFAULT-VALUE}).",
            defaultValue = "" + SearchRequest.WAIT_SECONDS)
    private double waitSeconds;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Stop after so many hits (default: " + LIMIT_FOR_PEOPLE + ", with --json "
                    + SearchRequest.LIMIT + ").")
    private @Nullable Integer limit;

    @Option(
            names = "--ttl",
            paramLabel = "N",
            description = "Hops that the question may travel, 1 to 255 (default: 7 in a flat network, else 4).")
    private @Nullable Integer ttl;

    @Parameters(
            arity = "1..*",
            paramLabel = "WORDS",
            description = "Words that a file's name must contain, or urn:sha1: and the hash of a content.")
    private List<String> words;

    /** What was printed as the answer; and what a command that does nothing more ends with. */
    record Answer(ImmutableList<HitLine> hits, int exitCode) {}

    /** Asks a running node; {@code node} chooses one of a cluster. */
    Answer ask(ControlClient client, @Nullable Integer node, Output output) throws InterruptedException {
        HitTable table = new HitTable(output);
        Ending ending = new Ending(table, output);
        client.post("search", request(node, output), SearchLine.class, ending::take);
        return ending.answer();
    }

    /** Asks through a node of our own. */
    Answer ask(Visitor visitor, Output output) throws InterruptedException {
        HitTable table = new HitTable(output);
        Ending ending = new Ending(table, output);
        visitor.search(request(null, output), ending::take);
        return ending.answer();
    }

    /** Throws {@link praline.protocol.UserError} when nobody could answer. */
    void check() {
        QueryText.search(new SearchRequest(String.join(" ", words), ttl, null, null, null), Role.LEAF);
    }

    /** The hit with this number will do, unless the user wants more. */
    void needNoMoreThan(int number) {
        if (limit == null) {
            limit = number;
        }
    }

    private SearchRequest request(@Nullable Integer node, Output output) {
        int standard = output.isJson() ? SearchRequest.LIMIT : LIMIT_FOR_PEOPLE;
        return new SearchRequest(String.join(" ", words), ttl, limit == null ? standard : limit, waitSeconds, node);
    }

    /** Prints lines, and then what they came to. */
    private static final class Ending {
        private final HitTable table;
        private final Output output;
        private boolean hasEnded;

        Ending(HitTable table, Output output) {
            this.table = table;
            this.output = output;
        }

        /** Whether more is wanted. */
        boolean take(SearchLine line) {
            if (line.hit() != null) {
                table.add(line.hit());
            }
            if (line.end() != null) {
                hasEnded = true;
                output.note(String.format(
                        Locale.ROOT,
                        "%s of %s in %.1f s, asked by %s",
                        Plural.of(table.hits().size(), "hit"),
                        Plural.of(table.contents(), "file"),
                        line.end().ms() / 1000.0,
                        line.end().askedBy()));
            }
            return !hasEnded;
        }

        Answer answer() {
            return new Answer(ImmutableList.copyOf(table.hits()), exitCode());
        }

        private int exitCode() {
            if (!hasEnded) {
                output.note("the answer was cut off");
                return ExitCode.NETWORK;
            }
            return table.hits().isEmpty() ? ExitCode.NOTHING_FOUND : ExitCode.OK;
        }
    }
}
