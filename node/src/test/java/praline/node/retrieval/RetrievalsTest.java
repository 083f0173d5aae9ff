package praline.node.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import praline.node.engine.Profile;
import praline.node.swarm.SwarmListener;
import praline.node.transfer.TransferListener;
import praline.node.transfer.Wanted;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.ContentTorrent;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/** Which way a content comes, whom that is told, and when more sources are looked for. */
class RetrievalsTest {

    private static final int MINUTE = 60_000;
    private static final int PIECE = ContentTorrent.PIECE_LENGTH_MIN;
    private static final long SIZE = 3L * PIECE;
    private static final Sha1 CONTENT = Sha1.digestOf(new byte[] {1});
    private static final TorrentInfo TORRENT = torrent(CONTENT, 1);
    /** Of the right form, with other pieces: only the bytes show that it is a lie. */
    private static final TorrentInfo LIE = torrent(CONTENT, 2);

    private static final Sha1 UNKNOWN = Sha1.digestOf(new byte[] {2});

    private final HandPort port = new HandPort();
    private final List<String> heard = new ArrayList<>();
    private final TransferListener news = new TransferListener() {
        @Override
        public void onProgress(Sha1 sha1, long stored, long size) {
            heard.add("has " + stored + " of " + size);
        }

        @Override
        public void onDone(Sha1 sha1, String path) {
            heard.add("done " + path);
        }

        @Override
        public void onFailed(Sha1 sha1, String reason) {
            heard.add("failed " + reason);
        }

        @Override
        public void onWaiting(Sha1 sha1, Obstacle obstacle, String text) {
            heard.add(obstacle.toString());
        }
    };

    private final Retrievals retrievals =
            new Retrievals(port, RetrievalLimits.STANDARD, Profile.INTERNET, news, SwarmListener.NONE);
    private final SwarmListener swarm = retrievals.swarmNews();
    private final TransferListener transfer = retrievals.transferNews();

    @Test
    void aSourceThatNamesATorrentIsMetInItsSwarm() {
        fetch(peer(1, TORRENT.infohash()), plain(2));

        assertThat(port.torrents).containsOnlyKeys(TORRENT.infohash());
        assertThat(port.torrents.get(TORRENT.infohash()).content()).isEqualTo(CONTENT);
        assertThat(port.torrents.get(TORRENT.infohash()).trackers()).isEqualTo(port.trackers());
        assertThat(port.peers.get(TORRENT.infohash())).containsExactly(at(1));
        assertThat(port.ranges.get(TORRENT.infohash())).containsExactly(at(2));
        assertThat(port.transfers).isEmpty();
    }

    @Test
    void progressAndTheEndAreToldAsOfAnyDownload() {
        fetch(peer(1, TORRENT.infohash()));
        swarm.onMetadata(TORRENT.infohash(), TORRENT);
        swarm.onReady(TORRENT.infohash(), TORRENT, 0);
        port.settle();
        assertThat(port.partial).isEmpty();
        swarm.onPiece(TORRENT.infohash(), 2, 1);
        port.settle();
        assertThat(port.partial).containsExactly(CONTENT);
        assertThat(retrievals.status()).hasSize(1).allMatch(status -> status.stored() == PIECE);
        swarm.onDone(TORRENT.infohash(), "/finished/x");
        port.settle();

        assertThat(heard).containsExactly("has 0 of " + SIZE, "has " + PIECE + " of " + SIZE, "done /finished/x");
        assertThat(port.whole).containsExactly("/finished/x");
        assertThat(port.torrents).as("it goes on giving").containsOnlyKeys(TORRENT.infohash());
        assertThat(retrievals.status()).isEmpty();
    }

    @Test
    void withoutATorrentItComesByHttpAndASwarmTakesOver() {
        fetch(plain(1));
        assertThat(port.transfers).containsOnlyKeys(CONTENT);

        retrievals.addSources(CONTENT, List.of(peer(2, TORRENT.infohash())));

        assertThat(port.transfers).isEmpty();
        assertThat(port.peers.get(TORRENT.infohash())).containsExactly(at(2));
        assertThat(port.ranges.get(TORRENT.infohash())).containsExactly(at(1));
    }

    @Test
    void aTorrentOfAnotherFormIsGivenUpWhenItIsDescribed() {
        TorrentInfo other = torrent(UNKNOWN, 1);
        fetch(peer(1, other.infohash()), peer(2, TORRENT.infohash()));
        assertThat(port.torrents).containsOnlyKeys(other.infohash());

        swarm.onMetadata(other.infohash(), other);
        port.settle();

        assertThat(port.torrents).containsOnlyKeys(TORRENT.infohash());
    }

    @Test
    void aTorrentThatBringsOtherBytesIsGivenUpForTheNext() {
        fetch(peer(1, LIE.infohash()), peer(2, TORRENT.infohash()));
        swarm.onMetadata(LIE.infohash(), LIE);
        swarm.onReady(LIE.infohash(), LIE, 2);
        swarm.onWaiting(LIE.infohash(), SwarmListener.Obstacle.WRONG_CONTENT, "wrong");
        swarm.onFailed(LIE.infohash(), "wrong");
        port.settle();

        assertThat(port.torrents).containsKey(TORRENT.infohash());
        assertThat(port.partial).isEmpty();
        assertThat(heard).contains("WRONG_BYTES").noneMatch(line -> line.startsWith("failed"));
    }

    @Test
    void whenEveryTorrentWasALieItComesByHttp() {
        fetch(peer(1, LIE.infohash()));
        swarm.onFailed(LIE.infohash(), "wrong");
        port.settle();

        assertThat(port.transfers.get(CONTENT)).containsExactly(at(1));

        retrievals.addSources(CONTENT, List.of(peer(2, LIE.infohash())));
        assertThat(port.transfers.get(CONTENT)).containsExactly(at(1), at(2));
    }

    @Test
    void theTorrentThatMostNameIsTriedFirst() {
        fetch(peer(1, LIE.infohash()), peer(2, TORRENT.infohash()), peer(3, TORRENT.infohash()));

        assertThat(port.torrents).containsOnlyKeys(TORRENT.infohash());
    }

    @Test
    void torrentsThatNobodyDescribesTakeTurns() {
        fetch(peer(1, UNKNOWN), peer(2, TORRENT.infohash()));
        assertThat(port.torrents).containsOnlyKeys(UNKNOWN);

        port.pass(retrievals, 31_000);
        assertThat(port.torrents).containsOnlyKeys(TORRENT.infohash());
        port.pass(retrievals, 31_000);
        assertThat(port.torrents).containsOnlyKeys(UNKNOWN);
    }

    @Test
    void theOnlyTorrentIsWaitedFor() {
        fetch(peer(1, TORRENT.infohash()));

        port.pass(retrievals, 10 * MINUTE);

        assertThat(port.torrents).containsOnlyKeys(TORRENT.infohash());
        assertThat(heard).isEmpty();
    }

    @Test
    void noMoreTorrentsAreTriedThanALimitAllows() {
        fetch(Stream.iterate(1, number -> number + 1)
                .limit(50)
                .map(number -> peer(number, Sha1.digestOf(new byte[] {9, number.byteValue()})))
                .toArray(FoundSource[]::new));

        for (int tried = 0; tried < RetrievalLimits.STANDARD.torrents(); tried++) {
            Sha1 joined = port.torrents.keySet().iterator().next();
            port.torrents.clear();
            swarm.onFailed(joined, "a lie");
            port.settle();
        }

        assertThat(port.torrents).isEmpty();
        assertThat(port.transfers).containsOnlyKeys(CONTENT);
    }

    @Test
    void withoutAByteForAMinuteItIsSearchedAgainForEver() {
        fetch(peer(1, TORRENT.infohash()));

        port.pass(retrievals, 300L * MINUTE);

        List<Long> pauses = LongStream.range(1, port.searchedAt.size())
                .mapToObj(i -> port.searchedAt.get((int) i) - port.searchedAt.get((int) i - 1))
                .toList();
        assertThat(port.searchedAt.get(0)).isEqualTo(MINUTE);
        assertThat(pauses).startsWith(2L * MINUTE, 4L * MINUTE, 8L * MINUTE, 16L * MINUTE, 30L * MINUTE);
        assertThat(pauses).allMatch(pause -> pause <= 30L * MINUTE).hasSizeGreaterThan(10);
    }

    @Test
    void whoHasManySourcesThatGiveDoesNotSearch() {
        fetch(Stream.of(1, 2, 3, 4)
                .map(number -> peer(number, TORRENT.infohash()))
                .toArray(FoundSource[]::new));
        swarm.onReady(TORRENT.infohash(), TORRENT, 0);
        for (int second = 0; second < 600; second++) {
            swarm.onPiece(TORRENT.infohash(), 1, 1);
            port.settle();
            port.pass(retrievals, 1_000);
        }
        assertThat(port.searches).isEmpty();

        port.pass(retrievals, 2L * MINUTE);
        assertThat(port.searches).isNotEmpty();
    }

    @Test
    void whatIsSharedHereIsDoneAtOnce() {
        port.shared.put(CONTENT, "/shared/x");

        fetch(peer(1, TORRENT.infohash()));

        assertThat(heard).containsExactly("done /shared/x");
        assertThat(port.torrents).isEmpty();
    }

    @Test
    void whatWasStoppedIsLeftWithoutAWord() {
        fetch(peer(1, TORRENT.infohash()));
        swarm.onReady(TORRENT.infohash(), TORRENT, 1);
        port.settle();
        heard.clear();

        retrievals.stop(CONTENT);
        swarm.onPiece(TORRENT.infohash(), 1, 2);
        port.settle();

        assertThat(port.torrents).isEmpty();
        assertThat(port.partial).isEmpty();
        assertThat(heard).isEmpty();
    }

    @Test
    void whoCannotWaitHearsThatNoSourceIsLeft() {
        assertThat(retrievals.fetch(new Wanted(CONTENT, SIZE, RemoteText.of("x"), false), List.of(plain(1))))
                .isEmpty();
        transfer.onFailed(CONTENT, "no source is left");
        port.settle();

        assertThat(heard).containsExactly("failed no source is left");
        assertThat(retrievals.status()).isEmpty();
    }

    @Test
    void ofTorrentsThatAreDoneTheOldestIsClosed() {
        for (int number = 0; number <= RetrievalLimits.STANDARD.seeding(); number++) {
            Sha1 content = Sha1.digestOf(new byte[] {3, (byte) number});
            TorrentInfo torrent = torrent(content, 1);
            Wanted wanted = new Wanted(content, SIZE, RemoteText.of("x"), true);
            assertThat(retrievals.fetch(wanted, List.of(peer(1, torrent.infohash()))))
                    .isEmpty();
            swarm.onReady(torrent.infohash(), torrent, 3);
            swarm.onDone(torrent.infohash(), "/finished/" + number);
            port.settle();
        }

        assertThat(port.torrents).hasSize(RetrievalLimits.STANDARD.seeding());
        assertThat(port.torrents)
                .doesNotContainKey(torrent(Sha1.digestOf(new byte[] {3, 0}), 1).infohash());
    }

    private void fetch(FoundSource... sources) {
        Wanted wanted = new Wanted(CONTENT, SIZE, RemoteText.of("a name"), true);
        assertThat(retrievals.fetch(wanted, ImmutableList.copyOf(sources))).isEmpty();
    }

    private static FoundSource peer(int number, Sha1 infohash) {
        return new FoundSource(at(number), infohash);
    }

    private static FoundSource plain(int number) {
        return FoundSource.plain(at(number));
    }

    private static Endpoint at(int number) {
        return Endpoint.ofIpv4(0x0A00_0000 + number, 6346);
    }

    private static TorrentInfo torrent(Sha1 content, int pieces) {
        byte[] hashes = new byte[3 * Sha1.SIZE];
        hashes[0] = (byte) pieces;
        return TorrentInfo.of(new ContentTorrent(content, SIZE, Bytes.copyOf(hashes)));
    }
}
