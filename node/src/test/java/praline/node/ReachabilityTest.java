package praline.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** A node played by hand: its timers fire when the test says so. */
class ReachabilityTest {

    private final Queue<Runnable> timers = new ArrayDeque<>();
    private final List<String> deeds = new ArrayList<>();
    private boolean hasSupernodes = true;
    private final Reachability reachability = new Reachability(new HandNode());

    @Test
    void whomNobodyDialsWhenAskedToIsFirewalled() {
        reachability.begin();
        timers.remove().run();
        assertThat(deeds).containsExactly("asks");

        timers.remove().run();

        assertThat(deeds).containsExactly("asks", "is firewalled");
        assertThat(timers).isEmpty();
    }

    @Test
    void whoIsDialledIsReachableAndAsksNobody() {
        reachability.begin();
        reachability.onDialled();
        reachability.onDialled();
        timers.remove().run();

        assertThat(deeds).containsExactly("is reachable");
        assertThat(timers).isEmpty();
    }

    @Test
    void aLateDialTurnsItsMind() {
        reachability.begin();
        timers.remove().run();
        timers.remove().run();
        reachability.onDialled();

        assertThat(deeds).containsExactly("asks", "is firewalled", "is reachable");
    }

    @Test
    void withoutSupernodesItWaitsForSome() {
        hasSupernodes = false;
        reachability.begin();
        timers.remove().run();
        assertThat(deeds).isEmpty();

        hasSupernodes = true;
        timers.remove().run();
        timers.remove().run();

        assertThat(deeds).containsExactly("asks", "is firewalled");
    }

    private final class HandNode implements Reachability.Node {

        @Override
        public void after(long millis, Runnable task) {
            timers.add(task);
        }

        @Override
        public boolean askToBeDialled() {
            if (hasSupernodes) {
                deeds.add("asks");
            }
            return hasSupernodes;
        }

        @Override
        public void beFirewalled() {
            deeds.add("is firewalled");
        }

        @Override
        public void beReachable() {
            deeds.add("is reachable");
        }
    }
}
