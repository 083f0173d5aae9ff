package praline.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import praline.protocol.LimitSpec;
import praline.protocol.UserError;

/** The keys that a settings file may have, so that a slip of the pen is an error and not a silence. */
final class KnownKeys {

    /** A key that is further off than this is no slip of the pen. */
    private static final int SLIPS_MAX = 3;

    private final Set<String> keys = new TreeSet<>();

    /** The keys of all options of {@code root} and its subcommands, and of all limits. */
    KnownKeys(CommandLine root) {
        List<CommandLine> commands = new ArrayList<>(List.of(root));
        for (int i = 0; i < commands.size(); i++) {
            CommandLine command = commands.get(i);
            command.getCommandSpec().options().stream()
                    .filter(option -> !option.inherited() || command == root)
                    .forEach(this::add);
            commands.addAll(command.getSubcommands().values());
        }
        for (LimitSpec spec : NodeLimits.specs()) {
            keys.add(spec.key());
        }
    }

    /**
     * Throws {@link UserError} for the first key in {@code settings} that means nothing, with the one that was meant.
     */
    void check(Settings settings) {
        settings.fromFile().forEach((key, value) -> {
            if (!keys.contains(key)) {
                throw new UserError(
                        UserError.Kind.BAD_INPUT,
                        "there is no setting " + key
                                + nearest(key)
                                        .map(near -> " (did you mean " + near + "?)")
                                        .orElse(""),
                        settings.file() + ":" + value.line());
            }
        });
    }

    /** An option may be set for all commands that have it, or for one. */
    private void add(OptionSpec option) {
        String key = Settings.keyOf(option);
        for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.')) {
            keys.add(key);
            int last = key.lastIndexOf('.');
            int before = key.lastIndexOf('.', last - 1);
            key = before < 0 ? key.substring(last + 1) : key.substring(0, before) + key.substring(last);
        }
        keys.add(key);
    }

    private Optional<String> nearest(String key) {
        return keys.stream()
                .filter(known -> slips(key, known) <= SLIPS_MAX)
                .min(Comparator.comparingInt(known -> slips(key, known)));
    }

    /** How many letters must be added, dropped or changed to make one out of the other (Levenshtein). */
    private static int slips(String written, String known) {
        int[] row = new int[known.length() + 1];
        for (int j = 0; j <= known.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= written.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= known.length(); j++) {
                int changed = diagonal + (written.charAt(i - 1) == known.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[known.length()];
    }
}
