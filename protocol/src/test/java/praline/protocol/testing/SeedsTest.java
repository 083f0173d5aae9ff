package praline.protocol.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Seeds are tested with the properties of this JVM set and put back, as a user gives them on the command line. */
class SeedsTest {
    private final String only = System.getProperty("praline.seed", "");
    private final String base = System.getProperty("praline.seedBase", "");

    @BeforeEach
    void start() {
        set("praline.seed", "");
        set("praline.seedBase", "10");
    }

    @AfterEach
    void putBack() {
        set("praline.seed", only);
        set("praline.seedBase", base);
    }

    @Test
    void everySeedDrawsSomethingElse() {
        List<Long> drawn = new ArrayList<>();

        Seeds.check(100, random -> drawn.add(random.nextLong()));

        assertThat(drawn).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void aFailureNamesItsSeedAndHowToRunItAlone() {
        long fatal = Seeds.generator(14).nextLong();

        assertThatThrownBy(() ->
                        Seeds.check(100, random -> assertThat(random.nextLong()).isNotEqualTo(fatal)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("seed 14; alone: -Dpraline.seed=14: ")
                .hasCauseInstanceOf(AssertionError.class);
    }

    @Test
    void oneSeedRunsAlone() {
        System.setProperty("praline.seed", "14");
        List<Long> drawn = new ArrayList<>();

        Seeds.check(100, random -> drawn.add(random.nextLong()));

        assertThat(drawn).containsExactly(Seeds.generator(14).nextLong());
    }

    @Test
    void cheapPropertiesCanHaveManyTimesTheirSeeds() {
        String before = System.getProperty("praline.seedTimes", "");
        List<Long> drawn = new ArrayList<>();
        try {
            set("praline.seedTimes", "3");
            Seeds.checkMany(10, random -> drawn.add(random.nextLong()));
        } finally {
            set("praline.seedTimes", before);
        }

        assertThat(drawn).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void aPropertyWithoutSeedsIsRefused() {
        assertThatThrownBy(() -> Seeds.check(0, random -> {})).isInstanceOf(IllegalArgumentException.class);
    }

    private static void set(String name, String value) {
        if (value.isEmpty()) {
            System.clearProperty(name);
        } else {
            System.setProperty(name, value);
        }
    }
}
