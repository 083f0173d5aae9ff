package praline.lab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's edge list is read, or refused with one line that says where and what was expected. */
class EdgeListFileTest {

    @TempDir
    private Path folder;

    @Test
    void directionLoopsRepeatsAndCommentsDoNotMatter() throws Exception {
        Graph graph = read("# a comment\n7 3\n\n3\t7\r\n5 5\n 3   9 \n");

        assertThat(graph.nodeCount()).isEqualTo(4);
        assertThat(graph.edgeCount()).isEqualTo(2);
        assertThat(graph.source(0)).isEqualTo(2);
        assertThat(graph.target(0)).isZero();
        assertThat(graph.target(1)).isEqualTo(3);
    }

    @Test
    void gzipIsKnownByItsBytesNotByItsName() throws Exception {
        assertThat(EdgeListFile.read(written(gzip("1 2\n2 3\n"))).edgeCount()).isEqualTo(2);
    }

    @Test
    void garbageIsNamedWithItsLine() {
        assertRefused("0 1\n1 two\n", "line 2: expected two node numbers (0 to 2147483647), but found \"1 two\"");
        assertRefused("0 1 2\n", "line 1: expected two node numbers");
        assertRefused("0 -1\n", "line 1: expected two node numbers");
        assertRefused("0 2147483648\n", "line 1: expected two node numbers");
    }

    @Test
    void aStrangersTextCannotActOnTheTerminal() {
        assertRefused("\u001B[2Jx y\n", "but found \"?[2Jx y\"");
    }

    @Test
    void anEndlessLineIsNotReadToItsEnd() {
        assertRefused("1".repeat(100_000), "line 1: expected two node numbers");
    }

    @Test
    void aFileWithoutEdgesIsRefused() {
        assertRefused("# nothing\n", "there is no edge in it");
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("missing.txt");

        assertThatThrownBy(() -> EdgeListFile.read(missing))
                .isInstanceOf(GraphFileException.class)
                .hasMessage(missing + ": there is no such file");
    }

    @Test
    void damagedGzipIsRefused() throws IOException {
        byte[] whole = gzip("1 2\n".repeat(10_000));
        Path damaged = written(Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> EdgeListFile.read(damaged))
                .isInstanceOf(GraphFileException.class)
                .hasMessageStartingWith(damaged + ": ");
    }

    private Graph read(String text) throws IOException, GraphFileException {
        return EdgeListFile.read(written(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void assertRefused(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(GraphFileException.class)
                .hasMessageStartingWith(folder.toString())
                .hasMessageContaining(message);
    }

    private Path written(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("edges.txt"), bytes);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }
}
