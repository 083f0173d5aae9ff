package praline.lab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets copies of which file: every file somebody, popular ones many, and the same for the same seed. */
class FileSpreadTest {

    @Test
    void everyFileHasAHolderAndPopularOnesHaveMany() {
        FileSpread spread = FileSpread.draw(235, 1_000, 1);
        Map<Integer, Integer> copies = new HashMap<>();
        spread.filesOf().values().forEach(file -> copies.merge(file, 1, Integer::sum));
        assertEquals(235, copies.size());
        assertTrue(copies.values().stream().mapToInt(count -> count).max().orElse(0) > 200);
        assertTrue(copies.values().stream().mapToInt(count -> count).min().orElse(0) < 10);
    }

    @Test
    void aNodeNeverHoldsAFileTwice() {
        FileSpread spread = FileSpread.draw(30, 4, 5);
        spread.filesOf()
                .asMap()
                .forEach((node, files) ->
                        assertEquals(files.size(), files.stream().distinct().count()));
    }

    @Test
    void aSpreadIsAFunctionOfItsSeed() {
        assertEquals(FileSpread.draw(50, 20, 9), FileSpread.draw(50, 20, 9));
        assertTrue(!FileSpread.draw(50, 20, 9).equals(FileSpread.draw(50, 20, 10)));
    }

    @Test
    void nothingToSpreadIsNoError() {
        assertTrue(FileSpread.draw(0, 20, 1).of(3).isEmpty());
    }

    @Test
    void theCorpusIsWhole(@TempDir Path folder) throws IOException {
        Corpus.writeTo(folder.resolve("texts"));
        try (Stream<Path> files = Files.list(folder.resolve("texts"))) {
            assertEquals(
                    Corpus.names(),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        Path chapter = folder.resolve("texts")
                .resolve("Jane Austen - Pride and Prejudice - Chapter 01 - It is a truth universally acknowledged.txt");
        assertTrue(Files.readString(chapter).contains("must be in want of a wife"));
    }
}
