package praline.node.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others are told of a file's name, also where the locale cannot spell it (spec/hardening.md N7, N8). */
class FileNamesTest {

    @TempDir
    private Path folder;

    @Test
    void onlyTheBaseNameIsTold() {
        assertThat(published("/home/ann/secret project/Song.mp3")).isEqualTo("Song.mp3");
    }

    @Test
    void controlCharactersAndSeparatorsAreReplaced() {
        assertThat(published("/a\nb\rc\td\u007fe\\f\u0085g")).isEqualTo("a_b_c_d_e_f_g");
    }

    @Test
    void accentsAreComposed() {
        assertThat(published("/U\u0308bung.txt")).isEqualTo("\u00dcbung.txt");
    }

    @Test
    void aLongNameIsCutAtACharacter() {
        assertThat(published("/" + "x".repeat(254) + "\u00dc")).isEqualTo("x".repeat(254));
        assertThat(published("/" + "x".repeat(253) + "\u00dc")).isEqualTo("x".repeat(253) + "\u00dc");
        assertThat(published("/" + "x".repeat(252) + "\ud83d\ude00")).isEqualTo("x".repeat(252));
        assertThat(published("/" + "x".repeat(251) + "\ud83d\ude00")).isEqualTo("x".repeat(251) + "\ud83d\ude00");
    }

    @Test
    void underALocaleWithoutAccentsNamesAreToldAllTheSame() throws Exception {
        Files.writeString(folder.resolve("Übung #1 – 日本語.txt"), "text");
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        PrintNames.class.getName())
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        java.environment().put("LC_ALL", "POSIX");

        Process posix = java.start();

        assertThat(new String(posix.getInputStream().readAllBytes(), UTF_8)).isEqualTo("unclear Übung #1 – 日本語.txt\n");
    }

    /** Prints the names in the working folder as they are published. */
    static final class PrintNames {
        public static void main(String[] arguments) throws IOException {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(""))) {
                for (Path entry : entries) {
                    byte[] name = FileNames.published(entry).toArray();
                    System.out.write((FileNames.isUnclear(entry) ? "unclear " : "clear ").getBytes(UTF_8));
                    System.out.write(name);
                    System.out.write('\n');
                }
            }
            System.out.flush();
        }
    }

    private static String published(String path) {
        return FileNames.published(Path.of(path)).utf8();
    }
}
