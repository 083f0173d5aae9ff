package praline.lab.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import praline.node.engine.Link;
import praline.node.engine.LinkPurpose;

/** Nodes that hang and networks in two parts: nothing is lost on a link, and nobody is told. */
class FaultsTest {

    private final Simulation sim = new Simulation(SimulationConfig.synchronous(1));
    private final VirtualNode nodeA = sim.addNode();
    private final VirtualNode nodeB = sim.addNode();
    private final Scribe a = Scribe.at(nodeA);
    private final Scribe b = Scribe.at(nodeB);
    private final Link<String> toB =
            sim.connect(TextWire.INSTANCE, nodeA, nodeB).atSource();

    private void say(String message) {
        nodeA.run(() -> assertThat(toB.send(message)).isTrue());
        sim.runUntilQuiet();
    }

    @Test
    void aFrozenNodeHearsInOrderWhatItMissedWhenItThaws() {
        b.heard.clear();
        nodeB.freeze();
        say("one");
        say("two");
        assertThat(b.heard).isEmpty();

        sim.runUntil(100);
        nodeB.thaw();
        sim.runUntilQuiet();

        assertThat(b.heard).containsExactly("100 one", "100 two");
    }

    @Test
    void aDeadlineOfAFrozenNodeActsOnceWhenItThaws() {
        nodeB.run(() -> b.nextWake = 10);
        b.heard.clear();
        nodeB.freeze();
        sim.runUntil(50);
        assertThat(b.heard).isEmpty();

        nodeB.thaw();
        sim.runUntil(60);

        assertThat(b.heard).containsExactly("50 wake");
    }

    @Test
    void aDialToAFrozenNodeRunsOutOfTime() {
        nodeB.freeze();
        a.heard.clear();
        nodeA.run(() ->
                assertThat(a.host.dial(nodeB.endpoint(), LinkPurpose.OVERLAY)).isPositive());
        sim.runUntilQuiet();

        assertThat(a.heard).containsExactly("6001 failed 1 TIMED_OUT");
    }

    @Test
    void theDeathOfAFrozenNodesNeighbourReachesItAfterwards() {
        b.heard.clear();
        nodeB.freeze();
        nodeA.kill();
        sim.runUntilQuiet();
        assertThat(b.heard).isEmpty();

        nodeB.thaw();
        sim.runUntilQuiet();

        assertThat(b.heard).hasSize(1);
        assertThat(b.heard.get(0)).contains("RESET");
    }

    @Test
    void theTwoPartsOfANetworkDoNotHearEachOtherUntilItHeals() {
        b.heard.clear();
        sim.split(number -> number == 0);
        say("one");
        assertThat(b.heard).isEmpty();
        nodeA.run(() ->
                assertThat(a.host.dial(nodeB.endpoint(), LinkPurpose.OVERLAY)).isPositive());
        sim.runUntilQuiet();
        assertThat(a.heard).last().asString().contains("TIMED_OUT");

        sim.heal();
        sim.runUntilQuiet();

        assertThat(b.heard).hasSize(1);
        assertThat(b.heard.get(0)).endsWith("one");
    }
}
