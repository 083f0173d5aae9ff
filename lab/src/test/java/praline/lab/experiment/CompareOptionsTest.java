package praline.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import praline.node.overlay.SearchMode;
import praline.protocol.UserError;

/** What a user may ask for, and what one line says about the rest. */
class CompareOptionsTest {

    private static final ImmutableSet<SearchMode> MODES = CompareOptions.DEFAULT.modes();

    @Test
    void theCommandRepeatsTheRun() {
        assertThat(CompareOptions.DEFAULT.command())
                .isEqualTo("praline compare --nodes 60 --supernodes 6 --queries 200 --seed 1 --on tcp");
    }

    @Test
    void aFolderWithBlanksIsQuotedForTheShell() {
        CompareOptions options =
                new CompareOptions(60, 6, MODES, 200, 1, World.SIM, Path.of("/home/eve's files"), ImmutableSet.of());

        assertThat(options.command()).endsWith(" --on sim --share '/home/eve'\\''s files'");
    }

    @Test
    void leadersThatFindFilesInOneWayAreOneNetworkLess() {
        CompareOptions options = CompareOptions.DEFAULT.withModes(ImmutableSet.of(SearchMode.QUERY_ROUTING));

        assertThat(options.command()).contains(" --mode qrp ");
        assertThat(options.ways()).containsExactly(Way.FLAT, Way.QUERY_ROUTING, Way.DIRECTORY);
        assertThat(CompareOptions.DEFAULT.ways()).containsExactly(Way.values());
    }

    @Test
    void whatCannotBeComparedIsRefusedInOneLine() {
        assertRefused(60, 1, 200, "--supernodes");
        assertRefused(7, 6, 200, "--nodes");
        assertRefused(2_000_000, 6, 200, "--nodes");
        assertRefused(60, 6, 10, "--queries");
        assertRefused(60, 6, 1_000_000, "--queries");
    }

    private static void assertRefused(int nodes, int supernodes, int queries, String where) {
        assertThatThrownBy(() ->
                        new CompareOptions(nodes, supernodes, MODES, queries, 1, World.SIM, null, ImmutableSet.of()))
                .isInstanceOfSatisfying(UserError.class, error -> {
                    assertThat(error.where()).isEqualTo(where);
                    assertThat(error.kind()).isEqualTo(UserError.Kind.USAGE);
                });
    }
}
