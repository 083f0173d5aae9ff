package praline.supernode.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import praline.protocol.testing.Seeds;

/** The parts of the index against collections of the JDK. */
class PartsTest {

    @Test
    void aDocSetIsASetInAscendingOrderInBothItsForms() {
        Seeds.check(200, random -> {
            DocSet set = new DocSet();
            NavigableSet<Integer> model = new TreeSet<>();
            int span = 100 << random.nextInt(12);
            for (int phase = 0; phase < 6; phase++) {
                boolean grows = phase % 2 == 0;
                for (int i = random.nextInt(900); i > 0; i--) {
                    int document = random.nextInt(span);
                    if (grows || random.nextInt(4) == 0) {
                        set.add(document);
                        model.add(document);
                    } else {
                        int present = model.isEmpty() ? document : model.last();
                        set.remove(present);
                        model.remove(present);
                    }
                }
                assertThat(visited(set, 0)).containsExactlyElementsOf(model);
                assertThat(set.size()).isEqualTo(model.size());
                assertThat(set.isEmpty()).isEqualTo(model.isEmpty());
                int middle = random.nextInt(span);
                assertThat(visited(set.within(middle, middle + 500), 0))
                        .containsExactlyElementsOf(model.subSet(middle, middle + 500));
                List<Integer> turned = new ArrayList<>(model.tailSet(middle));
                turned.addAll(model.headSet(middle));
                assertThat(visited(set, middle)).isEqualTo(turned);
            }
        });
    }

    @Test
    void unionAndIntersectionOfDocSetsAreThoseOfSets() {
        Seeds.check(300, random -> {
            List<DocSet> sets = new ArrayList<>();
            Set<Integer> union = new TreeSet<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                sets.add(randomSet(random));
                union.addAll(visited(sets.get(sets.size() - 1), 0));
            }
            assertThat(visited(DocSet.union(sets), 0)).containsExactlyElementsOf(union);

            DocSet other = randomSet(random);
            List<Integer> common = new ArrayList<>(union);
            common.retainAll(new LinkedHashSet<>(visited(other, 0)));
            assertThat(visited(other.andAny(sets), 0)).isEqualTo(common);
            assertThat(visited(DocSet.union(sets).andAny(List.of(other)), 0)).isEqualTo(common);
        });
    }

    @Test
    void theDictionaryFindsAllWordsWithAPrefixInOrder() {
        Seeds.check(60, random -> {
            Dictionary dictionary = new Dictionary();
            TreeMap<String, Set<Integer>> model = new TreeMap<>();
            for (int i = 0; i < 3_000; i++) {
                String word = randomWord(random);
                int document = random.nextInt(4);
                if (random.nextInt(3) > 0) {
                    dictionary.add(Word.of(word, 64), document);
                    model.computeIfAbsent(word, none -> new TreeSet<>()).add(document);
                } else {
                    dictionary.remove(Word.of(word, 64), document);
                    model.computeIfPresent(word, (same, documents) -> without(documents, document));
                }
            }
            assertThat(dictionary.size()).isEqualTo(model.size());
            for (int i = 0; i < 50; i++) {
                String prefix = i == 0 ? "" : randomWord(random);
                List<List<Integer>> expected = model.tailMap(prefix).entrySet().stream()
                        .takeWhile(entry -> entry.getKey().startsWith(prefix))
                        .map(entry -> List.copyOf(entry.getValue()))
                        .toList();
                assertThat(dictionary.withPrefix(Word.of(prefix, 64), Integer.MAX_VALUE).stream()
                                .map(set -> visited(set, 0))
                                .toList())
                        .isEqualTo(expected);
                assertThat(dictionary.withPrefix(Word.of(prefix, 64), 3)).hasSize(Math.min(3, expected.size()));
            }
        });
    }

    @Test
    void aWordIsCutAtACharacter() {
        Word cut = Word.of("日本語テスト", 10);
        Word same = Word.of("日本語", 10);

        assertThat(cut.isCut()).isTrue();
        assertThat(cut.compareTo(same.head, same.tail)).isZero();
        assertThat(same.isCut()).isFalse();
    }

    /** Hashes that collide more often than not, so that every removal has something to move. */
    @Test
    void aTableOfNumbersFindsWhatIsInItAndNothingElse() {
        Seeds.check(300, random -> {
            int spread = 1 + random.nextInt(50);
            IntTable table = new IntTable(value -> hash(value, spread));
            Set<Integer> model = new LinkedHashSet<>();
            for (int i = 0; i < 400; i++) {
                int value = random.nextInt(100) - 50;
                boolean isIn = table.find(hash(value, spread), other -> other == value) == value;
                assertThat(isIn).isEqualTo(model.contains(value));
                if (isIn) {
                    table.remove(hash(value, spread), value);
                    model.remove(value);
                } else {
                    table.add(hash(value, spread), value);
                    model.add(value);
                }
            }
        });
    }

    private static int hash(int value, int spread) {
        return Math.floorMod(value, spread) * 0x9E3779B9;
    }

    private static Set<Integer> without(Set<Integer> documents, int document) {
        documents.remove(document);
        return documents.isEmpty() ? null : documents;
    }

    private static DocSet randomSet(RandomGenerator random) {
        DocSet set = new DocSet();
        int span = 2_000 << random.nextInt(8);
        for (int i = random.nextInt(1_500); i > 0; i--) {
            set.add(random.nextInt(span));
        }
        return set;
    }

    private static String randomWord(RandomGenerator random) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(12) + 1); i >= 0; i--) {
            word.append("abé日".charAt(random.nextInt(4)));
        }
        return word.toString();
    }

    private static List<Integer> visited(DocSet set, int first) {
        List<Integer> documents = new ArrayList<>();
        set.visit(first, documents::add);
        return documents;
    }
}
