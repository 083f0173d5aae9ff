package praline.lab.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.node.engine.JobResult;
import praline.node.engine.Link;
import praline.node.engine.LinkPurpose;
import praline.protocol.Endpoint;

/** What the virtual host promises to an engine, seen by engines that write down what they are told. */
class SimulationTest {

    private final SimulationConfig synchronous = SimulationConfig.synchronous(1);
    private final Pair ticking = new Pair(synchronous);

    /** Two nodes that write down what they hear, and a link between them. */
    private static final class Pair {
        final Simulation sim;
        final VirtualNode nodeA;
        final VirtualNode nodeB;
        final Scribe a;
        final Scribe b;
        final Link<String> toB;
        final Link<String> toA;

        Pair(SimulationConfig config) {
            sim = new Simulation(config);
            nodeA = sim.addNode();
            nodeB = sim.addNode();
            a = Scribe.at(nodeA);
            b = Scribe.at(nodeB);
            Connection<String> connection = sim.connect(TextWire.INSTANCE, nodeA, nodeB);
            toB = connection.atSource();
            toA = connection.atTarget();
            a.heard.clear();
            b.heard.clear();
        }

        void say(String... messages) {
            nodeA.run(() -> {
                for (String message : messages) {
                    assertThat(toB.send(message)).isTrue();
                }
            });
        }
    }

    @Test
    void aMessageTakesOneTickAndKeepsItsPlace() {
        ticking.b.onMessage = (link, message) -> {
            if (message.equals("one")) {
                assertThat(link.send("reply")).isTrue();
            }
        };
        ticking.say("one", "two");
        ticking.sim.runUntilQuiet();

        assertThat(ticking.b.heard).containsExactly("1 one", "1 two");
        assertThat(ticking.a.heard).containsExactly("2 reply");
        assertThat(ticking.sim.now()).isEqualTo(2);
    }

    @Test
    void aDialIsAnsweredAfterOneRoundTrip() {
        Simulation sim = new Simulation(synchronous);
        VirtualNode nodeA = sim.addNode();
        VirtualNode nodeB = sim.addNode(Endpoint.ofIpv4(0x7F000002, 7_000));
        Scribe a = Scribe.at(nodeA);
        Scribe b = Scribe.at(nodeB);
        b.onOpen = link -> assertThat(link.send("hello")).isTrue();

        nodeA.run(() ->
                assertThat(a.host.dial(nodeB.endpoint(), LinkPurpose.OVERLAY)).isEqualTo(1));
        sim.runUntilQuiet();

        assertThat(a.heard).containsExactly("0 start", "2 open 1 127.0.0.2:7000", "2 hello");
        assertThat(b.heard).containsExactly("0 start", "1 open 0 10.0.0.1:32769");
    }

    @Test
    void aDialToNobodyIsRefused() {
        VirtualNode dead = ticking.sim.addNode();
        Scribe.at(dead);
        dead.kill();

        ticking.nodeA.run(() -> ticking.a.host.dial(dead.endpoint(), LinkPurpose.OVERLAY));
        ticking.nodeA.run(() -> ticking.a.host.dial(Endpoint.ofIpv4(0x7F000001, 1), LinkPurpose.OVERLAY));
        ticking.sim.runUntilQuiet();

        assertThat(ticking.a.heard).containsExactly("2 failed 1 REFUSED", "2 failed 2 REFUSED");
    }

    @Test
    void aProbeLearnsThatSomebodyListensAndIsNotNoticedThere() {
        ticking.a.onOpen = link -> link.close(CloseReason.FINISHED);
        ticking.nodeA.run(() -> ticking.a.host.dial(ticking.nodeB.endpoint(), LinkPurpose.PROBE));
        ticking.sim.runUntilQuiet();

        assertThat(ticking.a.heard).containsExactly("2 open 1 10.0.0.2:6346", "2 closed FINISHED");
        assertThat(ticking.b.heard).isEmpty();
    }

    @Test
    void aDiallerThatDiesLeavesNoLinkBehind() {
        ticking.nodeA.run(() -> ticking.a.host.dial(ticking.nodeB.endpoint(), LinkPurpose.OVERLAY));
        ticking.sim.at(1, ticking.nodeA::kill);
        ticking.sim.runUntilQuiet();

        assertThat(ticking.b.heard).containsExactly("1 open 0 10.0.0.1:32769", "2 closed RESET", "3 closed RESET");
    }

    @Test
    void aCloseArrivesBehindAllThatWasSent() {
        ticking.nodeA.run(() -> {
            assertThat(ticking.toB.send("last words")).isTrue();
            ticking.toB.close(CloseReason.FINISHED);
            assertThat(ticking.toB.send("too late")).isFalse();
        });
        ticking.nodeB.run(() -> assertThat(ticking.toA.send("unheard")).isTrue());
        ticking.sim.runUntilQuiet();

        assertThat(ticking.a.heard).containsExactly("0 closed FINISHED");
        assertThat(ticking.b.heard).containsExactly("1 last words", "1 closed REMOTE_CLOSED");
        assertThatThrownBy(() -> ticking.toA.send("more")).hasMessageContaining("sent on a closed link");
    }

    @Test
    void neighboursOfAKilledNodeHearItAfterItsLastWords() {
        ticking.say("last words");
        ticking.nodeA.kill();
        ticking.sim.runUntilQuiet();

        assertThat(ticking.a.heard).isEmpty();
        assertThat(ticking.b.heard).containsExactly("1 last words", "1 closed RESET");
    }

    @Test
    void aKilledNodesEndpointIsFreeForAnother() {
        Simulation sim = new Simulation(synchronous);
        Endpoint endpoint = Endpoint.ofIpv4(0x7F000001, 7_000);
        VirtualNode first = sim.addNode(endpoint);
        assertThatThrownBy(() -> sim.addNode(endpoint)).hasMessageContaining("is taken by node 0");
        first.kill();

        assertThat(sim.addNode(endpoint).endpoint()).isEqualTo(endpoint);
    }

    @Test
    void aFullLinkSaysNoAndLaterThatThereIsRoom() {
        Pair bounded = new Pair(synchronous.withBoundedLinks());
        String half = "x".repeat(TextWire.BUDGET / 2);
        bounded.say(half, half);
        bounded.nodeA.run(() -> {
            assertThat(bounded.toB.room()).isZero();
            assertThat(bounded.toB.send("y")).isFalse();
            assertThat(bounded.toB.send("Control")).isTrue();
        });
        bounded.sim.runUntilQuiet();

        assertThat(bounded.b.heard).hasSize(3);
        assertThat(bounded.a.heard).containsExactly("1 writable");
        assertThat(bounded.toB.room()).isEqualTo(TextWire.BUDGET);
    }

    @Test
    void withoutABoundEverythingIsTaken() {
        ticking.say("x".repeat(10 * TextWire.BUDGET));

        assertThat(ticking.toB.room()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void whatArrivesIsHeldWhileNobodyReadsAndTheSenderFeelsIt() {
        Pair bounded = new Pair(synchronous.withBoundedLinks());
        bounded.nodeB.run(() -> bounded.toA.read(false));
        bounded.say("one", "two", "three");
        bounded.sim.runUntil(10);
        assertThat(bounded.b.heard).isEmpty();
        assertThat(bounded.toB.room()).isEqualTo(TextWire.BUDGET - 11);

        bounded.b.onMessage = (link, message) -> link.read(!message.equals("two"));
        bounded.nodeB.run(() -> bounded.toA.read(true));
        bounded.sim.runUntil(20);
        assertThat(bounded.b.heard).containsExactly("10 one", "10 two");

        bounded.nodeB.run(() -> bounded.toA.read(true));
        bounded.say("four");
        bounded.sim.runUntil(30);
        assertThat(bounded.b.heard).containsExactly("10 one", "10 two", "20 three", "21 four");
        assertThat(bounded.toB.room()).isEqualTo(TextWire.BUDGET);
    }

    @Test
    void whoDoesNotReadLosesTheRestFiveSecondsAfterTheClose() {
        ticking.nodeB.run(() -> ticking.toA.read(false));
        ticking.say("one");
        ticking.nodeA.run(() -> ticking.toB.close(CloseReason.FINISHED));
        ticking.sim.runUntilQuiet();

        assertThat(ticking.b.heard).containsExactly("5001 closed RESET");
    }

    @Test
    void whoReadsAgainInTimeHearsTheRestAndThenTheClose() {
        ticking.nodeB.run(() -> ticking.toA.read(false));
        ticking.say("one", "two");
        ticking.nodeA.run(() -> ticking.toB.close(CloseReason.FINISHED));
        ticking.sim.at(4_000, () -> ticking.nodeB.run(() -> ticking.toA.read(true)));
        ticking.sim.runUntilQuiet();

        assertThat(ticking.b.heard).containsExactly("4000 one", "4000 two", "4000 closed REMOTE_CLOSED");
    }

    @Test
    void aWakeComesAfterTheMessagesOfItsInstant() {
        ticking.b.nextWake = 1;
        ticking.nodeB.run(() -> {});
        ticking.say("one", "two");
        ticking.sim.runUntil(5);

        assertThat(ticking.b.heard).containsExactly("1 one", "1 two", "1 wake");
    }

    @Test
    void aDeadlineThatMovesIsKept() {
        ticking.a.nextWake = 100;
        ticking.nodeA.run(() -> {});
        ticking.nodeA.run(() -> ticking.a.nextWake = 50);
        ticking.a.onWake = () -> ticking.a.nextWake = ticking.sim.now() == 50 ? 5_000 : Long.MAX_VALUE;
        ticking.sim.runUntil(200);
        assertThat(ticking.a.heard).containsExactly("50 wake");

        ticking.nodeA.run(() -> ticking.a.nextWake = 300);
        ticking.nodeA.run(() -> ticking.a.nextWake = 400);
        ticking.sim.runUntil(10_000);
        assertThat(ticking.a.heard).containsExactly("50 wake", "400 wake");
    }

    @Test
    void aDueDeadlineThatStaysInPlaceFailsWithNodeAndSeed() {
        ticking.b.onWake = () -> ticking.b.nextWake = 7;
        ticking.b.nextWake = 7;
        ticking.nodeB.run(() -> {});

        assertThatThrownBy(() -> ticking.sim.runUntil(10))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageStartingWith("seed 1, at 7 ms, node 1 (10.0.0.2:6346), WAKE:")
                .hasMessageContaining("a due deadline stays in place");
        assertThat(ticking.b.heard).hasSizeGreaterThan(1_000);
    }

    @Test
    void anEngineThatBreaksEndsTheRunWithItsPlace() {
        ticking.b.onMessage = (link, message) -> {
            throw new IllegalStateException("broken");
        };
        ticking.say("one");

        assertThatThrownBy(ticking.sim::runUntilQuiet)
                .isInstanceOf(SimulationFailure.class)
                .hasMessage(
                        "seed 1, at 1 ms, node 1 (10.0.0.2:6346), MESSAGE: java.lang.IllegalStateException: broken");
    }

    @Test
    void noDelayLetsAMessageOvertakeAnotherOnItsLink() {
        Pair jittery = new Pair(synchronous.withNetwork(new NetworkModel.PerMessage(1, 100)));
        String[] messages = IntStream.range(0, 500).mapToObj(i -> "m" + i).toArray(String[]::new);
        jittery.say(messages);
        jittery.sim.runUntilQuiet();

        assertThat(jittery.b.heard.stream().map(line -> line.substring(line.indexOf(' ') + 1)))
                .containsExactly(messages);
        assertThat(jittery.sim.now()).isBetween(90L, 100L);
    }

    @Test
    void aLinksDelayStaysTheSame() {
        Pair slow = new Pair(synchronous.withNetwork(NetworkModel.PerLink.INTERNET));
        slow.say("one");
        slow.sim.runUntilQuiet();
        long delay = slow.sim.now();
        slow.say("two");
        slow.sim.runUntilQuiet();

        assertThat(delay).isGreaterThan(1);
        assertThat(slow.sim.now()).isEqualTo(2 * delay);
    }

    @Test
    void permutedTiesChangeTheOrderOfLinksAndNotThatOfALink() {
        List<String> sent = heardFromTen(synchronous);
        List<String> permuted = heardFromTen(synchronous.withPermutedTies());

        assertThat(permuted).containsExactlyInAnyOrderElementsOf(sent).isNotEqualTo(sent);
        for (int i = 0; i < 10; i++) {
            assertThat(permuted.indexOf("1 first of " + i)).isLessThan(permuted.indexOf("1 second of " + i));
        }
    }

    private static List<String> heardFromTen(SimulationConfig config) {
        Simulation sim = new Simulation(config);
        VirtualNode centre = sim.addNode();
        Scribe scribe = Scribe.at(centre);
        for (int i = 0; i < 10; i++) {
            VirtualNode node = sim.addNode();
            Scribe.at(node);
            Link<String> link = sim.connect(TextWire.INSTANCE, node, centre).atSource();
            String name = " of " + i;
            node.run(() -> assertThat(link.send("first" + name) && link.send("second" + name))
                    .isTrue());
        }
        sim.runUntilQuiet();
        return scribe.heard;
    }

    @Test
    void messagesMayGoThroughTheirBytes() {
        Pair coded = new Pair(synchronous.withThroughBytes());
        coded.say("Loud");
        coded.sim.runUntilQuiet();

        assertThat(coded.b.heard).containsExactly("1 loud");
    }

    @Test
    void aJobIsAnsweredLaterByTheNodesWorker() {
        ticking.nodeA.work(job -> new JobResult.Stored(5));
        ticking.nodeA.run(() -> ticking.a.host.submit(
                new praline.node.engine.Job.OpenDownload(praline.protocol.Sha1.of(new byte[20]), 5)));
        ticking.sim.runUntilQuiet();

        assertThat(ticking.a.heard).containsExactly("1 job 1 Stored[size=5]");
    }

    @Test
    void aDatagramArrivesUnlessNobodyIsThere() {
        ticking.nodeA.run(() -> {
            assertThat(ticking.a.host.sendTo(ticking.nodeB.endpoint(), "ping")).isTrue();
            assertThat(ticking.a.host.sendTo(Endpoint.ofIpv4(0x7F000001, 9), "lost"))
                    .isTrue();
        });
        ticking.sim.runUntilQuiet();

        assertThat(ticking.b.heard).containsExactly("1 ping from 10.0.0.1:6346");
    }

    @Test
    void nobodyIsEnteredFromWithinAnother() {
        ticking.b.onMessage = (link, message) -> ticking.nodeA.run(() -> {});
        ticking.say("one");

        assertThatThrownBy(ticking.sim::runUntilQuiet).hasMessageContaining("was entered from within node 1");
    }

    @Test
    void waitingForAConditionEndsAtItsBound() {
        ticking.say("one");

        assertThat(ticking.sim.runUntil(() -> !ticking.b.heard.isEmpty(), 100)).isTrue();
        assertThat(ticking.sim.now()).isEqualTo(1);
        assertThat(ticking.sim.runUntil(() -> ticking.b.heard.size() > 1, 100)).isFalse();
        assertThat(ticking.sim.now()).isEqualTo(100);
    }
}
