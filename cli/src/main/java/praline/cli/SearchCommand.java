package praline.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import praline.cli.control.ControlClient;
import praline.cli.control.GetRequest;
import praline.cli.control.HitLine;
import praline.protocol.UserError;
import praline.protocol.text.Printable;

/** {@code praline search}: asks a network, and prints what is found as it comes. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = {
            "Search a network and print hits as they come.",
            "With --get, fetch one of them.",
            "With --json, each hit is an object on a line of its own."
        })
final class SearchCommand implements Callable<Integer> {

    @ParentCommand
    private Praline praline;

    @Mixin
    private Target target;

    @Mixin
    private Question question;

    @Option(
            names = "--get",
            paramLabel = "N",
            description = "Fetch number N of the hits, as get does, and stop searching when it is there.")
    private @Nullable Integer chosen;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Folder for the file that --get fetches (default: this one).")
    private Path out;

    @Override
    public Integer call() throws InterruptedException {
        question.check();
        Output output = praline.output();
        if (chosen == null) {
            return search(output);
        }
        if (chosen < 1) {
            throw new UserError(UserError.Kind.USAGE, "hits are numbered from 1 on", "--get " + chosen);
        }
        question.needNoMoreThan(chosen);
        Delivery delivery = new Delivery(out.toAbsolutePath().normalize(), GetRequest.WAIT_SECONDS);
        delivery.check();
        return searchAndGet(chosen, delivery, output);
    }

    private int search(Output output) throws InterruptedException {
        if (target.seeds().isEmpty()) {
            return question.ask(target.client(praline.terminal()), null, output).exitCode();
        }
        try (Visitor visitor = Visitor.join(target.seeds(), null, target.profile(), praline.settings())) {
            return question.ask(visitor, output).exitCode();
        }
    }

    private int searchAndGet(int number, Delivery delivery, Output output) throws InterruptedException {
        if (target.seeds().isEmpty()) {
            ControlClient client = target.client(praline.terminal());
            Question.Answer answer = question.ask(client, null, output);
            return isMissing(number, answer, output)
                    ? ExitCode.NOTHING_FOUND
                    : delivery.from(client, null, urn(number, answer), output);
        }
        try (Visitor visitor = Visitor.join(target.seeds(), delivery.folder(), target.profile(), praline.settings())) {
            Question.Answer answer = question.ask(visitor, output);
            return isMissing(number, answer, output)
                    ? ExitCode.NOTHING_FOUND
                    : delivery.from(visitor, urn(number, answer), output);
        } finally {
            LocalCopy.tidy(delivery.folder());
        }
    }

    private static boolean isMissing(int number, Question.Answer answer, Output output) {
        boolean isMissing = answer.hits().size() < number;
        if (isMissing) {
            output.note("there is no hit number " + number);
        }
        return isMissing;
    }

    private static String urn(int number, Question.Answer answer) {
        HitLine hit = answer.hits().get(number - 1);
        if (hit.sha1() == null) {
            throw new UserError(
                    UserError.Kind.FAILED,
                    "whoever has it did not tell its hash, by which it is fetched",
                    Printable.of(hit.name()));
        }
        return "urn:sha1:" + hit.sha1();
    }
}
