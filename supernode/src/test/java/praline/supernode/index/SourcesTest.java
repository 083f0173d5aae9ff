package praline.supernode.index;

import static org.assertj.core.api.Assertions.assertThat;
import static praline.supernode.index.Publisher.file;
import static praline.supernode.index.Publisher.sha1;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import praline.node.overlay.LeafIndex;
import praline.node.overlay.Question;
import praline.protocol.Bytes;
import praline.protocol.Urn;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.Query;
import praline.protocol.testing.Seeds;

/** Which of many holders of one content an answer names (spec/hardening.md I4). */
class SourcesTest {

    private static final int MOST = 1_000;

    private final KeywordIndex index = new KeywordIndex(IndexLimits.STANDARD, WireLimits.STANDARD, 7);

    /** Some of the leaves have many files and some have one copy after the other, so their numbers lie unevenly. */
    @Test
    void eachHolderIsNamedAboutEquallyOften() {
        int leaves = 100;
        int queries = 2_000;
        for (int i = 0; i < leaves; i++) {
            Publisher leaf = new Publisher(index);
            int others = i % 10 == 0 ? 700 : 0;
            for (int other = 0; other < others; other++) {
                leaf.files.put(1_000L + other, file(1_000L + other, "other " + i + " " + other));
            }
            for (int copy = 0; copy < (i % 7 == 0 ? 20 : 1); copy++) {
                leaf.files.put((long) copy, file(copy, "copy " + copy, "wanted"));
            }
            leaf.tellAll();
        }
        Map<Integer, Integer> named = new LinkedHashMap<>();
        for (int query = 0; query < queries; query++) {
            ImmutableList<LeafIndex.Match> matches = asked(index, query);
            assertThat(matches).hasSize(50);
            matches.forEach(match -> named.merge(match.leaf(), 1, Integer::sum));
        }
        assertThat(named).hasSize(leaves);
        assertThat(named.values()).as("within five deviations").allMatch(times -> Math.abs(times - 1_000) < 112);
    }

    @Test
    void atMostFiftyAreNamedAndTwoOfOneNetworkButAsManyAsThereAre() {
        Seeds.check(100, random -> {
            KeywordIndex shared = new KeywordIndex(IndexLimits.STANDARD, WireLimits.STANDARD, 7);
            int networks = 1 + random.nextInt(40);
            Map<Integer, Integer> networkOf = new LinkedHashMap<>();
            Map<Integer, Integer> leavesOf = new LinkedHashMap<>();
            for (int i = random.nextInt(150); i > 0; i--) {
                int network = random.nextInt(networks);
                Publisher leaf = new Publisher(shared, network);
                leaf.tellAll();
                leaf.tell(file(1, "some name " + i, "wanted"), file(2, "more", "wanted"));
                networkOf.put(leaf.leaf, network);
                leavesOf.merge(network, 1, Integer::sum);
            }
            int possible = leavesOf.values().stream()
                    .mapToInt(count -> Math.min(2, count))
                    .sum();
            Map<Integer, Integer> namedOf = new LinkedHashMap<>();
            ImmutableList<LeafIndex.Match> matches = asked(shared, random.nextLong());
            matches.forEach(match -> namedOf.merge(networkOf.get(match.leaf()), 1, Integer::sum));

            assertThat(matches).hasSize(Math.min(50, possible));
            assertThat(namedOf.values()).allMatch(count -> count <= 2);
        });
    }

    @Test
    void aNameThatMatchesBringsNoFurtherCopies() {
        KeywordIndex small =
                new KeywordIndex(IndexLimits.with(ImmutableMap.of("limits.index.sources", 3L)), WireLimits.STANDARD, 7);
        for (int i = 0; i < 10; i++) {
            Publisher leaf = new Publisher(small);
            leaf.tellAll();
            leaf.tell(file(1, "song", "wanted"));
        }

        Query query = Queries.either("song", sha1("wanted"));
        assertThat(small.match(new Question(query), MOST, LeafIndex.NO_LEAF)).hasSize(3);
        assertThat(small.match(new Question(Queries.words("song")), MOST, LeafIndex.NO_LEAF))
                .as("the bound is on what is asked by hash")
                .hasSize(10);
    }

    private static ImmutableList<LeafIndex.Match> asked(LeafIndex index, long guidSeed) {
        Bytes urn = Bytes.ofUtf8(Urn.sha1(sha1("wanted")).toString());
        return index.match(new Question(Queries.query("\\", urn, 0, guidSeed)), MOST, LeafIndex.NO_LEAF);
    }
}
