package praline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code praline search}: asks a network, and prints what is found as it comes. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = {
            "Search a network and print hits as they come.",
            "With --json, each hit is an object on a line of its own."
        })
final class SearchCommand implements Callable<Integer> {

    @ParentCommand
    private Praline praline;

    @Mixin
    private Target target;

    @Mixin
    private Question question;

    @Override
    public Integer call() throws InterruptedException {
        question.check();
        Output output = praline.output();
        if (target.seeds().isEmpty()) {
            return question.ask(target.client(praline.terminal()), null, output);
        }
        try (Visitor visitor = Visitor.join(target.seeds(), null, target.profile(), praline.settings())) {
            return question.ask(visitor, output);
        }
    }
}
