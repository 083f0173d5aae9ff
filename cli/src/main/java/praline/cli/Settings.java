package praline.cli;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import praline.protocol.LimitSpec;
import praline.protocol.UserError;

/**
 * Values that the user has set for good: an option wins over {@code PRALINE_*} in the environment, that over
 * {@code $XDG_CONFIG_HOME/praline/config.yaml}, that over the default.
 *
 * <p>The key of an option is its name, alone or after its command's: {@code profile}, {@code node.profile},
 * {@code cluster.up.nodes}; the longest that is set counts. The variable of a key is {@code PRALINE_} and the key in
 * capitals, with an underscore for whatever is no letter and no digit.
 */
final class Settings implements IDefaultValueProvider {

    private static final String VARIABLES = "PRALINE_";

    private final Terminal terminal;
    private final Path file;
    private @Nullable ImmutableMap<String, ConfigFile.Value> fromFile;

    Settings(Terminal terminal) {
        this.terminal = terminal;
        this.file = folder(terminal).resolve("config.yaml");
    }

    /**
     * One value and where it is from.
     *
     * @param text as the user wrote it; of a list, its elements
     * @param origin {@code PRALINE_PROFILE}, or the file with the line
     */
    record Setting(ImmutableList<String> text, String origin) {}

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.isMultiValue()) {
            return null;
        }
        return find(option).map(setting -> setting.text().get(0)).orElse(null);
    }

    /** What is set for {@code option}, unless it is given to the command itself. */
    Optional<Setting> find(OptionSpec option) {
        String name = nameOf(option);
        String command = commandKey(option.command());
        while (!command.isEmpty()) {
            Optional<Setting> set = find(command + "." + name);
            if (set.isPresent()) {
                return set;
            }
            command = command.substring(0, Math.max(0, command.lastIndexOf('.')));
        }
        return find(name);
    }

    /** What is set for {@code key}, in the environment or the file. */
    Optional<Setting> find(String key) {
        String variable = variableOf(key);
        String value = terminal.variable(variable);
        if (!value.isEmpty()) {
            return Optional.of(new Setting(ImmutableList.of(value), variable));
        }
        ConfigFile.Value written = fromFile().get(key);
        return written == null
                ? Optional.empty()
                : Optional.of(new Setting(written.elements(), file + ":" + written.line()));
    }

    /** The elements of {@code key}, or none; in the environment they stand apart by colons, as in PATH. */
    ImmutableList<String> list(String key) {
        return find(key)
                .map(setting -> setting.origin().startsWith(VARIABLES)
                        ? ImmutableList.copyOf(Splitter.on(':')
                                .omitEmptyStrings()
                                .split(setting.text().get(0)))
                        : setting.text())
                .orElse(ImmutableList.of());
    }

    /** The limits among {@code known} that are set, by key; a value that is no number in its range is an error. */
    ImmutableMap<String, Long> limits(Iterable<LimitSpec> known) {
        ImmutableMap.Builder<String, Long> limits = ImmutableMap.builder();
        for (LimitSpec spec : known) {
            find(spec.key()).ifPresent(setting -> limits.put(spec.key(), checked(spec, setting)));
        }
        return limits.buildOrThrow();
    }

    /** The file that settings are read from, whether it is there or not. */
    Path file() {
        return file;
    }

    /** Everything that the file sets, by key. */
    ImmutableMap<String, ConfigFile.Value> fromFile() {
        if (fromFile == null) {
            fromFile = Files.exists(file) ? ConfigFile.read(file) : ImmutableMap.of();
        }
        return fromFile;
    }

    /** The key of {@code option} with all its commands before it. */
    static String keyOf(OptionSpec option) {
        String command = commandKey(option.command());
        return command.isEmpty() ? nameOf(option) : command + "." + nameOf(option);
    }

    static String variableOf(String key) {
        return VARIABLES + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    static String nameOf(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    private static long checked(LimitSpec spec, Setting setting) {
        String text = setting.text().get(0);
        try {
            return spec.checked(Long.parseLong(text.replace("_", "")));
        } catch (NumberFormatException e) {
            throw new UserError(
                    UserError.Kind.BAD_INPUT, spec.key() + " is a number, but is \"" + text + "\"", setting.origin());
        } catch (IllegalArgumentException outOfRange) {
            throw new UserError(UserError.Kind.BAD_INPUT, String.valueOf(outOfRange.getMessage()), setting.origin());
        }
    }

    /** {@code cluster.up} for {@code praline cluster up}; empty for praline itself. */
    private static String commandKey(CommandSpec command) {
        String name = command.qualifiedName(".");
        int dot = name.indexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }

    private static Path folder(Terminal terminal) {
        String configured = terminal.variable("XDG_CONFIG_HOME");
        Path home = Path.of(terminal.environment().getOrDefault("HOME", "."));
        return (configured.isEmpty() ? home.resolve(".config") : Path.of(configured)).resolve("praline");
    }
}
