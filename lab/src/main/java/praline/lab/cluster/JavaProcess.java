package praline.lab.cluster;

import com.google.common.collect.ImmutableList;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts this very program in another JVM, with the same classes and settings of the JVM itself. The only place that
 * starts processes: their command line is made of ours and of numbers and paths of the plan (spec/hardening.md A10).
 */
public final class JavaProcess {

    /** What another JVM is told that we were told; heap and the like are decided for each anew. */
    private static final ImmutableList<String> PASSED_ON = ImmutableList.of(
            "-XX:SharedArchiveFile=", "-Xlog:", "-Dfile.encoding=", "-Dpraline.log", "--enable-native-access=");

    private final ImmutableList<String> command;
    private final Map<String, String> environment;

    private JavaProcess(ImmutableList<String> command, Map<String, String> environment) {
        this.command = command;
        this.environment = environment;
    }

    /**
     * Describes a run of {@code mainClass}.
     *
     * @param jvmOptions for its JVM
     * @param environment variables besides ours
     */
    public static JavaProcess of(
            String mainClass, List<String> jvmOptions, List<String> arguments, Map<String, String> environment) {
        ImmutableList.Builder<String> command = ImmutableList.builder();
        command.addAll(ownSession());
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(passedOn()).addAll(jvmOptions);
        command.add("-cp", System.getProperty("java.class.path")).add(mainClass).addAll(arguments);
        return new JavaProcess(command.build(), environment);
    }

    /** Starts it; its stdin and stdout are ours, its stderr is added to {@code log}. */
    public Process start(Path log) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** What runs in the background must not end with the terminal that it was started from. */
    private static List<String> ownSession() {
        return Stream.of("/usr/bin/setsid", "/bin/setsid")
                .filter(program -> Files.isExecutable(Path.of(program)))
                .limit(1)
                .toList();
    }

    private static List<String> passedOn() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> PASSED_ON.stream().anyMatch(argument::startsWith))
                .toList();
    }
}
