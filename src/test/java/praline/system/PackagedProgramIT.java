package praline.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The jar that {@code mvn verify} makes, and the launcher that finds it. */
class PackagedProgramIT {

    @Test
    void theJarSaysItsVersionAndNothingElse() {
        assertThat(Program.java("--version")).isEqualTo(new Program.Outcome(0, "praline 0.1.0\n", ""));
    }

    @Test
    void anUnknownOptionIsAUsageErrorOnStderr() {
        Program.Outcome outcome = Program.java("--no-such-option");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("--no-such-option").doesNotContain("\tat ");
    }

    @Test
    void theJarHoldsNothingThatIsTrueOfASingleLibraryOnly() throws IOException {
        try (JarFile jar = new JarFile(System.getProperty("praline.jar"))) {
            assertThat(jar.stream().map(entry -> entry.getName()))
                    .contains("META-INF/LICENSE", "praline/cli/Praline.class")
                    .noneMatch(name ->
                            name.matches("META-INF/.*\\.(SF|DSA|RSA)|(META-INF/versions/\\d+/)?module-info.class"));
        }
    }

    @Test
    void theLauncherPassesArgumentsOutputAndExitCodeThrough() {
        String launcher = System.getProperty("praline.launcher");

        assertThat(Program.run(ImmutableList.of(launcher, "--version")).out()).isEqualTo("praline 0.1.0\n");
        assertThat(Program.run(ImmutableList.of(launcher, "--no-such-option")).exitCode())
                .isEqualTo(2);
    }
}
