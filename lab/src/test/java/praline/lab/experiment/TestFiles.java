package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import praline.node.library.FoundFile;
import praline.node.library.SharedFile;
import praline.protocol.Bytes;
import praline.protocol.Sha1;

/** Files that exist in tests only: their names share words, their contents are all different. */
final class TestFiles {

    private static final List<String> WORDS =
            List.of("whale", "sea", "moon", "garden", "letter", "king", "winter", "song", "river", "stone");

    private TestFiles() {}

    /** {@code count} of them, 100 at most with names of their own. */
    static ImmutableList<SharedFile> of(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> WORDS.get(i % 10) + " " + WORDS.get(i / 10 % 10) + " part " + i + ".txt")
                .map(TestFiles::file)
                .collect(ImmutableList.toImmutableList());
    }

    private static SharedFile file(String name) {
        Sha1 sha1 = Sha1.digestOf(name.getBytes(StandardCharsets.UTF_8));
        return new SharedFile(
                new FoundFile(Path.of("/shared", name), name.length(), 0), Bytes.ofUtf8(name), sha1, sha1);
    }
}
