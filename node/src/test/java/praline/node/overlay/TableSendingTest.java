package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.node.engine.Counters.Cause;
import praline.node.engine.Counters.Direction;
import praline.node.engine.Profile;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.Headers;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.gnutella.QrpPatch;
import praline.protocol.gnutella.QrpReset;
import praline.protocol.gnutella.QrpTable;

/** Our own table on its way to those who route by it (spec/gnutella.md 9.3). */
class TableSendingTest {

    private static final int MINUTE = 60_000;
    private static final Headers ROUTES = Headers.builder()
            .add("X-Ultrapeer", "True")
            .add("X-Query-Routing", "0.2")
            .build();

    @Test
    void aLeafSendsItsTableToASupernodeThatTakesNoIndex() {
        Stage stage = new Stage(Role.LEAF);
        stage.published = TableTalk.files("zanzibar sonata.bin");
        HandLink link = supernode(stage, ROUTES);
        TableTalk talk = new TableTalk(stage, link);

        stage.advance(0);

        assertThat(link.sent.stream().filter(QrpReset.class::isInstance))
                .satisfiesExactly(
                        reset -> assertThat(((QrpReset) reset).slots()).isEqualTo(65_536));
        talk.receive();
        assertThat(talk.received).isEqualTo(TableTalk.table("zanzibar sonata.bin"));
        assertThat(stage.engine.counters().messages(Direction.OUT, Cause.ROUTING_TABLE))
                .isEqualTo(2);
    }

    @Test
    void anIndexIsEnoughForASupernodeThatTakesOne() {
        Stage stage = new Stage(Role.LEAF);
        stage.published = TableTalk.files("zanzibar");
        Headers index = Headers.builder()
                .add("X-Ultrapeer", "True")
                .add("X-Query-Routing", "0.2")
                .add("X-Praline-Index", "0.1")
                .build();
        TableTalk talk = new TableTalk(stage, supernode(stage, index));

        stage.advance(1_000);

        assertThat(talk.receive()).isZero();
    }

    @Test
    void withQueryRoutingASupernodeThatTakesAnIndexGetsATableAsWell() {
        Stage stage = new Stage(config(Role.LEAF, SearchMode.QUERY_ROUTING), null);
        Headers index = Headers.builder()
                .add("X-Ultrapeer", "True")
                .add("X-Query-Routing", "0.2")
                .add("X-Praline-Index", "0.1")
                .build();
        TableTalk talk = new TableTalk(stage, supernode(stage, index));

        stage.advance(0);

        talk.receive();
        assertThat(talk.received).isNotNull();
    }

    @Test
    void whoSharesNothingSaysSo() {
        Stage stage = new Stage(Role.LEAF);
        HandLink link = supernode(stage, ROUTES);
        TableTalk talk = new TableTalk(stage, link);

        stage.advance(0);

        assertThat(talk.receive())
                .as("a RESET and a PATCH that changes nothing")
                .isEqualTo(2);
        assertThat(Objects.requireNonNull(talk.received).count()).isZero();
    }

    @Test
    void changesAreSentAtOnceAfterAQuietTimeAndThenOnceAMinute() {
        Stage stage = new Stage(Role.LEAF);
        stage.published = TableTalk.files("zanzibar");
        HandLink link = supernode(stage, ROUTES);
        TableTalk talk = new TableTalk(stage, link);
        stage.advance(0);
        talk.receive();

        stage.advanceTalking(2 * MINUTE, link);
        change(stage, "marimba");
        stage.advance(0);
        assertThat(talk.receive()).as("a difference needs no RESET").isEqualTo(1);
        assertThat(talk.received).isEqualTo(TableTalk.table("marimba"));

        change(stage, "bassoon");
        change(stage, "bassoon", "etude");
        stage.advanceTalking(MINUTE - 1, link);
        assertThat(talk.receive()).isZero();
        stage.advance(1);
        assertThat(talk.receive()).isEqualTo(1);
        assertThat(talk.received).isEqualTo(TableTalk.table("bassoon", "etude"));
        stage.advanceTalking(5 * MINUTE, link);
        assertThat(talk.receive()).isZero();
    }

    @Test
    void filesThatAreReadWhileTheNodeJoinsAreToldAtOnce() {
        Stage stage = new Stage(Role.LEAF);
        HandLink link = supernode(stage, ROUTES);
        TableTalk talk = new TableTalk(stage, link);
        stage.advance(1_000);
        change(stage, "zanzibar");

        stage.advance(0);

        talk.receive();
        assertThat(talk.received).isEqualTo(TableTalk.table("zanzibar"));
    }

    @Test
    void aLargeTableGoesOutInPartsAndInTurns() {
        Stage stage = new Stage(Role.LEAF);
        stage.published = IntStream.range(0, 5_000)
                .mapToObj(i -> new IndexRecord.Add(
                        i, 1, new Sha1(i * 0x9E3779B97F4A7C15L, i, i), null, false, Bytes.ofUtf8("file" + i * 7_919)))
                .collect(ImmutableList.toImmutableList());
        HandLink link = supernode(stage, ROUTES);
        TableTalk talk = new TableTalk(stage, link);

        stage.advance(5);
        assertThat(link.sent.stream().filter(QrpPatch.class::isInstance).count())
                .isEqualTo(4);
        change(stage, "marimba");
        talk.receive();
        assertThat(talk.received).as("not whole yet").isNull();
        link.room = 10_000;
        stage.advance(1_000);
        assertThat(talk.receive()).as("queries come first").isZero();
        link.room = 90_000;
        stage.advance(10_000);
        talk.receive();
        QrpTable whole = Objects.requireNonNull(talk.received);
        assertThat(whole.count()).isBetween(15_000, 25_000);
        stage.advanceTalking(MINUTE, link);
        talk.receive();
        assertThat(talk.received).isEqualTo(TableTalk.table("marimba"));
    }

    @Test
    void aSupernodeTellsNeighboursWhatItAndItsLeavesHave() {
        Stage stage = new Stage(Role.SUPERNODE);
        stage.published = TableTalk.files("zanzibar");
        HandLink leaf = stage.join(Role.LEAF);
        new TableTalk(stage, leaf).send("marimba");
        HandLink neighbour = stage.join(Role.SUPERNODE, TableTalk.ROUTES_LAST_HOP);
        HandLink other = stage.join(Role.SUPERNODE);
        TableTalk talk = new TableTalk(stage, neighbour);

        stage.advance(0);
        talk.receive();
        assertThat(talk.received).isEqualTo(TableTalk.table("zanzibar", "marimba"));
        assertThat(new TableTalk(stage, other).receive()).isZero();

        stage.engine.onLinkClosed(leaf, CloseReason.REMOTE_CLOSED);
        stage.advanceTalking(MINUTE, neighbour, other);
        talk.receive();
        assertThat(talk.received).as("the leaf is gone").isEqualTo(TableTalk.table("zanzibar"));
    }

    @Test
    void aLeafThatIsOverloadedIsNotPromisedToOthers() {
        Stage stage = new Stage(Role.SUPERNODE);
        HandLink leaf = stage.join(Role.LEAF);
        ((LinkState) Objects.requireNonNull(leaf.attachment())).conduct().hopsFlow = 2;
        new TableTalk(stage, leaf).send("marimba");
        TableTalk talk = new TableTalk(stage, stage.join(Role.SUPERNODE, TableTalk.ROUTES_LAST_HOP));

        stage.advance(0);

        talk.receive();
        assertThat(Objects.requireNonNull(talk.received).count()).isZero();
    }

    @Test
    void wordsOfTheIndexAreToldAndGoWithTheLastFileThatHasThem() {
        OneFileIndex index = new OneFileIndex();
        Stage stage = new Stage(Role.SUPERNODE, OverlayLimits.STANDARD, index);
        IndexWatcher watcher = Objects.requireNonNull(index.watcher);
        watcher.onWord("zanzibar");
        watcher.onWord("zanzibars");
        watcher.onContent(TableTalk.CONTENT);
        HandLink neighbour = stage.join(Role.SUPERNODE, TableTalk.ROUTES_LAST_HOP);
        TableTalk talk = new TableTalk(stage, neighbour);
        stage.advance(0);
        talk.receive();
        assertThat(talk.received).isEqualTo(TableTalk.table("zanzibar zanzibars"));

        watcher.onWordGone("zanzibars");
        stage.advanceTalking(MINUTE, neighbour);
        talk.receive();
        assertThat(talk.received).as("their beginnings are shared").isEqualTo(TableTalk.table("zanzibar"));

        watcher.onWordGone("zanzibar");
        watcher.onContentGone(TableTalk.CONTENT);
        stage.advanceTalking(MINUTE, neighbour);
        talk.receive();
        assertThat(Objects.requireNonNull(talk.received).count()).isZero();
    }

    private static void change(Stage stage, String... names) {
        stage.published = TableTalk.files(names);
        stage.engine.filesChanged(stage.published);
    }

    private static OverlayConfig config(Role role, SearchMode mode) {
        return new OverlayConfig(
                role, Stage.SELF, Stage.SERVENT, Profile.LAB, 2, 1, mode, true, 100, OverlayLimits.STANDARD);
    }

    /** A supernode that the leaf on stage has dialled. */
    private static HandLink supernode(Stage stage, Headers headers) {
        stage.engine.connect(Stage.SELF.withPort(7_000));
        HandLink link = new HandLink("127.0.0.1:7000");
        stage.engine.onLinkOpen(link, stage.host.takeDial().ticket());
        stage.engine.onMessage(link, Handshake.answer(200, "OK", headers));
        link.sent.clear();
        return link;
    }
}
