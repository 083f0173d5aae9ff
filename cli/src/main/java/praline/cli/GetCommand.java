package praline.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code praline get}: fetches a file by its hash. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = {
            "Fetch a file: look for nodes that have it, and take it from any of them.",
            "It has its name in the folder only when all its bytes are right."
        })
final class GetCommand implements Callable<Integer> {

    @ParentCommand
    private Praline praline;

    @Mixin
    private Target target;

    @Mixin
    private Fetch fetch;

    @Override
    public Integer call() throws InterruptedException {
        fetch.check();
        Output output = praline.output();
        if (target.seeds().isEmpty()) {
            return fetch.from(target.client(praline.terminal()), null, output);
        }
        Path folder = fetch.folder();
        try (Visitor visitor = Visitor.join(target.seeds(), folder, target.profile(), praline.settings())) {
            return fetch.from(visitor, output);
        } finally {
            LocalCopy.tidy(folder);
        }
    }
}
