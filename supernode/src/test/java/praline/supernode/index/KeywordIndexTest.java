package praline.supernode.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static praline.supernode.index.Publisher.file;
import static praline.supernode.index.Publisher.sha1;
import static praline.supernode.index.Queries.either;
import static praline.supernode.index.Queries.hash;
import static praline.supernode.index.Queries.names;
import static praline.supernode.index.Queries.words;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import praline.node.engine.Profile;
import praline.node.overlay.LeafIndex;
import praline.node.overlay.Question;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.HitFile;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.gnutella.IndexStatus.Status;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.QueryHit;

/** What the index answers, and for whom (spec/gnutella.md 6.4, spec/hardening.md I5 and I7). */
class KeywordIndexTest {

    private final KeywordIndex index = new KeywordIndex(IndexLimits.STANDARD, WireLimits.STANDARD, 7);

    @Test
    void everyWordOfTheQueryMustBeginAWordOfTheName() {
        new Publisher(index).shares("Praline-test_File one.txt", "Übung macht den Meister.pdf");

        assertThat(names(index, words("pral TEST"))).containsExactly("0 Praline-test_File one.txt");
        assertThat(names(index, words("one file praline"))).hasSize(1);
        assertThat(names(index, words("ubung"))).containsExactly("0 Übung macht den Meister.pdf");
        assertThat(names(index, words("raline"))).as("not from within a word").isEmpty();
        assertThat(names(index, words("praline meister")))
                .as("not from two names")
                .isEmpty();
        assertThat(names(index, words("pralines"))).as("not a longer word").isEmpty();
    }

    @Test
    void aWordGivenTwiceMustBeThereTwice() {
        new Publisher(index).shares("duran duran.mp3", "duran.mp3", "duran durango.mp3");

        assertThat(names(index, words("duran duran"))).containsExactly("0 duran duran.mp3", "0 duran durango.mp3");
        assertThat(names(index, words("duran"))).hasSize(3);
    }

    @Test
    void aTextOfSingleCharactersFindsNothingByWords() {
        new Publisher(index).shares("a b c");

        assertThat(names(index, words("a b"))).isEmpty();
        assertThat(names(index, either("a", sha1("content of a b c")))).hasSize(1);
        assertThat(names(index, words("\\"))).isEmpty();
        assertThat(names(index, words(""))).isEmpty();
    }

    @Test
    void hashOrWordsAnswerAndNothingIsNamedTwice() {
        new Publisher(index).shares("one.txt", "two.txt", "three.doc");

        assertThat(names(index, hash(sha1("content of two.txt")))).containsExactly("0 two.txt");
        assertThat(names(index, either("txt", sha1("content of two.txt")))).containsExactly("0 one.txt", "0 two.txt");
        assertThat(names(index, either("txt", sha1("content of three.doc")))).hasSize(3);
        assertThat(names(index, hash(sha1("nobody has this")))).isEmpty();
    }

    @Test
    void twoFilesOfALeafWithOneContentAreNamedOnce() {
        Publisher leaf = new Publisher(index);
        leaf.tellAll();
        leaf.tell(file(9, "copy of song.mp3", "same"), file(4, "song.mp3", "same"), file(5, "other song.mp3", "else"));
        new Publisher(index).shares("unrelated");

        assertThat(names(index, words("song"))).containsExactly("0 song.mp3", "0 other song.mp3");
        assertThat(names(index, words("copy"))).containsExactly("0 copy of song.mp3");
        assertThat(names(index, hash(sha1("same")))).containsExactly("0 song.mp3");
    }

    @Test
    void aHitSaysAllThatIsNeededToFetch() {
        Publisher leaf = new Publisher(index);
        leaf.tellAll();
        IndexRecord.Add large = new IndexRecord.Add(
                4_000_000_000L, 5_000_000_000L, sha1("a"), sha1("b"), false, Bytes.ofUtf8("large.iso"));
        leaf.tell(large);

        LeafIndex.Match match =
                Iterables.getOnlyElement(index.match(new Question(words("large")), 10, LeafIndex.NO_LEAF));
        assertThat(filesOf(match.records()))
                .containsExactly(
                        new HitFile(4_000_000_000L, 5_000_000_000L, Bytes.ofUtf8("large.iso"), sha1("a"), sha1("b")));
        assertThat(match.records().get(0).extensions().utf8())
                .startsWith("urn:sha1:" + sha1("a").base32() + "\u001curn:btih:"
                        + sha1("b").base32());
    }

    @Test
    void whoAsksDoesNotGetItsOwnFiles() {
        Publisher one = new Publisher(index).shares("song.mp3");
        Publisher two = new Publisher(index).shares("song.mp3");

        assertThat(index.match(new Question(words("song")), 10, one.leaf))
                .extracting(LeafIndex.Match::leaf)
                .containsExactly(two.leaf);
    }

    @Test
    void aPartialFileIsHeldButAnswersNothing() {
        Publisher leaf = new Publisher(index);
        leaf.tellAll();
        leaf.tell(new IndexRecord.Add(1, 10, sha1("x"), null, true, Bytes.ofUtf8("half.avi")));

        assertThat(leaf.agrees()).isTrue();
        assertThat(names(index, words("half"))).isEmpty();
        assertThat(names(index, hash(sha1("x")))).isEmpty();
    }

    @Test
    void aClosedLeafIsOutOfEveryAnswerAtOnce() {
        Publisher one = new Publisher(index).shares("song one.mp3");
        new Publisher(index).shares("song two.mp3", "song one.mp3");
        assertThat(index.size()).isEqualTo(3);

        index.close(one.leaf);

        assertThat(names(index, words("song"))).containsExactly("1 song two.mp3", "1 song one.mp3");
        assertThat(names(index, hash(sha1("content of song one.mp3")))).containsExactly("1 song one.mp3");
        assertThat(index.size()).isEqualTo(2);
        assertThatThrownBy(() -> index.held(one.leaf)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void numbersOfClosedLeavesAreUsedAgainAlsoBeforeTheyArePurged() {
        Publisher one = new Publisher(index).shares("old song.mp3");
        index.close(one.leaf);

        Publisher two = new Publisher(index).shares("new song.mp3");

        assertThat(two.leaf).isEqualTo(one.leaf);
        assertThat(names(index, words("song"))).containsExactly("0 new song.mp3");
        assertThat(index.purge()).isFalse();
        assertThat(names(index, words("song"))).containsExactly("0 new song.mp3");
        assertThat(two.agrees()).isTrue();
    }

    @Test
    void purgingGoesInBoundedSteps() {
        KeywordIndex slow = index(Map.of("limits.index.purged", 2L));
        Publisher leaf = new Publisher(slow).shares("a one", "a two", "a three", "a four", "a five");
        slow.close(leaf.leaf);

        assertThat(slow.purge()).isTrue();
        assertThat(slow.purge()).isTrue();
        assertThat(slow.purge()).isFalse();
        assertThat(slow.purge()).isFalse();
    }

    @Test
    void anAnswerStopsAtItsLimitAndDoesNotAlwaysLeaveOutTheSame() {
        for (int leaf = 0; leaf < 20; leaf++) {
            new Publisher(index).shares("song " + leaf + ".mp3");
        }
        Set<String> seen = new LinkedHashSet<>();
        for (int guid = 0; guid < 200; guid++) {
            ImmutableList<LeafIndex.Match> matches =
                    index.match(new Question(Queries.query("song", Bytes.EMPTY, 0, guid)), 3, LeafIndex.NO_LEAF);
            assertThat(Queries.count(matches)).isEqualTo(3);
            matches.forEach(match -> seen.add(match.records().get(0).name().utf8()));
        }

        assertThat(seen).hasSize(20);
    }

    @Test
    void aQueryFromFarGetsTenRecordsUnlessAnExperimentWantsAll() {
        KeywordIndex experiment = new KeywordIndex(IndexLimits.of(Profile.EXPERIMENT), WireLimits.STANDARD, 7);
        for (KeywordIndex each : new KeywordIndex[] {index, experiment}) {
            for (int leaf = 0; leaf < 30; leaf++) {
                new Publisher(each).shares("song " + leaf + ".mp3");
            }
        }

        assertThat(answerTo("song", 3, index)).isEqualTo(30);
        assertThat(answerTo("song", 4, index)).isEqualTo(10);
        assertThat(answerTo("song", 200, experiment)).isEqualTo(30);
    }

    @Test
    void longWordsAreToldApartBeyondWhatTheDictionaryKeeps() {
        String common = "donaudampfschifffahrtsgesellschaft";
        new Publisher(index).shares(common + "skapitän", common + "smütze", common);

        assertThat(names(index, words(common))).hasSize(3);
        assertThat(names(index, words(common + "s"))).hasSize(2);
        assertThat(names(index, words(common + "smütze"))).containsExactly("0 " + common + "smütze");
        assertThat(names(index, words(common + "smützen"))).isEmpty();
    }

    @Test
    void aNameIsFoundByItsFirstWordsOnly() {
        KeywordIndex short_ = index(Map.of("limits.index.words", 3L));
        new Publisher(short_).shares("one two three four");

        assertThat(names(short_, words("three"))).hasSize(1);
        assertThat(names(short_, words("four"))).isEmpty();
    }

    /** A word that begins more words than the limit gives no candidates where another word does. */
    @Test
    void aVagueWordIsComparedWithTheNamesThatAnotherWordFinds() {
        KeywordIndex narrow = index(Map.of("limits.index.expansion", 5L));
        Publisher leaf = new Publisher(narrow);
        for (int i = 0; i < 100; i++) {
            leaf.files.put((long) i, file(i, "song" + i + (i % 10 == 0 ? " rare" : " often")));
        }
        leaf.tellAll();

        assertThat(names(narrow, words("so rare"))).hasSize(10);
        assertThat(names(narrow, words("song5 often"))).hasSize(10);
        assertThat(names(narrow, words("so")))
                .as("a vague word alone")
                .isNotEmpty()
                .hasSizeLessThan(100);
    }

    @Test
    void readingCopiesOfOneContentHasAnEnd() {
        KeywordIndex hasty = index(Map.of("limits.index.recordsRead", 16L));
        Publisher leaf = new Publisher(hasty);
        for (int i = 0; i < 100; i++) {
            leaf.files.put((long) i, file(i, "song " + i, i < 50 ? "copy" : "content " + i));
        }
        leaf.tellAll();

        assertThat(names(hasty, words("song"))).isNotEmpty().hasSizeLessThanOrEqualTo(16);
    }

    @Test
    void readingNamesHasAnEnd() {
        KeywordIndex hasty = index(Map.of("limits.index.recordsRead", 16L));
        Publisher leaf = new Publisher(hasty);
        for (int i = 0; i < 100; i++) {
            leaf.files.put((long) i, file(i, "duran duran " + i));
        }
        leaf.tellAll();

        assertThat(names(hasty, words("duran duran"))).hasSize(16);
    }

    /** More documents than a part of the search looks at first; both words are frequent, and together they are rare. */
    @Test
    void frequentWordsThatSeldomMeetAreFoundWhereverTheyDo() {
        KeywordIndex large = new KeywordIndex(IndexLimits.of(Profile.EXPERIMENT), WireLimits.STANDARD, 7);
        Publisher leaf = new Publisher(large);
        for (int i = 0; i < 90_000; i++) {
            String word = i % 2 == 0 ? "alpha " : "beta ";
            leaf.files.put((long) i, file(i, word + (i % 20_011 == 0 ? "alpha beta" : "") + i));
        }
        leaf.tellAll();

        for (int guid = 0; guid < 20; guid++) {
            Query query = Queries.query("alpha beta", Bytes.EMPTY, 0, guid);
            assertThat(Queries.count(large.match(new Question(query), 200, LeafIndex.NO_LEAF)))
                    .isEqualTo(5);
            assertThat(Queries.count(large.match(new Question(query), 2, LeafIndex.NO_LEAF)))
                    .isEqualTo(2);
            Query dense = Queries.query("alph", Bytes.EMPTY, 0, guid);
            assertThat(Queries.count(large.match(new Question(dense), 200, LeafIndex.NO_LEAF)))
                    .isEqualTo(200);
        }
    }

    @Test
    @Timeout(30)
    void oneHashPublishedAgainAndAgainIsTakenAndClearedAwayInTime() {
        KeywordIndex large = new KeywordIndex(IndexLimits.of(Profile.EXPERIMENT), WireLimits.STANDARD, 7);
        Publisher leaf = new Publisher(large);
        for (int i = 0; i < 100_000; i++) {
            leaf.files.put((long) i, file(i, "" + i, "one content"));
        }
        assertThat(leaf.tellAll()).isEqualTo(Status.OK);
        assertThat(names(large, hash(sha1("one content")))).containsExactly("0 0");

        large.close(leaf.leaf);
        while (large.purge()) {
            assertThat(names(large, hash(sha1("one content")))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a\nb", "a\u0000b"})
    void aNameThatOthersWouldRefuseIsMalformed(String name) {
        Publisher leaf = new Publisher(index);
        leaf.tellAll();

        assertThat(leaf.tell(file(1, "fine"), file(2, name))).isEqualTo(Status.REFUSED_MALFORMED);
        assertThat(index.size()).isZero();
    }

    @Test
    void theNumberThatOthersRefuseIsMalformed() {
        Publisher leaf = new Publisher(index);
        leaf.tellAll();

        assertThat(leaf.tell(file(0xFFFF_FFFFL, "name"))).isEqualTo(Status.REFUSED_MALFORMED);
        assertThat(leaf.tellAll()).isEqualTo(Status.REFUSED_MALFORMED);
    }

    private static KeywordIndex index(Map<String, Long> overrides) {
        return new KeywordIndex(IndexLimits.with(overrides), WireLimits.STANDARD, 7);
    }

    private static int answerTo(String text, int hops, KeywordIndex asked) {
        return Queries.count(
                asked.match(new Question(Queries.query(text, Bytes.EMPTY, hops, 1)), 200, LeafIndex.NO_LEAF));
    }

    private static ImmutableList<HitFile> filesOf(ImmutableList<HitRecord> records) {
        Endpoint somewhere = Endpoint.ofIpv4(0x7F000001, 1);
        QueryHit hit = new QueryHit(Guid.ZERO, 1, 0, somewhere, 0, records, Bytes.EMPTY, Guid.ZERO);
        return HitFile.of(hit, WireLimits.STANDARD);
    }
}
