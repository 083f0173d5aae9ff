package praline.lab.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.node.engine.Link;
import praline.protocol.SplitMix64;
import praline.protocol.testing.Seeds;

/** The laws of links that share a narrow access (spec/praline.md section 7). A letter is a byte. */
class CapacityTest {

    private static final int RATE = 10_000;

    /** A node in the middle, and others around it, each with a link to it. */
    private static final class Star {
        final Simulation sim;
        final VirtualNode centre;
        final Scribe hub;
        final List<VirtualNode> nodes = new ArrayList<>();
        final List<Scribe> rim = new ArrayList<>();
        final List<Link<String>> out = new ArrayList<>();
        final List<Link<String>> in = new ArrayList<>();

        Star(SimulationConfig config, Capacity middle, Capacity... others) {
            sim = new Simulation(config);
            centre = sim.addNode();
            centre.limit(middle);
            hub = Scribe.at(centre);
            for (Capacity other : others) {
                VirtualNode node = sim.addNode();
                node.limit(other);
                nodes.add(node);
                rim.add(Scribe.at(node));
                Connection<String> connection = sim.connect(TextWire.INSTANCE, centre, node);
                out.add(connection.atSource());
                in.add(connection.atTarget());
            }
            hub.heard.clear();
            rim.forEach(scribe -> scribe.heard.clear());
        }

        void send(int to, String... messages) {
            centre.run(() -> {
                for (String message : messages) {
                    assertThat(out.get(to).send(message)).isTrue();
                }
            });
        }
    }

    private static Star star(Capacity middle, int others) {
        Capacity[] wide = new Capacity[others];
        Arrays.fill(wide, Capacity.UNLIMITED);
        return new Star(SimulationConfig.synchronous(1), middle, wide);
    }

    private static String letters(int count) {
        return "x".repeat(count);
    }

    private static long time(String heard) {
        return Long.parseLong(heard.substring(0, heard.indexOf(' ')));
    }

    @Test
    void aMessageTakesItsBytesOverTheRateAndThenTheDelayOfItsLink() {
        Star star = star(Capacity.up(RATE), 1);
        star.send(0, letters(1_000), "next");
        star.sim.runUntilQuiet();

        assertThat(star.rim.get(0).heard).containsExactly("101 " + letters(1_000), "101 next");
    }

    @Test
    void whatIsSentOneByOneAddsUpExactly() {
        Star star = star(Capacity.up(3_000), 1);
        for (int i = 0; i < 1_000; i++) {
            star.send(0, letters(7));
        }
        star.sim.runUntilQuiet();

        assertThat(star.sim.now()).isEqualTo(7 * 1_000 / 3 + 1);
    }

    @Test
    void aDownlinkHoldsUpWhatComesFromAllSides() {
        Star star = star(new Capacity(Capacity.UNBOUNDED, RATE), 2);
        star.nodes
                .get(0)
                .run(() -> assertThat(star.in.get(0).send(letters(1_000))).isTrue());
        star.nodes
                .get(1)
                .run(() -> assertThat(star.in.get(1).send(letters(1_000))).isTrue());
        star.sim.runUntilQuiet();

        assertThat(star.hub.heard.stream().map(CapacityTest::time)).containsExactly(101L, 201L);
    }

    @Test
    void linksThatAreBusyShareAlikeWhateverTheSizesOfTheirMessages() {
        Star star = star(Capacity.up(RATE), 3);
        int[] sizes = {1_000, 200, 10};
        for (int to = 0; to < sizes.length; to++) {
            for (int sent = 0; sent < 10_000; sent += sizes[to]) {
                star.send(to, letters(sizes[to]));
            }
        }
        star.sim.runUntil(2_000);

        for (Scribe scribe : star.rim) {
            int bytes = scribe.heard.stream()
                    .mapToInt(line -> line.length() - line.indexOf(' ') - 1)
                    .sum();
            assertThat(bytes).isBetween(20_000 / 3 - 1_000, 20_000 / 3 + 1_000);
        }
    }

    @Test
    void aShortMessageDoesNotWaitForWhatOtherLinksHaveQueued() {
        Star star = star(Capacity.up(RATE), 3);
        for (int i = 0; i < 50; i++) {
            star.send(0, letters(1_000));
            star.send(1, letters(1_000));
        }
        star.sim.runUntil(1_000);
        star.send(2, "please");
        star.sim.runUntil(1_202);

        assertThat(star.rim.get(2).heard).singleElement().asString().endsWith("please");
    }

    @Test
    void anAccessIsNeverIdleWhileSomethingWaits() {
        Seeds.check(50, random -> {
            Star star = star(Capacity.up(RATE), 4);
            int sent = sendAtRandom(star, random);
            star.sim.runUntilQuiet();

            // All is sent within the first 100 ms, and takes longer than that.
            assertThat(star.sim.now()).isBetween(sent / 10L, sent / 10L + 102);
        });
    }

    private static int sendAtRandom(Star star, RandomGenerator random) {
        int sent = 0;
        for (int i = 0; i < 60; i++) {
            int size = 20 + random.nextInt(400);
            int to = random.nextInt(star.out.size());
            star.sim.at(random.nextInt(100), () -> star.send(to, letters(size)));
            sent += size;
        }
        return sent;
    }

    @Test
    void inNoStretchOfTimeMoreArrivesThanTheAccessCarries() {
        Seeds.check(50, random -> {
            Star star = star(Capacity.up(RATE), 4);
            sendAtRandom(star, random);
            star.sim.runUntilQuiet();

            List<String> heard = star.rim.stream()
                    .flatMap(scribe -> scribe.heard.stream())
                    .sorted((a, b) -> Long.compare(time(a), time(b)))
                    .toList();
            for (int from = 0; from < heard.size(); from++) {
                long bytes = 0;
                for (int to = from + 1; to < heard.size(); to++) {
                    bytes += heard.get(to).length() - heard.get(to).indexOf(' ') - 1;
                    long millis = time(heard.get(to)) - time(heard.get(from));
                    assertThat(bytes).isLessThanOrEqualTo((millis + 1) * RATE / 1_000);
                }
            }
        });
    }

    @Test
    void aLinkKeepsItsOrderThroughTwoNarrowAccessesAndDrawnDelays() {
        Seeds.check(20, random -> {
            SimulationConfig config = SimulationConfig.synchronous(random.nextLong())
                    .withNetwork(new NetworkModel.PerMessage(1, 50))
                    .withPermutedTies();
            Star star = new Star(config, Capacity.up(RATE), new Capacity(RATE, RATE), new Capacity(RATE, RATE / 2));
            List<String> messages = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                messages.add("m" + i + letters(random.nextInt(300)));
                star.send(0, messages.get(i));
                star.send(1, messages.get(i));
            }
            star.sim.runUntilQuiet();

            for (Scribe scribe : star.rim) {
                assertThat(scribe.heard.stream().map(line -> line.substring(line.indexOf(' ') + 1)))
                        .containsExactlyElementsOf(messages);
            }
        });
    }

    @Test
    void aFullUplinkIsFeltByTheSender() {
        Star star = new Star(SimulationConfig.synchronous(1).withBoundedLinks(), Capacity.up(RATE), Capacity.UNLIMITED);
        star.send(0, letters(60), letters(40));
        star.centre.run(() -> {
            assertThat(star.out.get(0).room()).isZero();
            assertThat(star.out.get(0).send("y")).isFalse();
        });
        star.sim.runUntilQuiet();

        assertThat(star.hub.heard).containsExactly("7 writable");
        assertThat(star.out.get(0).room()).isEqualTo(TextWire.BUDGET);
    }

    @Test
    void aCloseComesBehindWhatWaits() {
        Star star = star(Capacity.up(RATE), 1);
        star.send(0, letters(1_000), "last words");
        star.centre.run(() -> star.out.get(0).close(CloseReason.FINISHED));
        star.sim.runUntilQuiet();

        assertThat(star.rim.get(0).heard)
                .containsExactly("101 " + letters(1_000), "102 last words", "102 closed REMOTE_CLOSED");
    }

    @Test
    void whatHasNotLeftFiveSecondsAfterTheCloseIsLost() {
        Star star = star(Capacity.up(100), 1);
        for (int i = 0; i < 10; i++) {
            star.send(0, letters(100));
        }
        star.centre.run(() -> star.out.get(0).close(CloseReason.FINISHED));
        star.sim.runUntilQuiet();

        assertThat(star.rim.get(0).heard).hasSize(6).last().isEqualTo("5001 closed RESET");
    }

    @Test
    void whatAKilledNodeHasNotSentIsLost() {
        Star star = star(Capacity.up(RATE), 1);
        star.send(0, letters(1_000), letters(1_000), letters(1_000));
        star.sim.runUntil(50);
        star.centre.kill();
        star.sim.runUntilQuiet();

        assertThat(star.rim.get(0).heard).containsExactly("101 " + letters(1_000), "101 closed RESET");
    }

    @Test
    void whoeverIsGoneTakesNoneOfTheAccessAnyMore() {
        Star star = star(Capacity.up(RATE), 2);
        for (int i = 0; i < 10; i++) {
            star.send(0, letters(1_000));
        }
        star.nodes.get(0).kill();
        star.send(1, letters(1_000));
        star.sim.runUntilQuiet();

        assertThat(time(star.rim.get(1).heard.get(0))).isLessThanOrEqualTo(201);
        assertThat(star.sim.now()).isLessThan(300);
    }

    @Test
    void aRunWithNarrowAccessesIsAFunctionOfItsSeed() {
        Seeds.check(5, random -> {
            long seed = random.nextLong();
            long traffic = random.nextLong();
            assertThat(fingerprint(seed, traffic)).isEqualTo(fingerprint(seed, traffic));
            assertThat(fingerprint(seed, traffic)).isNotEqualTo(fingerprint(seed, traffic + 1));
        });
    }

    private static long fingerprint(long seed, long traffic) {
        SimulationConfig config = SimulationConfig.synchronous(seed).withNetwork(NetworkModel.PerLink.INTERNET);
        Star star = new Star(config, Capacity.up(RATE), Capacity.UNLIMITED, new Capacity(RATE, RATE / 3));
        sendAtRandom(star, new SplitMix64(traffic));
        star.sim.runUntilQuiet();
        return star.sim.fingerprint();
    }

    @Test
    void theAccessOfARunningNodeStaysAsItIs() {
        Star star = star(Capacity.UNLIMITED, 1);

        assertThatThrownBy(() -> star.centre.limit(Capacity.up(1))).hasMessageContaining("runs already");
        assertThatThrownBy(() -> Capacity.up(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nodesWithoutABoundKeepTheirTicks() {
        Star star = new Star(SimulationConfig.synchronous(1), Capacity.UNLIMITED, Capacity.UNLIMITED);
        star.send(0, letters(100_000), "next");
        star.sim.runUntilQuiet();

        assertThat(star.sim.now()).isEqualTo(1);
    }
}
