package praline.supernode.index;

import static org.assertj.core.api.Assertions.assertThat;
import static praline.supernode.index.Publisher.file;
import static praline.supernode.index.Queries.names;
import static praline.supernode.index.Queries.words;

import com.google.common.collect.ImmutableList;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import praline.node.engine.Profile;
import praline.node.overlay.LeafIndex;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.gnutella.IndexStatus.Status;
import praline.protocol.testing.Seeds;

/** The leader's side of index publication (spec/praline.md section 2, spec/hardening.md I1 and I6). */
class PublicationTest {

    private final KeywordIndex index = index(Map.of());

    @Test
    void aSnapshotReplacesWhatWasHeld() {
        Publisher leaf = new Publisher(index).shares("old one", "old two");
        leaf.files.clear();
        leaf.files.put(2L, file(2, "new"));

        assertThat(leaf.tellAll()).isEqualTo(Status.OK);

        assertThat(leaf.agrees()).isTrue();
        assertThat(index.size()).isEqualTo(1);
        assertThat(names(index, words("old"))).isEmpty();
        assertThat(names(index, words("new"))).containsExactly("0 new");
    }

    @Test
    void anEmptyLibraryIsOneEmptyBatch() {
        Publisher leaf = new Publisher(index).shares("something");
        leaf.files.clear();

        assertThat(leaf.tellAll()).isEqualTo(Status.OK);

        assertThat(index.held(leaf.leaf)).isEqualTo(new LeafIndex.Held(2, 1, 0, 0));
    }

    @Test
    void anAddOfAHeldFileReplacesItAndARemoveOfAnUnknownOneIsIgnored() {
        Publisher leaf = new Publisher(index).shares("first name");

        assertThat(leaf.tell(file(1, "second name"), new IndexRecord.Remove(99)))
                .isEqualTo(Status.OK);

        assertThat(leaf.agrees()).isTrue();
        assertThat(names(index, words("name"))).containsExactly("0 second name");
        assertThat(index.held(leaf.leaf).seq()).isEqualTo(2);
    }

    @Test
    void inOneBatchTheLastWordOnAFileCounts() {
        Publisher leaf = new Publisher(index).shares("one");

        leaf.tell(
                new IndexRecord.Remove(1),
                file(1, "two"),
                file(2, "gone"),
                new IndexRecord.Remove(2),
                file(1, "three"));

        assertThat(leaf.agrees()).isTrue();
        assertThat(names(index, words("three"))).hasSize(1);
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void aGapAndAnotherEpochAskForEverythingAgain() {
        Publisher leaf = new Publisher(index).shares("one");
        leaf.forgetToTell(file(2, "two"));
        assertThat(leaf.tell(file(3, "three"))).as("a gap").isEqualTo(Status.RESYNC);
        assertThat(index.size()).as("what was refused changed nothing").isEqualTo(1);

        assertThat(leaf.tellAll()).isEqualTo(Status.OK);
        assertThat(leaf.agrees()).isTrue();

        leaf.epoch++;
        assertThat(leaf.tell(file(4, "four"))).as("another epoch").isEqualTo(Status.RESYNC);
        leaf.epoch--;
        leaf.seq -= 2;
        assertThat(leaf.tell(file(4, "four"))).as("the same number again").isEqualTo(Status.RESYNC);
    }

    @Test
    void nothingIsTakenBeforeASnapshotHasBegun() {
        Publisher leaf = new Publisher(index);

        assertThat(leaf.tell(file(1, "one"))).isEqualTo(Status.RESYNC);
        assertThat(leaf.send(true, true, ImmutableList.of()))
                .as("a snapshot that begins at 2")
                .isEqualTo(Status.RESYNC);
        assertThat(leaf.tellAll()).isEqualTo(Status.OK);
    }

    @Test
    void aSnapshotInManyBatchesCounts() {
        Publisher leaf = new Publisher(index);
        for (int i = 0; i < 1_000; i++) {
            leaf.files.put((long) i, file(i, "file number " + i));
        }

        assertThat(leaf.tellAll()).isEqualTo(Status.OK);

        assertThat(leaf.agrees()).isTrue();
        assertThat(index.held(leaf.leaf).seq()).isEqualTo(4);
        assertThat(names(index, words("number 77")))
                .containsExactly(
                        "0 file number 77",
                        "0 file number 770",
                        "0 file number 771",
                        "0 file number 772",
                        "0 file number 773",
                        "0 file number 774",
                        "0 file number 775",
                        "0 file number 776",
                        "0 file number 777",
                        "0 file number 778",
                        "0 file number 779");
    }

    @Test
    void moreRecordsThanALeafMayHoldAreRefusedAndChangeNothing() {
        KeywordIndex small = index(Map.of("limits.index.leafRecords", 3L));
        Publisher leaf = new Publisher(small).shares("one", "two", "three");

        assertThat(leaf.tell(file(4, "four"))).isEqualTo(Status.REFUSED_LIMIT);
        assertThat(small.size()).isEqualTo(3);
        leaf.seq--;
        leaf.files.remove(4L);
        assertThat(leaf.tell(file(5, "five"), new IndexRecord.Remove(1), file(2, "zwei")))
                .as("three again")
                .isEqualTo(Status.OK);
        assertThat(leaf.agrees()).isTrue();
        assertThat(new Publisher(small).shares("another leaf's").agrees()).isTrue();
    }

    @Test
    void moreBytesThanALeafMayHoldAreRefused() {
        KeywordIndex small = index(Map.of("limits.index.leafBytes", 1_024L));
        Publisher leaf = new Publisher(small);
        leaf.tellAll();
        Status status = Status.OK;
        int records = 0;
        while (status == Status.OK) {
            status = leaf.tell(file(++records, "a name of some length"));
        }

        assertThat(status).isEqualTo(Status.REFUSED_LIMIT);
        assertThat(records).isBetween(10, 17);
    }

    @Test
    void moreBytesThanTheNodeMayHoldAreRefusedUntilSomebodyLeaves() {
        KeywordIndex small = index(Map.of("limits.index.nodeBytes", 1_500L));
        Publisher one = new Publisher(small);
        for (int i = 0; i < 12; i++) {
            one.files.put((long) i, file(i, "a name of some length " + i));
        }
        assertThat(one.tellAll()).isEqualTo(Status.OK);
        Publisher two = new Publisher(small);
        two.files.putAll(one.files);
        assertThat(two.tellAll()).isEqualTo(Status.REFUSED_LIMIT);

        small.close(one.leaf);
        assertThat(two.tellAll()).as("not yet purged").isEqualTo(Status.REFUSED_LIMIT);
        small.purge();
        assertThat(two.tellAll()).isEqualTo(Status.OK);
    }

    @Test
    void twoThousandRecordsASecondAndABurstAreTakenAndNoMore() {
        Publisher leaf = new Publisher(index);
        leaf.now = 5_000;
        ImmutableList<IndexRecord> batch = batch(200);
        leaf.epoch = 1;
        assertThat(leaf.send(true, false, batch)).isEqualTo(Status.OK);
        for (int i = 1; i < 100; i++) {
            assertThat(leaf.send(false, false, batch)).as("batch %d", i).isEqualTo(Status.OK);
        }
        assertThat(leaf.send(false, false, batch)).as("the burst is used up").isEqualTo(Status.REFUSED_LIMIT);

        leaf.seq--;
        leaf.now += 99;
        assertThat(leaf.send(false, false, batch)).isEqualTo(Status.REFUSED_LIMIT);
        leaf.seq--;
        leaf.now += 1;
        assertThat(leaf.send(false, false, batch))
                .as("a tenth of a second later")
                .isEqualTo(Status.OK);
    }

    @Test
    void inTheLaboratoryRatesAreWider() {
        KeywordIndex lab = new KeywordIndex(IndexLimits.of(Profile.LAB), WireLimits.STANDARD, 7);
        Publisher leaf = new Publisher(lab);
        leaf.epoch = 1;
        ImmutableList<IndexRecord> batch = batch(200);
        leaf.send(true, false, batch);
        for (int i = 1; i < 1_000; i++) {
            assertThat(leaf.send(false, false, batch)).isEqualTo(Status.OK);
        }
    }

    /** Leaves change their files, batches get lost, leaves come and go; whoever is told to resync does so. */
    @Test
    void afterAnySequenceLeafAndLeaderHoldTheSame() {
        Seeds.check(200, random -> {
            KeywordIndex shared = new KeywordIndex(IndexLimits.of(Profile.EXPERIMENT), WireLimits.STANDARD, 7);
            Publisher[] leaves = new Publisher[1 + random.nextInt(5)];
            for (int step = 0; step < 100; step++) {
                int at = random.nextInt(leaves.length);
                if (leaves[at] == null) {
                    leaves[at] = new Publisher(shared).shares("one", "two", "three");
                }
                act(random, leaves[at]);
                if (random.nextInt(20) == 0) {
                    shared.close(leaves[at].leaf);
                    leaves[at] = null;
                }
                if (random.nextInt(10) == 0) {
                    shared.purge();
                }
            }
            int records = 0;
            for (Publisher leaf : leaves) {
                if (leaf != null) {
                    settle(leaf);
                    assertThat(leaf.agrees()).isTrue();
                    records += leaf.files.size();
                }
            }
            assertThat(shared.size()).isEqualTo(records);
        });
    }

    private static void act(RandomGenerator random, Publisher leaf) {
        IndexRecord[] changes = new IndexRecord[random.nextInt(6)];
        for (int i = 0; i < changes.length; i++) {
            long number = random.nextInt(20);
            changes[i] = random.nextInt(3) == 0
                    ? new IndexRecord.Remove(number)
                    : file(number, "name " + random.nextInt(10), "content " + random.nextInt(5));
        }
        switch (random.nextInt(8)) {
            case 0 -> leaf.forgetToTell(changes);
            case 1 -> leaf.tellAll();
            case 2 ->
                assertThat(leaf.send(false, false, ImmutableList.of(file(3, "no\nname"))))
                        .isIn(Status.REFUSED_MALFORMED, Status.RESYNC);
            default -> {
                if (leaf.tell(changes) == Status.RESYNC) {
                    leaf.tellAll();
                }
            }
        }
    }

    /** What the comparison every ten minutes does. */
    private static void settle(Publisher leaf) {
        if (!leaf.agrees()) {
            leaf.tellAll();
        }
    }

    private static ImmutableList<IndexRecord> batch(int count) {
        ImmutableList.Builder<IndexRecord> records = ImmutableList.builder();
        for (int i = 0; i < count; i++) {
            records.add(file(i, "file " + i));
        }
        return records.build();
    }

    private static KeywordIndex index(Map<String, Long> overrides) {
        return new KeywordIndex(IndexLimits.with(overrides), WireLimits.STANDARD, 7);
    }
}
