package praline.node.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import praline.node.engine.Profile;
import praline.node.swarm.SwarmListener.Obstacle;
import praline.protocol.bittorrent.AnnounceRequest.Event;
import praline.protocol.bittorrent.TorrentInfo;

/** Swarms of whole engines, in which peers lie, vanish and die, disks fill and trackers fail. */
class SwarmFaultsTest {

    private static final int MINUTE = 60_000;
    private static final String TRACKER = "http://tracker.example/announce";

    @Test
    void aFileComesFromOnePeer() {
        SwarmWorld world = new SwarmWorld(1);
        TorrentInfo torrent = world.torrent(50);
        WorldNode seed = world.addSeed(1, torrent);
        WorldNode leech = world.add(2);
        leech.fetch(torrent, seed);
        world.runUntil(leech::isDone, MINUTE);

        assertThat(leech.heard.pieces.cardinality()).isEqualTo(50);
        assertThat(seed.blocksGiven).isEqualTo(50 * 4);
        world.runUntil(() -> world.blocksAlive == 0, MINUTE);
    }

    @Test
    void peersThatTheTrackerBringsTogetherServeEachOther() {
        SwarmWorld world = new SwarmWorld(2);
        TorrentInfo torrent = world.torrent(200);
        world.tracker(TRACKER);
        WorldNode seed = world.add(1);
        seed.disk.put(torrent);
        seed.upRate = 1_000_000;
        seed.fetchFrom(torrent, TRACKER);
        List<WorldNode> leeches = new ArrayList<>();
        for (int i = 2; i <= 11; i++) {
            WorldNode leech = world.add(i);
            leech.upRate = 1_000_000;
            leech.fetchFrom(torrent, TRACKER);
            leeches.add(leech);
        }
        world.runUntil(() -> leeches.stream().allMatch(WorldNode::isDone), 10 * MINUTE);
        world.runFor(1_000);

        assertThat(seed.blocksGiven).as("of the 8,000 blocks that are taken").isLessThan(3_000);
        assertThat(world.tracker(TRACKER).count(Event.STARTED)).isEqualTo(11);
        assertThat(world.tracker(TRACKER).count(Event.COMPLETED)).isEqualTo(10);
    }

    @Test
    void theOnlySeedMayBeOneThatNobodyCanDial() {
        SwarmWorld world = new SwarmWorld(9);
        TorrentInfo torrent = world.torrent(50);
        world.tracker(TRACKER).intervalSeconds = 1_800;
        WorldNode seed = world.add(SwarmConfig.standard(SwarmWorld.endpoint(1), Profile.INTERNET));
        seed.isFirewalled = true;
        seed.engine().beFirewalled();
        seed.disk.put(torrent);
        seed.fetchFrom(torrent, TRACKER);
        world.runFor(MINUTE);
        WorldNode leech = world.add(SwarmConfig.standard(SwarmWorld.endpoint(2), Profile.INTERNET));
        leech.fetchFrom(torrent, TRACKER);

        world.runUntil(leech::isDone, 3 * MINUTE);

        world.runFor(30 * MINUTE);
        assertThat(world.tracker(TRACKER).announces).as("in 32 minutes").hasSizeLessThan(80);
    }

    @Test
    void aMagnetLinkIsEnough() {
        SwarmWorld world = new SwarmWorld(3);
        TorrentInfo torrent = world.torrent(2_000);
        WorldNode seed = world.addSeed(1, torrent);
        WorldNode leech = world.add(2);
        leech.fetchByHash(torrent.infohash(), seed);
        long took = world.runUntil(() -> leech.heard.metadata != null, MINUTE);
        world.runUntil(leech::isDone, 10 * MINUTE);

        assertThat(leech.heard.metadata.info()).isEqualTo(torrent.info());
        assertThat(took).as("ms, with 5 ms from end to end").isLessThan(100);
    }

    /**
     * S2, S3: whoever sends a wrong block is banned, nobody else is, and the file arrives nearly as fast as without.
     */
    @Test
    void liarsAmongHonestPeersAreBannedAndTheFileArrives() {
        long[] millis = new long[2];
        int[] caught = {0};
        SwarmWorld.each(20, (world, random) -> {
            TorrentInfo torrent = world.torrent(100);
            WorldNode[] peers = new WorldNode[9];
            for (int i = 0; i < peers.length; i++) {
                peers[i] = world.addSeed(i + 1, torrent);
                peers[i].upRate = 200_000;
            }
            WorldNode clean = world.add(50);
            clean.fetch(torrent, Arrays.copyOfRange(peers, 3, 9));
            millis[0] += world.runUntil(clean::isDone, 30 * MINUTE);
            clean.kill();

            for (int liar = 0; liar < 3; liar++) {
                lieSometimes(peers[liar], 1 + random.nextInt(10), random);
            }
            WorldNode leech = world.add(51);
            leech.fetch(torrent, peers);
            millis[1] += world.runUntil(leech::isDone, 30 * MINUTE);
            assertThat(leech.thrownOut).isSubsetOf(peers[0].endpoint, peers[1].endpoint, peers[2].endpoint);
            assertThat(leech.disk.pieces(torrent)).isEqualTo(100);
            caught[0] += leech.thrownOut.size();
        });

        assertThat(caught[0]).as("liars that were thrown out, of 60").isGreaterThan(20);
        assertThat(millis[1] / (double) millis[0])
                .as("with three liars beside six, to the six alone")
                .isLessThan(1.5);
    }

    @Test
    void aLiarAloneIsBannedAtOnce() {
        SwarmWorld world = new SwarmWorld(4);
        TorrentInfo torrent = world.torrent(20);
        WorldNode liar = world.addSeed(1, torrent);
        liar.giving = (piece, begin, to) -> 1;
        WorldNode leech = world.add(2);
        leech.fetch(torrent, liar);
        world.runFor(5 * MINUTE);

        assertThat(leech.heard.pieces.isEmpty()).isTrue();
        assertThat(leech.thrownOut).containsExactly(liar.endpoint);
        assertThat(liar.status().peers()).isEmpty();
        assertThat(liar.blocksGiven)
                .as("no more than was asked for before the first piece failed")
                .isLessThan(81);
    }

    /** V13: the download goes on by itself as soon as one source is there again. */
    @Test
    void aDownloadGoesOnWhenTheOnlySourceComesBack() {
        SwarmWorld world = new SwarmWorld(5);
        TorrentInfo torrent = world.torrent(100);
        WorldNode seed = world.addSeed(1, torrent);
        seed.upRate = 500_000;
        WorldNode leech = world.add(2);
        leech.fetch(torrent, seed);
        world.runUntil(() -> leech.heard.pieces.cardinality() > 20, MINUTE);
        seed.vanish();
        world.runFor(10 * MINUTE);
        int piecesBefore = leech.heard.pieces.cardinality();
        assertThat(leech.isDone()).isFalse();
        assertThat(leech.heard.obstacles).contains(Obstacle.NO_PEER);
        seed.comeBack();
        world.runUntil(leech::isDone, 2 * MINUTE);

        assertThat(piecesBefore).isLessThan(100);
        assertThat(leech.heard.pieces.cardinality()).isEqualTo(100);
    }

    /** S7: a peer that stands still without a word does not hold up the others' pieces. */
    @Test
    void aPeerThatFallsSilentHoldsUpNobody() {
        SwarmWorld world = new SwarmWorld(6);
        TorrentInfo torrent = world.torrent(100);
        WorldNode silent = world.addSeed(1, torrent);
        WorldNode seed = world.addSeed(2, torrent);
        silent.upRate = 300_000;
        seed.upRate = 300_000;
        WorldNode leech = world.add(3);
        leech.fetch(torrent, silent, seed);
        world.runUntil(() -> leech.heard.pieces.cardinality() > 20, MINUTE);
        silent.isSilent = true;
        long took = world.runUntil(leech::isDone, 5 * MINUTE);

        assertThat(took).as("ms for 5 MB at 300 KB/s, and one snubbing").isLessThan(60_000);
    }

    /** D5: only the download pauses, and goes on as soon as there is room. */
    @Test
    void aFullDiskPausesTheDownloadUntilThereIsRoom() {
        SwarmWorld world = new SwarmWorld(7);
        TorrentInfo torrent = world.torrent(40);
        WorldNode seed = world.addSeed(1, torrent);
        WorldNode leech = world.add(2);
        leech.disk.room = 10 * SwarmWorld.PIECE;
        leech.fetch(torrent, seed);
        world.runFor(5 * MINUTE);
        assertThat(leech.disk.pieces(torrent)).isEqualTo(10);
        assertThat(leech.heard.obstacles).contains(Obstacle.DISK_FULL);
        assertThat(leech.heard.failures).isEmpty();
        leech.disk.room = Long.MAX_VALUE;
        world.runUntil(leech::isDone, 2 * MINUTE);
        world.runUntil(() -> world.blocksAlive == 0, MINUTE);
    }

    /** D2: what was verified is not fetched twice. The disk refuses a piece that is stored again. */
    @Test
    void aDownloadThatIsKilledTenTimesFetchesNoPieceTwice() {
        SwarmWorld.each(10, (world, random) -> {
            TorrentInfo torrent = world.torrent(150);
            WorldNode seed = world.addSeed(1, torrent);
            seed.upRate = 2_000_000;
            WorldNode leech = world.add(2);
            leech.fetch(torrent, seed);
            for (int life = 0; life < 10; life++) {
                world.runFor(random.nextInt(1_000));
                leech.heard.pieces.clear();
                leech.kill();
                world.runFor(random.nextInt(2_000));
                leech.startUp();
                leech.fetch(torrent, seed);
            }
            world.runUntil(leech::isDone, 10 * MINUTE);
            assertThat(leech.disk.pieces(torrent)).isEqualTo(150);
        });
    }

    @Test
    void piecesThatAreUnsureAfterAPowerFailureAreCheckedFirst() {
        SwarmWorld world = new SwarmWorld(8);
        TorrentInfo torrent = world.torrent(30);
        WorldNode seed = world.addSeed(1, torrent);
        WorldNode leech = world.add(2);
        for (int piece = 0; piece < 20; piece++) {
            leech.disk.put(torrent, piece);
        }
        leech.disk.makeUnsure(torrent, 3, true);
        leech.disk.makeUnsure(torrent, 4, false);
        leech.fetch(torrent, seed);
        world.runUntil(leech::isDone, MINUTE);

        assertThat(leech.heard.piecesAtFirst).isEqualTo(19);
        assertThat(seed.blocksGiven).isEqualTo(11 * 4);
    }

    @Test
    void aTrackerThatHangsAndOneThatLiesHoldUpNobody() {
        SwarmWorld world = new SwarmWorld(9);
        TorrentInfo torrent = world.torrent(30);
        String hanging = "http://hanging.example/announce";
        world.tracker(hanging).isHanging = true;
        world.tracker(TRACKER).lies =
                ImmutableList.of(SwarmWorld.endpoint(200), SwarmWorld.endpoint(201), SwarmWorld.endpoint(2));
        WorldNode seed = world.add(1);
        seed.disk.put(torrent);
        seed.fetchFrom(torrent, TRACKER);
        WorldNode leech = world.add(2);
        leech.fetchFrom(torrent, hanging, TRACKER);

        world.runUntil(leech::isDone, MINUTE);
    }

    /** Each run is printed by its seed alone; a second run in the same machine must not differ. */
    @Test
    void aRunIsAFunctionOfItsSeed() {
        assertThat(fingerprint(11)).isEqualTo(fingerprint(11)).isNotEqualTo(fingerprint(12));
    }

    private static long fingerprint(long seed) {
        SwarmWorld world = new SwarmWorld(seed);
        TorrentInfo torrent = world.torrent(40);
        WorldNode first = world.addSeed(1, torrent);
        first.upRate = 1_000_000;
        List<WorldNode> leeches = new ArrayList<>();
        for (int i = 2; i <= 8; i++) {
            WorldNode leech = world.add(i);
            leech.upRate = 500_000L * i;
            leech.fetch(torrent, first);
            leeches.add(leech);
        }
        world.runUntil(() -> leeches.stream().allMatch(WorldNode::isDone), 10 * MINUTE);
        return world.fingerprint();
    }

    private static void lieSometimes(WorldNode node, int oneIn, RandomGenerator random) {
        node.giving = (piece, begin, to) -> random.nextInt(oneIn) == 0 ? 1 + random.nextInt(1_000) : WorldBlock.RIGHT;
    }
}
