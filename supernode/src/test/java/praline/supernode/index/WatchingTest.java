package praline.supernode.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static praline.supernode.index.Publisher.file;
import static praline.supernode.index.Publisher.sha1;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import praline.node.overlay.IndexWatcher;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.gnutella.IndexStatus.Status;
import praline.protocol.testing.Seeds;
import praline.protocol.text.Keywords;

/** A table that counts what the index tells of its words and contents says what the index holds. */
class WatchingTest {

    /** Counts like a routing table: how often something was gained and not yet lost. */
    private static final class Counts implements IndexWatcher {
        final Map<String, Integer> words = new TreeMap<>();
        final Map<String, Integer> contents = new TreeMap<>();

        @Override
        public void onWord(String word) {
            words.merge(word, 1, Integer::sum);
        }

        @Override
        public void onWordGone(String word) {
            lose(words, word);
        }

        @Override
        public void onContent(Sha1 sha1) {
            contents.merge(sha1.toString(), 1, Integer::sum);
        }

        @Override
        public void onContentGone(Sha1 sha1) {
            lose(contents, sha1.toString());
        }

        private static void lose(Map<String, Integer> counts, String key) {
            assertThat(counts).as("what goes was there").containsKey(key);
            counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
        }
    }

    private static final String LONG = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";

    private final KeywordIndex index = new KeywordIndex(IndexLimits.STANDARD, WireLimits.STANDARD, 7);
    private final Counts counts = new Counts();

    @Test
    void aWordIsToldWithItsFirstFileAndGoneWithItsLast() {
        index.watch(counts);
        Publisher one = new Publisher(index).shares("Praline one one.txt");
        Publisher other = new Publisher(index).shares("praline two.txt");
        assertThat(counts.words)
                .containsExactly(
                        Map.entry("one", 1), Map.entry("praline", 1), Map.entry("two", 1), Map.entry("txt", 1));
        assertThat(counts.contents).hasSize(2);

        index.close(one.leaf);
        while (index.purge()) {
            assertThat(index.size()).isOne();
        }
        assertThat(counts.words.keySet()).containsExactly("praline", "two", "txt");
        other.tell(new IndexRecord.Remove(1));
        assertThat(counts.words).isEmpty();
        assertThat(counts.contents).isEmpty();
    }

    @Test
    void ofPartialFilesNothingIsTold() {
        index.watch(counts);
        Publisher leaf = new Publisher(index).shares();
        assertThat(leaf.tell(Publisher.torrent(1, "not yet whole", true))).isEqualTo(Status.OK);

        assertThat(index.size()).isOne();
        assertThat(counts.words).isEmpty();
        assertThat(counts.contents).isEmpty();
    }

    @Test
    void anIndexIsWatchedOnceAndFromItsBeginning() {
        new Publisher(index).shares("one");

        assertThatThrownBy(() -> index.watch(counts)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whateverHappensTheCountsSayWhatIsHeld() {
        Seeds.check(100, random -> {
            KeywordIndex changing = new KeywordIndex(IndexLimits.STANDARD, WireLimits.STANDARD, random.nextLong());
            Counts told = new Counts();
            changing.watch(told);
            List<Publisher> leaves = new ArrayList<>();
            for (int step = 0; step < 80; step++) {
                change(random, changing, leaves);
            }
            while (changing.purge()) {
                assertThat(told.words).isNotEmpty();
            }
            assertThat(told.words.keySet()).isEqualTo(words(leaves));
            assertThat(told.contents.keySet()).isEqualTo(contents(leaves));
            leaves.forEach(leaf -> changing.close(leaf.leaf));
            while (changing.purge()) {
                assertThat(told.words).isNotEmpty();
            }
            assertThat(told.words).isEmpty();
            assertThat(told.contents).isEmpty();
        });
    }

    private static void change(RandomGenerator random, KeywordIndex index, List<Publisher> leaves) {
        if (leaves.size() < 3) {
            leaves.add(new Publisher(index));
            leaves.get(leaves.size() - 1).tellAll();
        }
        Publisher leaf = leaves.get(random.nextInt(leaves.size()));
        switch (random.nextInt(10)) {
            case 0 -> {
                index.close(leaf.leaf);
                leaves.remove(leaf);
            }
            case 1 -> index.purge();
            case 2 -> leaf.tellAll();
            case 3 -> leaf.tell(new IndexRecord.Remove(random.nextInt(20)));
            default -> leaf.tell(randomFile(random));
        }
    }

    /** Few words, often twice in a name, and some that the dictionary cuts to the same beginning. */
    private static IndexRecord.Add randomFile(RandomGenerator random) {
        StringBuilder name = new StringBuilder("file");
        for (int i = random.nextInt(4); i > 0; i--) {
            name.append(' ').append(random.nextBoolean() ? "w" : LONG).append(random.nextInt(4));
        }
        return file(random.nextInt(20), name.toString(), "content " + random.nextInt(12));
    }

    private static Set<String> words(List<Publisher> leaves) {
        Set<String> words = new TreeSet<>();
        for (Publisher leaf : leaves) {
            leaf.files
                    .values()
                    .forEach(file -> words.addAll(Keywords.of(file.name().utf8())));
        }
        return words;
    }

    private static Set<String> contents(List<Publisher> leaves) {
        Set<String> contents = new TreeSet<>();
        for (Publisher leaf : leaves) {
            leaf.files.values().forEach(file -> contents.add(file.sha1().toString()));
        }
        return contents;
    }
}
