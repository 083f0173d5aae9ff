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
                assertThat(set.contains(middle)).isEqualTo(model.contains(middle));
                assertThat(set.toArray()).hasSize(model.size());
                List<Integer> turned = new ArrayList<>(model.tailSet(middle));
                turned.addAll(model.headSet(middle));
                assertThat(visited(set, middle)).isEqualTo(turned);
            }
        });
    }

    @Test
    void candidatesAreTheUnionOfATermAndTheIntersectionWithTheNext() {
        Candidates candidates = new Candidates();
        Seeds.check(300, random -> {
            int span = 2_000 << random.nextInt(8);
            int from = random.nextBoolean() ? 0 : random.nextInt(span);
            int to = from + random.nextInt(span - from);
            candidates.prepare(span);
            NavigableSet<Integer> expected = randomTerm(random, span).addTo(candidates, from, to);
            for (int i = random.nextInt(3); i > 0; i--) {
                expected.retainAll(randomTerm(random, span).keepIn(candidates, from, to));
            }
            candidates.sort();
            assertThat(listed(candidates)).containsExactlyElementsOf(expected);
            candidates.clear();
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
                Term term = new Term();
                dictionary.expand(Word.of(prefix, 64), Integer.MAX_VALUE, term);
                assertThat(documents(term)).isEqualTo(distinct(expected));
                assertThat(term.wordCount()).isEqualTo(expected.size());
                assertThat(term.sum())
                        .isEqualTo(expected.stream().mapToInt(List::size).sum());
                Term cut = new Term();
                dictionary.expand(Word.of(prefix, 64), 3, cut);
                assertThat(documents(cut)).isEqualTo(distinct(expected.subList(0, Math.min(3, expected.size()))));
            }
        });
    }

    @Test
    void aWordIsCutAtACharacter() {
        Word cut = Word.of("日本語テスト", 10);
        Word same = Word.of("日本語", 10);

        assertThat(cut.isCut()).isTrue();
        assertThat(cut.compareTo(same.head, WordEntry.of(same.tail, 1))).isZero();
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
                int value = random.nextInt(100) << random.nextInt(18);
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

    /** Some words with few documents, some with many, and the documents of all of them. */
    private record SomeWords(Term term, NavigableSet<Integer> documents) {

        NavigableSet<Integer> addTo(Candidates candidates, int from, int to) {
            term.addTo(candidates, from, to);
            return new TreeSet<>(documents.subSet(from, to));
        }

        NavigableSet<Integer> keepIn(Candidates candidates, int from, int to) {
            term.keepIn(candidates, from, to, 1);
            candidates.dropOthers();
            return documents;
        }
    }

    private static SomeWords randomTerm(RandomGenerator random, int span) {
        Term term = new Term();
        NavigableSet<Integer> documents = new TreeSet<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            byte[] entry = WordEntry.of(Word.NO_TAIL, random.nextInt(span));
            DocSet set = new DocSet();
            set.add(WordEntry.documentAt(entry, WordEntry.start(entry)));
            for (int j = random.nextInt(random.nextBoolean() ? 20 : 1_500); j > 0; j--) {
                int document = random.nextInt(span);
                entry = WordEntry.with(entry, document);
                set.add(document);
            }
            if (random.nextBoolean()) {
                term.addFew(entry);
            } else {
                term.addMany(set);
            }
            documents.addAll(visited(set, 0));
        }
        return new SomeWords(term, documents);
    }

    private static List<Integer> documents(Term term) {
        Candidates candidates = new Candidates();
        term.addTo(candidates, 0, Integer.MAX_VALUE);
        candidates.sort();
        return listed(candidates);
    }

    private static List<Integer> listed(Candidates candidates) {
        List<Integer> documents = new ArrayList<>();
        for (int i = 0; i < candidates.count(); i++) {
            documents.add(candidates.get(i));
        }
        return documents;
    }

    private static List<Integer> distinct(List<List<Integer>> documents) {
        Set<Integer> all = new TreeSet<>();
        documents.forEach(all::addAll);
        return List.copyOf(all);
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
