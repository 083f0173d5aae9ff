package praline.lab.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import praline.node.engine.Block;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.SplitMix64;
import praline.protocol.bittorrent.AnnounceReply;
import praline.protocol.bittorrent.AnnounceRequest;
import praline.protocol.bittorrent.AnnounceRequest.Event;
import praline.protocol.bittorrent.ContentTorrent;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/** A disk and a tracker that hold no bytes answer as real ones do. */
class ModelDiskTest {

    private static final int PIECE = ContentTorrent.PIECE_LENGTH_MIN;
    private static final int BLOCKS = PIECE / 16_384;
    /** Two whole pieces and one of a single byte. */
    private static final TorrentInfo INFO = TorrentInfo.of(
            new ContentTorrent(Sha1.digestOf(new byte[0]), 2 * PIECE + 1, Bytes.copyOf(new byte[3 * Sha1.SIZE])));

    private static final Sha1 TORRENT = INFO.infohash();

    private final ModelTracker tracker = new ModelTracker(20, new SplitMix64(1));
    private final ModelDisk disk = new ModelDisk(Endpoint.ofIpv4(1, 6_346), tracker);

    private static Job.StorePiece store(int piece, int badBlock) {
        ImmutableList<Block> blocks = IntStream.range(0, INFO.blockCount(piece))
                .mapToObj(i -> new VirtualBlock(Math.min(16_384, INFO.pieceSize(piece)), i != badBlock))
                .collect(ImmutableList.toImmutableList());
        return new Job.StorePiece(TORRENT, piece, blocks, true);
    }

    private static Bytes bits(int bits) {
        return Bytes.copyOf(new byte[] {(byte) bits});
    }

    private JobResult open() {
        return disk.perform(new Job.OpenTorrent(INFO, null));
    }

    @Test
    void piecesThatWereStoredAreThereForWhoeverOpensTheTorrentAgain() {
        assertThat(open()).isEqualTo(new JobResult.TorrentOpened(bits(0), bits(0), false));
        assertThat(disk.perform(store(0, -1))).isInstanceOf(JobResult.PieceStored.class);
        assertThat(disk.perform(store(2, -1))).isInstanceOf(JobResult.PieceStored.class);

        assertThat(open()).isEqualTo(new JobResult.TorrentOpened(bits(0b1010_0000), bits(0), false));
        assertThat(disk.perform(new Job.CheckPiece(TORRENT, 1))).isEqualTo(new JobResult.PieceChecked(false));
        assertThat(disk.perform(new Job.FindTorrent(TORRENT))).isEqualTo(new JobResult.Described(INFO));
    }

    @Test
    void onlyAWholeTorrentIsFinished() {
        open();
        assertThat(disk.perform(new Job.FinishTorrent(TORRENT, null, null))).isInstanceOf(JobResult.Failed.class);
        IntStream.range(0, 3).forEach(piece -> disk.perform(store(piece, -1)));
        assertThat(disk.isFinished(TORRENT)).isFalse();

        assertThat(disk.perform(new Job.FinishTorrent(TORRENT, null, null))).isInstanceOf(JobResult.Finished.class);
        assertThat(disk.isFinished(TORRENT)).isTrue();
    }

    @Test
    void aBadBlockSpoilsItsPieceAndIsToldByItsHash() {
        open();
        JobResult.PieceWrong first = (JobResult.PieceWrong) disk.perform(store(0, 3));
        JobResult.PieceWrong second = (JobResult.PieceWrong) disk.perform(store(0, 3));
        assertThat(disk.pieces(TORRENT)).isZero();
        JobResult.PieceStored right = (JobResult.PieceStored) disk.perform(store(0, -1));

        assertThat(first.blocks()).hasSize(BLOCKS).doesNotHaveDuplicates();
        for (int i = 0; i < BLOCKS; i++) {
            assertThat(first.blocks().get(i).equals(second.blocks().get(i))).isEqualTo(i != 3);
            assertThat(first.blocks().get(i).equals(right.blocks().get(i))).isEqualTo(i != 3);
        }
    }

    @Test
    void aBlockIsReleasedOnce() {
        open();
        Job.StorePiece store = store(0, -1);
        disk.perform(store);

        assertThatThrownBy(() -> store.blocks().get(0).release()).hasMessageContaining("released twice");
    }

    @Test
    void whatIsSharedOrFilledInIsThere() {
        BitSet middle = new BitSet();
        middle.set(1);
        disk.fill(INFO, middle);
        assertThat(open()).isEqualTo(new JobResult.TorrentOpened(bits(0b0100_0000), bits(0), false));

        assertThat(disk.perform(new Job.OpenTorrent(INFO, ModelDisk.shared(INFO))))
                .isEqualTo(new JobResult.TorrentOpened(bits(0b1110_0000), bits(0), true));
        assertThat(disk.perform(new Job.DescribeShared(ModelDisk.shared(INFO))))
                .isEqualTo(new JobResult.Described(INFO));
    }

    @Test
    void jobsTakeTheirTimeOneAfterAnother() {
        open();
        assertThat(disk.doneAt(new Job.CloseTorrent(TORRENT), 100)).isEqualTo(101);
        for (int i = 0; i < 20; i++) {
            disk.doneAt(store(0, -1), 100);
        }

        // 20 pieces of 262,144 bytes at 500 MB/s.
        assertThat(disk.doneAt(new Job.CloseTorrent(TORRENT), 100)).isEqualTo(111);
        assertThat(disk.doneAt(new Job.CloseTorrent(TORRENT), 500)).isEqualTo(501);
    }

    @Test
    void aDownloadIsRightIfAllItsBlocksAre() {
        for (boolean isGood : new boolean[] {false, true}) {
            assertThat(disk.perform(new Job.OpenDownload(TORRENT, 200))).isEqualTo(new JobResult.Opened(0, 200));
            disk.perform(new Job.StoreBlock(TORRENT, 0, new VirtualBlock(100, isGood)));
            assertThat(disk.perform(new Job.OpenDownload(TORRENT, Job.SIZE_UNKNOWN)))
                    .isEqualTo(new JobResult.Opened(100, 200));
            disk.perform(new Job.StoreBlock(TORRENT, 100, new VirtualBlock(100, true)));

            JobResult finished = disk.perform(new Job.FinishDownload(TORRENT, RemoteText.of("name")));
            assertThat(finished instanceof JobResult.Finished).isEqualTo(isGood);
        }
    }

    @Test
    void aTrackerNamesThoseWhoAnnouncedBefore() {
        assertThat(announce(1, Event.STARTED, 10).peers()).isEmpty();
        assertThat(announce(2, Event.STARTED, 0).peers()).containsExactly(Endpoint.ofIpv4(1, 7_001));
        assertThat(announce(3, Event.STOPPED, 10).peers()).hasSize(2);

        AnnounceReply reply = announce(1, Event.NONE, 10);
        assertThat(reply.peers()).containsExactly(Endpoint.ofIpv4(1, 7_002));
        assertThat(reply.seeds()).isEqualTo(1);
        assertThat(reply.leechers()).isEqualTo(1);
    }

    @Test
    void ofManyPeersATrackerNamesAsManyAsWanted() {
        IntStream.rangeClosed(1, 300).forEach(port -> announce(port, Event.STARTED, 1));
        Job.Announce job = new Job.Announce(ModelTracker.URL, request(400, Event.NONE, 1, 30));

        AnnounceReply reply = ((JobResult.Announced) disk.perform(job)).reply();
        assertThat(reply.peers()).hasSize(30).doesNotHaveDuplicates();
        assertThat(announce(401, Event.NONE, 1).peers()).hasSize(50);
        assertThat(disk.doneAt(job, 100)).isEqualTo(120);
    }

    private AnnounceReply announce(int peer, Event event, long left) {
        Job job = new Job.Announce(ModelTracker.URL, request(peer, event, left, -1));
        return ((JobResult.Announced) disk.perform(job)).reply();
    }

    private static AnnounceRequest request(int peer, Event event, long left, int wanted) {
        return new AnnounceRequest(TORRENT, Bytes.copyOf(new byte[20]), 7_000 + peer, 0, 0, left, event, 0, wanted);
    }
}
