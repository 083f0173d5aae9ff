package praline.node.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import praline.node.engine.Job;
import praline.node.engine.Profile;
import praline.protocol.Endpoint;
import praline.protocol.Limits;
import praline.protocol.Sha1;
import praline.protocol.testing.Seeds;
import praline.protocol.text.RemoteText;

/**
 * A download among sources with drawn faults, of which one is honest and up all the time: whatever the others do, it
 * ends with the right bytes. The disk refuses a byte that it has already, so no byte is fetched twice without cause.
 */
class DownloadPropertyTest {
    private static final Sha1 SHA1 = Sha1.digestOf(new byte[] {1});
    private static final int MINUTE = 60_000;
    private static final int DAY = 24 * 60 * MINUTE;

    @Test
    void oneHonestSourceIsEnough() {
        Seeds.check(2_000, random -> new Run(random, random.nextLong()).toTheEnd());
    }

    @Test
    void aRunIsAFunctionOfItsSeed() {
        Seeds.check(50, random -> {
            long seed = random.nextLong();
            assertThat(new Run(Seeds.generator(seed), seed).toTheEnd())
                    .isEqualTo(new Run(Seeds.generator(seed), seed).toTheEnd());
        });
    }

    /** One world with one download. */
    private static final class Run {
        private final RandomGenerator random;
        private final World world;
        private final WorldNode node;
        private final long size;
        private final Heard heard = new Heard();
        private final TransferEngine engine;
        private final List<WorldNode> places = new ArrayList<>();
        private final WorldNode honest;
        private int resets;

        Run(RandomGenerator random, long seed) {
            this.random = random;
            this.world = new World(seed);
            this.node = world.add(1);
            this.size = random.nextInt(1, 400_000);
            node.disk.truth.put(SHA1, size);
            node.diskMillis = random.nextInt(1, 50);
            Map<String, Long> limits = Map.of("limits.download.windowBytes", random.nextLong(16_384, 200_000));
            TransferConfig config =
                    new TransferConfig(node.endpoint, Profile.INTERNET, Limits.with(TransferLimits.class, limits));
            engine = node.install(new TransferEngine(config, node, SharedContent.NONE, heard));
            int bad = random.nextInt(6);
            for (int i = 0; i < bad; i++) {
                drawFaults(addSource());
            }
            ScriptedSource good = addSource();
            good.answerMax = random.nextBoolean() ? Long.MAX_VALUE : random.nextLong(10_000, 200_000);
            good.closesAfterAnswer = random.nextBoolean();
            good.busyAnswers = random.nextInt(3);
            honest = places.get(bad);
        }

        /** What happened, in one number. */
        long toTheEnd() {
            long hint = random.nextInt(4) == 0 ? random.nextInt(1, 400_000) : size;
            long told = random.nextInt(3) == 0 ? Job.SIZE_UNKNOWN : hint;
            List<Endpoint> sources = new ArrayList<>();
            places.forEach(place -> sources.add(random.nextInt(sources.size() + 1), place.endpoint));
            assertThat(engine.fetch(new Wanted(SHA1, told, RemoteText.of("name"), true), sources))
                    .isEmpty();
            for (int i = random.nextInt(8); i > 0; i--) {
                world.runFor(random.nextInt(20_000));
                disturb();
            }
            node.disk.room = Long.MAX_VALUE;
            world.runUntil(heard::hasEnded, DAY);
            assertThat(heard.paths).containsExactly("/finished/name");
            assertThat(heard.stored).isEqualTo(size);
            world.runFor(DAY);
            assertThat(world.blocksAlive).isZero();
            assertThat(engine.nextWake()).isEqualTo(Long.MAX_VALUE);
            return world.fingerprint();
        }

        private void disturb() {
            if (heard.hasEnded()) {
                return;
            }
            switch (random.nextInt(4)) {
                case 0 -> resetAll();
                case 1 -> node.disk.room = random.nextInt(100_000);
                case 2 -> {
                    WorldNode place = places.get(random.nextInt(places.size()));
                    place.isUp = place == honest || !place.isUp;
                }
                default -> engine.addSources(SHA1, List.of(places.get(random.nextInt(places.size())).endpoint));
            }
        }

        /** Three failures in a row, and even the honest source would be given up. */
        private void resetAll() {
            if (++resets < 3) {
                world.resetAll();
            }
        }

        private ScriptedSource addSource() {
            WorldNode place = world.add(2 + places.size());
            places.add(place);
            return place.install(new ScriptedSource(world, SHA1, size));
        }

        private void drawFaults(ScriptedSource source) {
            if (random.nextInt(3) == 0) {
                source.answerMax = random.nextLong(1_000, 100_000);
            }
            switch (random.nextInt(12)) {
                case 0 -> source.breaksAfter = random.nextLong(1, size + 1);
                case 1 -> source.stallsAfter = random.nextLong(size + 1);
                case 2 -> source.busyAnswers = random.nextInt(20);
                case 3 -> source.status = List.of(404, 416, 500, 400, 409).get(random.nextInt(5));
                case 4 -> source.claimedSize = random.nextLong(1, 2 * size + 1);
                case 5 -> source.rangeShift = random.nextInt(-100, 100);
                case 6 -> source.ignoresRanges = true;
                case 7 -> source.answersNothing = true;
                case 8 -> source.excess = random.nextInt(1, 20_000);
                case 9 -> source.place.content = 666;
                case 10 -> {
                    source.place.content = 666;
                    source.breaksAfter = random.nextLong(1, size + 1);
                }
                default -> {
                    source.place.content = 666;
                    source.claimedSize = random.nextLong(1, 2 * size + 1);
                }
            }
        }
    }
}
