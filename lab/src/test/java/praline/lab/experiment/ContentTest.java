package praline.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import praline.node.library.SharedFile;
import praline.node.overlay.Search;

/** What a network really holds, against which answers are judged. */
class ContentTest {

    private static final int NODES = 20;

    private final ImmutableList<SharedFile> files = TestFiles.of(100);
    private final Content content = Content.spread(files, NODES, 7);

    @Test
    void everyFileIsOnSomeNode() {
        for (SharedFile file : files) {
            assertThat(content.holders(byHash(file))).isNotEmpty();
        }
    }

    @Test
    void holdersOfAHashAreTheNodesThatPublishIt() {
        SharedFile file = files.get(42);

        assertThat(content.holders(byHash(file)))
                .containsExactlyElementsOf(IntStream.range(0, NODES)
                        .filter(node -> content.files(node).published().stream()
                                .anyMatch(record -> record.sha1().equals(file.sha1())))
                        .boxed()
                        .toList());
    }

    @Test
    void holdersOfWordsAreTheNodesThatWouldAnswer() {
        Search search = new Search("moon river", null, 7, Search.Spread.FLOOD);

        assertThat(content.holders(search))
                .isNotEmpty()
                .containsExactlyElementsOf(IntStream.range(0, NODES)
                        .filter(node -> content.files(node).published().stream()
                                .anyMatch(record -> record.name().utf8().matches("(moon river|river moon) .*")))
                        .boxed()
                        .toList());
    }

    @Test
    void nobodyHoldsWhatIsNotThere() {
        assertThat(content.holders(new Search("nowhere", null, 7, Search.Spread.FLOOD)))
                .isEmpty();
    }

    @Test
    void aSearchForAHashAloneIsNoSearchForAllNames() {
        assertThat(content.holders(byHash(files.get(0)))).hasSizeLessThan(NODES);
    }

    @Test
    void copiesAreCounted() {
        assertThat(IntStream.range(0, NODES).map(content::fileCountOf).sum())
                .isEqualTo(content.copyCount())
                .isGreaterThan(files.size());
    }

    private static Search byHash(SharedFile file) {
        return new Search("", file.sha1(), 7, Search.Spread.FLOOD);
    }
}
