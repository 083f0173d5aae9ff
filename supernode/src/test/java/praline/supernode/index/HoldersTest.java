package praline.supernode.index;

import static org.assertj.core.api.Assertions.assertThat;
import static praline.supernode.index.Publisher.file;
import static praline.supernode.index.Publisher.infohash;
import static praline.supernode.index.Publisher.torrent;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import praline.node.overlay.LeafIndex.Holder;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.testing.Seeds;

/** Which leaves have the content of a torrent, as the tracker asks. */
class HoldersTest {

    private final KeywordIndex index = new KeywordIndex(IndexLimits.STANDARD, WireLimits.STANDARD, 7);

    @Test
    void aLeafHoldsWhatItPublishedWithAnInfohash() {
        Publisher first = new Publisher(index).shares();
        Publisher second = new Publisher(index).shares();
        first.tell(torrent(1, "tea", false), torrent(2, "coffee", false), file(3, "water"));
        second.tell(torrent(1, "coffee", false));

        assertThat(index.holders(infohash("tea"), 10)).containsExactly(new Holder(first.leaf, false));
        assertThat(index.holders(infohash("coffee"), 10))
                .containsExactlyInAnyOrder(new Holder(first.leaf, false), new Holder(second.leaf, false));
        assertThat(index.holders(infohash("water"), 10)).isEmpty();
        assertThat(index.holders(Publisher.sha1("tea"), 10))
                .as("a content is no torrent")
                .isEmpty();
    }

    @Test
    void aFileThatIsStillComingIsFoundByItsTorrentAndByNothingElse() {
        Publisher leaf = new Publisher(index).shares();
        leaf.tell(torrent(1, "half a song", true));

        assertThat(index.holders(infohash("half a song"), 10)).containsExactly(new Holder(leaf.leaf, true));
        assertThat(Queries.names(index, Queries.words("song"))).isEmpty();
        assertThat(Queries.names(index, Queries.hash(Publisher.sha1("half a song"))))
                .isEmpty();

        leaf.tell(torrent(1, "half a song", false));
        assertThat(index.holders(infohash("half a song"), 10)).containsExactly(new Holder(leaf.leaf, false));
        assertThat(Queries.names(index, Queries.words("song"))).hasSize(1);
    }

    @Test
    void aLeafThatHasOneContentTwiceIsNamedOnceAndAsAWholeSource() {
        Publisher leaf = new Publisher(index).shares();
        leaf.tell(torrent(1, "tea", true), torrent(2, "tea", false), torrent(3, "tea", true));

        assertThat(index.holders(infohash("tea"), 10)).containsExactly(new Holder(leaf.leaf, false));
    }

    @Test
    void whoTakesItBackOrIsGoneHoldsItNoMore() {
        Publisher staying = new Publisher(index).shares();
        Publisher leaving = new Publisher(index).shares();
        staying.tell(torrent(1, "tea", false));
        leaving.tell(torrent(1, "tea", false), torrent(2, "coffee", false));

        index.close(leaving.leaf);
        assertThat(index.holders(infohash("tea"), 10)).containsExactly(new Holder(staying.leaf, false));
        assertThat(index.holders(infohash("coffee"), 10)).isEmpty();
        staying.tell(new IndexRecord.Remove(1));
        assertThat(index.holders(infohash("tea"), 10)).isEmpty();
        assertThat(index.purge()).isFalse();
        assertThat(index.holders(infohash("tea"), 10)).isEmpty();
    }

    @Test
    void notAlwaysTheSameOnesAreLeftOut() {
        for (int i = 0; i < 200; i++) {
            new Publisher(index).shares().tell(torrent(1, "tea", false));
        }

        Set<Integer> named = new LinkedHashSet<>();
        for (int i = 0; i < 100; i++) {
            assertThat(index.holders(infohash("tea"), 20)).hasSize(20).doesNotHaveDuplicates();
            index.holders(infohash("tea"), 20).forEach(holder -> named.add(holder.leaf()));
        }
        assertThat(named).hasSizeGreaterThan(150);
    }

    @Test
    void holdersAreWhoALookAtEveryFileFinds() {
        Seeds.check(100, random -> {
            KeywordIndex any = new KeywordIndex(IndexLimits.STANDARD, WireLimits.STANDARD, random.nextLong());
            Publisher[] leaves = new Publisher[1 + random.nextInt(4)];
            for (int step = 0; step < 60; step++) {
                change(any, leaves, random);
                String content = content(random);
                Map<Integer, Boolean> found = new TreeMap<>();
                any.holders(infohash(content), 100).forEach(one -> found.put(one.leaf(), one.isPartial()));
                assertThat(found).isEqualTo(expected(leaves, content));
            }
        });
    }

    private static void change(KeywordIndex index, Publisher[] leaves, RandomGenerator random) {
        int at = random.nextInt(leaves.length);
        if (leaves[at] == null) {
            leaves[at] = new Publisher(index).shares();
        }
        Publisher leaf = leaves[at];
        switch (random.nextInt(8)) {
            case 0 -> {
                index.close(leaf.leaf);
                leaves[at] = null;
            }
            case 1 -> index.purge();
            case 2 -> leaf.tellAll();
            case 3 -> leaf.tell(new IndexRecord.Remove(random.nextInt(9)));
            case 4 -> leaf.tell(file(random.nextInt(9), content(random)));
            default -> leaf.tell(torrent(random.nextInt(9), content(random), random.nextBoolean()));
        }
    }

    private static Map<Integer, Boolean> expected(Publisher[] leaves, String content) {
        Map<Integer, Boolean> expected = new TreeMap<>();
        for (Publisher leaf : leaves) {
            if (leaf != null) {
                leaf.files.values().stream()
                        .filter(file -> infohash(content).equals(file.infohash()))
                        .forEach(file -> expected.merge(leaf.leaf, file.partial(), Boolean::logicalAnd));
            }
        }
        return expected;
    }

    private static String content(RandomGenerator random) {
        return "content " + random.nextInt(6);
    }
}
