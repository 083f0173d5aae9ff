package praline.node.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.node.engine.Profile;
import praline.protocol.Bytes;
import praline.protocol.Defect;
import praline.protocol.Limits;
import praline.protocol.Sha1;
import praline.protocol.gnutella.Headers;
import praline.protocol.http.AvailableRanges;
import praline.protocol.http.QueuePlace;
import praline.protocol.http.RequestHead;
import praline.protocol.http.ResponseHead;

/** One node that gives a file, and askers that ask by hand. */
class UploadTest {
    private static final long SIZE = 105_000;
    private static final Sha1 SHA1 =
            Sha1.parseBase32("ZVUIFIMKBWG6BBIX3QSF2OKGG46L2EOV").orElseThrow();
    private static final String N2R = "/uri-res/N2R?urn:sha1:" + SHA1;

    private static final String COMING = "/uri-res/N2R?urn:sha1:" + Sha1.digestOf(new byte[] {2});

    private final World world = new World(1);
    private final WorldNode server = world.add(1);
    private final WorldPlace place = new WorldPlace();
    private final List<SharedFile> changed = new ArrayList<>();
    private TransferEngine engine = newEngine(Profile.INTERNET, Map.of());
    private int addresses = 1;
    private Optional<AvailableRanges> partial = Optional.empty();

    @Test
    void aWholeFileGoesOut() {
        Asker asker = newAsker();

        asker.ask(N2R);
        world.runFor(1_000);

        assertThat(asker.lastHead().status()).isEqualTo(200);
        assertThat(asker.header("Content-Length")).isEqualTo("105000");
        assertThat(asker.header("X-Gnutella-Content-URN")).isEqualTo("urn:sha1:" + SHA1);
        assertThat(asker.header("Content-Disposition"))
                .isEqualTo("inline; filename*=UTF-8''praline%20%C3%A4%22%0A.txt");
        assertThat(asker.received).isEqualTo(SIZE);
        assertThat(asker.isOpen()).isTrue();
    }

    @Test
    void aRangeGoesOutAndIsClampedToTheFile() {
        Asker asker = newAsker();

        asker.ask(N2R, "Range", "bytes=100000-200000");
        world.runFor(1_000);

        assertThat(asker.lastHead().status()).isEqualTo(206);
        assertThat(asker.header("Content-Range")).isEqualTo("bytes 100000-104999/105000");
        assertThat(asker.header("Content-Length")).isEqualTo("5000");
        assertThat(asker.received).isEqualTo(5_000);
        assertThat(asker.lastOffset).isEqualTo(100_000);
    }

    @Test
    void aRangeBehindTheEndIsClampedToTheLastByteAsGtkGnutellaDoes() {
        Asker asker = newAsker();

        asker.ask(N2R, "Range", "bytes=200000-");
        world.runFor(1_000);

        assertThat(asker.lastHead().status()).isEqualTo(206);
        assertThat(asker.header("Content-Range")).isEqualTo("bytes 104999-104999/105000");
        assertThat(asker.received).isEqualTo(1);
        assertThat(asker.isOpen()).isTrue();
    }

    @Test
    void severalRangesAreABadRequest() {
        Asker asker = newAsker();

        asker.ask(N2R, "Range", "bytes=0-1,3-4");
        world.runFor(1_000);

        assertThat(asker.lastHead().status()).isEqualTo(400);
        assertThat(asker.closed).isEqualTo(CloseReason.REMOTE_CLOSED);
    }

    @Test
    void onlyTheFirstAnswerOfALinkIntroducesTheFile() {
        Asker asker = newAsker();

        asker.ask(N2R, "Range", "bytes=0-99");
        world.runFor(1_000);
        asker.ask(N2R, "Range", "bytes=100-199");
        world.runFor(1_000);

        assertThat(asker.heads.get(0).headers().get("X-Gnutella-Content-URN")).isPresent();
        assertThat(asker.heads.get(1).headers().get("X-Gnutella-Content-URN")).isEmpty();
        assertThat(asker.heads.get(1).headers().get("Content-Disposition")).isEmpty();
    }

    @Test
    void aHeadRequestGetsTheHeadOnly() {
        Asker asker = newAsker();

        asker.ask(RequestHead.Method.HEAD, N2R);
        world.runFor(1_000);

        assertThat(asker.lastHead().status()).isEqualTo(200);
        assertThat(asker.header("Content-Length")).isEqualTo("105000");
        assertThat(asker.received).isZero();
    }

    @Test
    void aFileIsFoundByNumberAndName() {
        Asker asker = newAsker();

        asker.ask("/get/7/praline%20%C3%A4%22%0A.txt");
        world.runFor(1_000);

        assertThat(asker.received).isEqualTo(SIZE);
    }

    @Test
    void aNumberWithAnotherNameFindsNothing() {
        Asker asker = newAsker();

        asker.ask("/get/7/another.txt");
        world.runFor(1_000);

        assertThat(asker.lastHead().status()).isEqualTo(404);
    }

    @Test
    void aNumberWithAnotherContentIsAConflict() {
        Asker asker = newAsker();

        asker.ask(
                "/get/7/praline%20%C3%A4%22%0A.txt",
                "X-Gnutella-Content-URN", "urn:sha1:" + Sha1.digestOf(new byte[] {2}));
        world.runFor(1_000);

        assertThat(asker.lastHead().status()).isEqualTo(409);
    }

    @Test
    void whatIsNotSharedIsNotFoundAndTheLinkStays() {
        Asker asker = newAsker();

        for (String target : List.of(
                "/uri-res/N2R?urn:sha1:" + Sha1.digestOf(new byte[] {2}),
                "/uri-res/N2R?urn:sha1:nonsense",
                "/../../etc/passwd",
                "/",
                "/get/99/x")) {
            asker.ask(target);
            world.runFor(1_000);
            assertThat(asker.lastHead().status()).as(target).isEqualTo(404);
            assertThat(asker.header("Content-Length")).isEqualTo("0");
        }
        assertThat(asker.isOpen()).isTrue();
    }

    @Test
    void aRequestWithoutHostIsRefused() {
        Asker asker = newAsker();

        asker.send(new RequestHead(RequestHead.Method.GET, N2R, 1, Headers.NONE));
        world.runFor(1_000);

        assertThat(asker.lastHead().status()).isEqualTo(400);
        assertThat(asker.lastHead().reason()).isEqualTo("Missing Host Header");
        assertThat(asker.isOpen()).isFalse();
    }

    @Test
    void bytesThatAreNoRequestAreRefused() {
        Asker asker = newAsker();

        engine.onDefect(((WorldLink) asker.link()).other(), Defect.BAD_HTTP);
        world.runFor(1_000);

        assertThat(asker.lastHead().status()).isEqualTo(400);
        assertThat(asker.isOpen()).isFalse();
    }

    @Test
    void anAskerWhoWantsTheLinkClosedGetsItClosedBehindTheLastByte() {
        Asker asker = newAsker();

        asker.ask(N2R, "Connection", "close");
        world.runFor(1_000);

        assertThat(asker.received).isEqualTo(SIZE);
        assertThat(asker.header("Connection")).isEqualTo("close");
        assertThat(asker.closed).isEqualTo(CloseReason.REMOTE_CLOSED);
    }

    @Test
    void requestsSentAheadAreAnsweredInOrder() {
        Asker asker = newAsker();

        asker.ask(N2R, "Range", "bytes=0-9999");
        asker.ask(RequestHead.Method.HEAD, N2R);
        asker.ask("/nothing");
        asker.ask(N2R, "Range", "bytes=10000-");
        world.runFor(1_000);

        assertThat(asker.heads).extracting(ResponseHead::status).containsExactly(206, 200, 404, 206);
        assertThat(asker.received).isEqualTo(SIZE);
    }

    @Test
    void tooManyRequestsSentAheadEndTheLink() {
        Asker asker = newAsker();

        for (int i = 0; i < 10; i++) {
            asker.ask(N2R);
        }
        world.runFor(1_000);

        assertThat(asker.isOpen()).isFalse();
        assertThat(engine.limitHits().all()).containsKey("limits.upload.pipelined");
        assertThat(engine.uploadsActive()).isZero();
    }

    @Test
    void whoFindsNoSlotIsToldWhenToComeBack() {
        List<Asker> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            readers.add(slowAsker());
        }
        Asker fifth = newAsker();
        fifth.ask(N2R);
        Asker sixth = newAsker();
        sixth.ask(N2R);
        world.runFor(1_000);

        assertThat(engine.uploadsActive()).isEqualTo(4);
        assertThat(engine.uploadsQueued()).isEqualTo(2);
        assertThat(fifth.lastHead().status()).isEqualTo(503);
        assertThat(fifth.header("Retry-After")).isEqualTo("30");
        assertThat(sixth.header("Retry-After")).isEqualTo("45");
        assertThat(fifth.isOpen()).isFalse();

        readers.forEach(reader -> reader.link().read(true));
        world.runFor(1_000);
        assertThat(engine.uploadsActive()).isZero();
    }

    @Test
    void oneAddressHasOneUploadAtATime() {
        slowAsker();
        Asker second = Asker.at(world.add(addresses, 6347), server.endpoint);
        world.runFor(100);
        second.ask(N2R);
        world.runFor(1_000);

        assertThat(second.lastHead().status()).isEqualTo(503);
        assertThat(engine.uploadsQueued()).isZero();
    }

    @Test
    void aReaderWhoDoesNotReadLosesItsSlot() {
        Asker stalled = slowAsker();

        world.runFor(29_000);
        assertThat(engine.uploadsActive()).isEqualTo(1);
        world.runFor(32_000);

        assertThat(engine.uploadsActive()).isZero();
        stalled.link().read(true);
        world.runFor(1_000);
        assertThat(stalled.isOpen()).isFalse();
    }

    @Test
    void whoConnectsAndAsksNothingIsShownOut() {
        Asker silent = newAsker();

        world.runFor(11_000);

        assertThat(silent.isOpen()).isFalse();
    }

    @Test
    void anIdleLinkIsClosedAfterAWhile() {
        Asker asker = newAsker();
        asker.ask(N2R);
        world.runFor(80_000);
        assertThat(asker.isOpen()).isTrue();

        world.runFor(15_000);

        assertThat(asker.isOpen()).isFalse();
        assertThat(engine.nextWake()).isGreaterThan(world.now());
    }

    @Test
    void aFileThatChangedIsNotGivenAndTheLibraryHearsOfIt() {
        place.isChanged = true;
        Asker asker = newAsker();

        asker.ask(N2R);
        world.runFor(1_000);

        assertThat(asker.lastHead().status()).isEqualTo(404);
        assertThat(asker.received).isZero();
        assertThat(changed).extracting(SharedFile::sha1).containsExactly(SHA1);
        assertThat(engine.uploadsActive()).isZero();
    }

    @Test
    void aFileThatChangesWhileItIsGivenIsNoticed() {
        Asker asker = slowAsker();
        place.isChanged = true;

        world.resetAll();
        world.runFor(1_000);

        assertThat(changed).hasSize(1);
        assertThat(asker.isOpen()).isFalse();
    }

    @Test
    void tooManyLinksAreClosedAtOnce() {
        engine = newEngine(Profile.INTERNET, Map.of("limits.upload.links", 1L));
        newAsker();

        Asker second = newAsker();

        assertThat(second.closed).isEqualTo(CloseReason.REMOTE_CLOSED);
    }

    @Test
    void leavingClosesAllLinks() {
        Asker asker = newAsker();

        engine.leave();
        world.runFor(1_000);

        assertThat(asker.isOpen()).isFalse();
    }

    @Test
    void aRateHoldsForAllUploadsTogetherAndIsSharedAlike() {
        engine.limitRate(20_000);
        Asker first = newAsker();
        Asker second = newAsker();
        first.ask(N2R);
        second.ask(N2R);

        world.runFor(5_000);
        assertThat(first.received + second.received).isBetween(97_000L, 103_000L + 16_384);
        assertThat(first.received - second.received).isBetween(-16_384L, 16_384L);
        world.runFor(4_700);
        assertThat(first.received + second.received).isLessThan(2 * SIZE);
        world.runFor(900);
        assertThat(first.received + second.received).isEqualTo(2 * SIZE);
    }

    @Test
    void whoDoesNotReadHoldsUpNobodyElse() {
        engine.limitRate(20_000);
        slowAsker();
        Asker asker = newAsker();
        asker.ask(N2R);
        world.runFor(10_000);

        assertThat(asker.received).isEqualTo(SIZE);
    }

    @Test
    void whoeverTheRateHoldsUpKeepsItsSlot() {
        engine.limitRate(500);
        Asker asker = newAsker();
        asker.ask(N2R);
        world.runFor(230_000);

        assertThat(asker.received).isEqualTo(SIZE);
        assertThat(asker.closed).isNull();
    }

    @Test
    void whoWaitsInQueuesIsToldItsPlaceAndKeepsTheConnection() {
        engine = newEngine(Profile.INTERNET, Map.of("limits.upload.active", 1L));
        slowAsker();
        Asker first = newAsker();
        Asker second = newAsker();
        first.ask(N2R, "X-Queue", "1.1");
        second.ask(N2R, "X-Queue", "1.1");
        world.runFor(100);

        assertThat(first.lastHead().status()).isEqualTo(503);
        assertThat(first.lastHead().reason()).isEqualTo("Queued (slot 1, ETA: 0s)");
        assertThat(first.header("Retry-After")).isEqualTo("30");
        assertThat(first.header("X-Queued")).matches("ID=[0-9a-f]{32}; position=1; lifetime=330; length=1; ETA=0");
        assertThat(second.header("Retry-After")).isEqualTo("45");
        assertThat(second.header("X-Queued")).contains("position=2; lifetime=345; length=2");
        assertThat(first.isOpen()).isTrue();

        world.runFor(65_000); // the slow one has lost its slot
        first.ask(N2R, "X-Queue", "1.1", "X-Queued", "position=1; ID=" + id(first.heads.get(0)));
        world.runFor(1_000);

        assertThat(first.lastHead().status()).isEqualTo(200);
        assertThat(first.header("X-Queued")).isEqualTo("ID=" + id(first.heads.get(0)));
        assertThat(first.received).isEqualTo(SIZE);
    }

    @Test
    void whoAsksTooEarlyGetsNothingAndLetsTheNextOnePass() {
        engine = newEngine(Profile.INTERNET, Map.of("limits.upload.active", 1L));
        Asker slow = slowAsker();
        Asker hasty = newAsker();
        Asker patient = newAsker();
        hasty.ask(N2R, "X-Queue", "1.1");
        patient.ask(N2R, "X-Queue", "1.1");
        world.runFor(5_000);
        slow.link().close(CloseReason.FINISHED);
        world.runFor(100);

        hasty.ask(N2R, "X-Queue", "1.1");
        world.runFor(100);

        assertThat(hasty.lastHead().status()).isEqualTo(503);
        assertThat(hasty.header("X-Queued")).contains("position=2");
        world.runFor(40_000);
        patient.ask(N2R, "X-Queue", "1.1");
        world.runFor(1_000);
        assertThat(patient.lastHead().status()).isEqualTo(200);
    }

    @Test
    void onlyHostsThatWeHaveSeenGiveTheContentAreTold() {
        engine = newEngine(Profile.LAN, Map.of());
        ScriptedSource honest = world.add(50).install(new ScriptedSource(world, SHA1, SIZE));
        honest.introducesItself();
        ScriptedSource without = world.add(51).install(new ScriptedSource(world, SHA1, SIZE));
        without.status = 404;
        Asker teller = newAsker();
        teller.ask(N2R, "Range", "bytes=0-9", "X-Alt", "10.0.0.50, 10.0.0.51, 10.0.0.52, 127.0.0.1:80");
        world.runFor(50_000);
        assertThat(honest.requests).extracting(RequestHead::method).containsExactly(RequestHead.Method.HEAD);
        assertThat(without.requests).hasSize(1);

        Asker asker = newAsker();
        asker.ask(N2R, "Range", "bytes=0-9");
        world.runFor(1_000);

        assertThat(asker.header("X-Alt")).isEqualTo("10.0.0.50:6346");
        asker.ask(N2R, "Range", "bytes=0-9");
        world.runFor(1_000);
        assertThat(asker.header("X-Alt")).as("once on a connection").isEmpty();
    }

    @Test
    void aFileOnItsWayHereIsGivenAsFarAsItHasCome() {
        partial = Optional.of(AvailableRanges.parse("bytes 0-9999,50000-59999").orElseThrow());
        Asker asker = newAsker();

        asker.ask(COMING);
        world.runFor(1_000);
        assertThat(asker.lastHead().status()).isEqualTo(206);
        assertThat(asker.header("Content-Range")).isEqualTo("bytes 0-9999/105000");
        assertThat(asker.header("X-Available-Ranges")).isEqualTo("bytes 0-9999,50000-59999");
        assertThat(asker.received).isEqualTo(10_000);

        asker.ask(COMING, "Range", "bytes=55000-70000");
        world.runFor(1_000);
        assertThat(asker.header("Content-Range")).isEqualTo("bytes 55000-59999/105000");

        asker.ask(COMING, "Range", "bytes=20000-29999");
        world.runFor(1_000);
        assertThat(asker.lastHead().status()).isEqualTo(416);
        assertThat(asker.header("X-Available-Ranges")).isEqualTo("bytes 0-9999,50000-59999");
        assertThat(asker.isOpen()).isTrue();
    }

    private static String id(ResponseHead head) {
        return head.headers()
                .get("X-Queued")
                .flatMap(QueuePlace::parse)
                .map(QueuePlace::id)
                .orElseThrow();
    }

    private TransferEngine newEngine(Profile profile, Map<String, Long> limits) {
        TransferConfig config = new TransferConfig(server.endpoint, profile, Limits.with(TransferLimits.class, limits));
        return server.install(new TransferEngine(config, server, new OneFile(), TransferListener.NONE));
    }

    private Asker newAsker() {
        Asker asker = Asker.at(world.add(++addresses), server.endpoint);
        world.runFor(20);
        return asker;
    }

    /** An asker who has begun to fetch the file and does not read on. */
    private Asker slowAsker() {
        Asker asker = newAsker();
        asker.link().read(false);
        asker.ask(N2R);
        world.runFor(100);
        return asker;
    }

    private final class OneFile implements SharedContent {
        private final SharedFile file = new SharedFile(SHA1, SIZE, Bytes.ofUtf8("praline ä\"\n.txt"), place);

        @Override
        public Optional<SharedFile> find(Sha1 sha1) {
            return Optional.of(file).filter(known -> known.sha1().equals(sha1));
        }

        @Override
        public Optional<SharedFile> find(long index) {
            return Optional.of(file).filter(known -> index == 7);
        }

        @Override
        public Optional<PartialFile> partial(Sha1 sha1) {
            return partial.map(ranges -> new PartialFile(file, ranges));
        }

        @Override
        public void changed(SharedFile what) {
            changed.add(what);
        }
    }
}
