package praline.supernode.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import praline.node.engine.Profile;
import praline.node.overlay.LeafIndex;
import praline.node.overlay.Question;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.QueryTerms;
import praline.protocol.testing.Seeds;
import praline.protocol.text.Keywords;

/** Random leaves with random files, asked at random, against a list of files that is gone through from end to end. */
class KeywordIndexModelTest {

    /** Few letters, so that words begin other words and files share words; long ones, so that some are cut. */
    private static final String[] SYLLABLES = {
        "a", "ab", "abc", "b", "bå", "ba", "c", "cab", "é", "日本", "abacabacabacabacabacabac"
    };

    @Test
    void theIndexAnswersWhatALookAtEveryFileAnswers() {
        Seeds.check(100, random -> {
            IndexLimits limits = IndexLimits.of(Profile.EXPERIMENT);
            run(random, new KeywordIndex(limits, WireLimits.STANDARD, random.nextLong()), true);
        });
    }

    /** With little room for expansion the answer may be smaller, but never wrong. */
    @Test
    void underTightLimitsTheIndexAnswersNothingElse() {
        Seeds.check(100, random -> {
            IndexLimits limits = IndexLimits.with(Map.of(
                    "limits.index.expansion", 2L,
                    "limits.index.recordsRead", 16L,
                    "limits.index.word", 8L,
                    "limits.index.purged", 3L));
            run(random, new KeywordIndex(limits, WireLimits.STANDARD, random.nextLong()), false);
        });
    }

    private static void run(RandomGenerator random, KeywordIndex index, boolean isComplete) {
        Publisher[] leaves = new Publisher[1 + random.nextInt(4)];
        for (int step = 0; step < 60; step++) {
            int at = random.nextInt(leaves.length);
            if (leaves[at] == null) {
                leaves[at] = new Publisher(index);
                leaves[at].tellAll();
            }
            Publisher leaf = leaves[at];
            switch (random.nextInt(10)) {
                case 0 -> {
                    index.close(leaf.leaf);
                    leaves[at] = null;
                }
                case 1 -> index.purge();
                case 2 -> leaf.tellAll();
                case 3 -> leaf.tell(new IndexRecord.Remove(random.nextInt(30)));
                default -> leaf.tell(randomFile(random), randomFile(random), randomFile(random));
            }
            compare(random, index, leaves, isComplete);
        }
    }

    private static void compare(RandomGenerator random, KeywordIndex index, Publisher[] leaves, boolean isComplete) {
        Query query = randomQuery(random);
        int except = random.nextInt(5) - 1;

        Map<Integer, List<String>> answer = new TreeMap<>();
        for (LeafIndex.Match match : index.match(new Question(query), Integer.MAX_VALUE, except)) {
            answer.put(
                    match.leaf(),
                    match.records().stream().map(KeywordIndexModelTest::shown).toList());
        }
        Map<Integer, List<String>> expected = new TreeMap<>();
        for (Publisher leaf : leaves) {
            if (leaf != null && leaf.leaf != except) {
                List<String> matching = matching(leaf, query);
                if (!matching.isEmpty()) {
                    expected.put(leaf.leaf, matching);
                }
            }
        }
        if (isComplete) {
            assertThat(answer).as("%s", query.text().utf8()).isEqualTo(expected);
        } else {
            answer.forEach((leaf, records) ->
                    assertThat(everyMatch(leaves, leaf, query)).containsAll(records));
        }
    }

    /** The files of a leaf that match, by index; of one content only the first. */
    private static List<String> matching(Publisher leaf, Query query) {
        Map<Sha1, String> byContent = new LinkedHashMap<>();
        for (IndexRecord.Add file : new TreeMap<>(leaf.files).values()) {
            if (matches(file, query)) {
                byContent.putIfAbsent(file.sha1(), shown(file));
            }
        }
        return List.copyOf(byContent.values());
    }

    private static List<String> everyMatch(Publisher[] leaves, int number, Query query) {
        List<String> all = new ArrayList<>();
        for (Publisher leaf : leaves) {
            if (leaf != null && leaf.leaf == number) {
                leaf.files.values().stream()
                        .filter(file -> matches(file, query))
                        .forEach(file -> all.add(shown(file)));
            }
        }
        return all;
    }

    private static boolean matches(IndexRecord.Add file, Query query) {
        QueryTerms terms = QueryTerms.of(query, WireLimits.STANDARD);
        if (file.sha1().equals(terms.sha1())) {
            return true;
        }
        boolean isTelling = terms.words().stream().anyMatch(word -> word.codePointCount(0, word.length()) > 1);
        List<String> name = new ArrayList<>(Keywords.of(file.name().utf8()));
        return isTelling
                && terms.words().stream().allMatch(word -> {
                    long wanted = terms.words().stream().filter(word::equals).count();
                    return name.stream().filter(held -> held.startsWith(word)).count() >= wanted;
                });
    }

    private static IndexRecord.Add randomFile(RandomGenerator random) {
        return Publisher.file(random.nextInt(30), randomText(random, 1 + random.nextInt(4)), "" + random.nextInt(25));
    }

    private static Query randomQuery(RandomGenerator random) {
        String text = random.nextInt(10) == 0 ? "\\" : randomText(random, 1 + random.nextInt(3));
        return random.nextInt(3) == 0
                ? Queries.either(text, Publisher.sha1("" + random.nextInt(25)))
                : Queries.words(text);
    }

    private static String randomText(RandomGenerator random, int words) {
        ImmutableList.Builder<String> text = ImmutableList.builder();
        for (int i = 0; i < words; i++) {
            StringBuilder word = new StringBuilder();
            for (int j = random.nextInt(3); j >= 0; j--) {
                word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
            }
            text.add(word.toString());
        }
        return String.join(" ", text.build());
    }

    private static String shown(HitRecord record) {
        return record.index() + " " + record.name().utf8();
    }

    private static String shown(IndexRecord.Add file) {
        return file.index() + " " + file.name().utf8();
    }
}
