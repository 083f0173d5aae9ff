package praline.lab.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import praline.lab.sim.OverlayWire;
import praline.lab.sim.Simulation;
import praline.lab.sim.SimulationConfig;
import praline.lab.sim.VirtualNode;
import praline.node.engine.Counters.Cause;
import praline.node.engine.Counters.Direction;
import praline.node.engine.Profile;
import praline.node.overlay.OverlayConfig;
import praline.node.overlay.OverlayEngine;
import praline.node.overlay.OverlayLimits;
import praline.node.overlay.OverlayListener;
import praline.node.overlay.OverlayObserver;
import praline.node.overlay.Question;
import praline.node.overlay.Role;
import praline.node.overlay.Search;
import praline.node.overlay.SearchMode;
import praline.node.overlay.SharedFiles;
import praline.protocol.Bytes;
import praline.protocol.Guid;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.gnutella.Message;
import praline.protocol.gnutella.OverlayFrame;
import praline.protocol.gnutella.QueryHit;
import praline.supernode.index.IndexLimits;
import praline.supernode.index.KeywordIndex;

/**
 * Supernodes and their leaves in virtual time, joined by themselves: the last hop of a query goes by tables, and tables
 * follow what leaves share. One supernode in the middle asks, with TTL 2, so that a neighbour is its query's last hop.
 */
class RoutedNetworkTest {

    private static final long MINUTE = 60_000;

    private final Simulation sim = new Simulation(SimulationConfig.synchronous(5));
    private final Node middle = new Node(Role.SUPERNODE, SearchMode.INDEX, "");
    private final Node left = new Node(Role.SUPERNODE, SearchMode.INDEX, "");
    private final Node right = new Node(Role.SUPERNODE, SearchMode.INDEX, "");
    private final Node asking = new Node(Role.LEAF, SearchMode.INDEX, "");

    @Test
    void aLeafWithATableIsFoundThroughItsSupernode() {
        Node leaf = new Node(Role.LEAF, SearchMode.QUERY_ROUTING, "zanzibar");
        Node other = new Node(Role.LEAF, SearchMode.QUERY_ROUTING, "marimba");
        start(leaf, other);

        assertThat(asking.hitsFor("zanzibar")).isEqualTo(1);
        assertThat(List.of(leaf.queries(), other.queries(), left.queries(), right.queries()))
                .containsExactly(1L, 0L, 1L, 0L);
    }

    @Test
    void anIndexIsAPartOfItsSupernodesTable() {
        Node leaf = new Node(Role.LEAF, SearchMode.INDEX, "zanzibar");
        start(leaf);

        assertThat(asking.hitsFor("zanzibar")).isEqualTo(1);
        assertThat(List.of(leaf.queries(), left.queries(), right.queries())).containsExactly(0L, 1L, 0L);
    }

    @Test
    void aLeafThatLeavesTakesItsWordsOutOfTheTableSentNext() {
        Node indexed = new Node(Role.LEAF, SearchMode.INDEX, "zanzibar");
        Node routed = new Node(Role.LEAF, SearchMode.QUERY_ROUTING, "marimba");
        start(indexed, routed);

        indexed.node.run(() -> indexed.engine.leave("enough"));
        routed.node.run(() -> routed.engine.leave("enough"));
        sim.runUntil(sim.now() + 2 * MINUTE);

        assertThat(asking.hitsFor("zanzibar") + asking.hitsFor("marimba")).isZero();
        assertThat(left.queries()).isZero();
    }

    @Test
    void aLeafThatChangesItsFilesIsAskedForOthers() {
        Node leaf = new Node(Role.LEAF, SearchMode.QUERY_ROUTING, "zanzibar");
        start(leaf);

        leaf.shareOnly("marimba");
        sim.runUntil(sim.now() + 2 * MINUTE);

        assertThat(asking.hitsFor("zanzibar")).isZero();
        assertThat(leaf.queries()).isZero();
        assertThat(asking.hitsFor("marimba")).isEqualTo(1);
        assertThat(leaf.queries()).isEqualTo(1);
    }

    /** All dial; {@code leaves} the supernode on the left. */
    private void start(Node... leaves) {
        for (Node node : List.of(middle, left, right, asking)) {
            node.start(middle);
        }
        for (Node leaf : leaves) {
            leaf.start(left);
        }
        sim.runUntil(sim.now() + 3 * MINUTE);
    }

    /** One node, which shares one file of one word, or nothing. */
    private final class Node implements OverlayListener, SharedFiles {
        final VirtualNode node = sim.addNode();
        final OverlayEngine engine;
        private final List<QueryHit> hits = new ArrayList<>();
        private String word;

        Node(Role role, SearchMode mode, String word) {
            this.word = word;
            OverlayConfig config = new OverlayConfig(
                    role,
                    node.endpoint(),
                    new Guid(node.number() + 1, 0xFF00_0000_0000_0100L),
                    Profile.LAB,
                    role == Role.SUPERNODE ? 1 : 0,
                    1,
                    mode,
                    true,
                    OverlayConfig.HOP_MILLIS,
                    OverlayLimits.of(role));
            KeywordIndex index = role == Role.SUPERNODE
                    ? new KeywordIndex(IndexLimits.of(Profile.LAB), WireLimits.STANDARD, 1)
                    : null;
            engine = node.<OverlayFrame, Message, OverlayEngine>add(
                    OverlayWire.INSTANCE,
                    host -> new OverlayEngine(config, host, this, index, this, OverlayObserver.NONE));
        }

        void start(Node seed) {
            node.start();
            if (seed != this) {
                node.run(() -> engine.connect(seed.node.endpoint()));
            }
        }

        int hitsFor(String words) {
            hits.clear();
            node.run(() -> engine.search(new Search(words, null, 2, Search.Spread.FLOOD)));
            sim.runUntil(sim.now() + 1_000);
            return hits.size();
        }

        long queries() {
            return engine.counters().messages(Direction.IN, Cause.QUERY);
        }

        void shareOnly(String other) {
            word = other;
            node.run(() -> engine.filesChanged(published()));
        }

        @Override
        public void onHit(long search, QueryHit hit) {
            hits.add(hit);
        }

        @Override
        public ImmutableList<HitRecord> match(Question question, int limit) {
            boolean matches = !word.isEmpty()
                    && question.terms(WireLimits.STANDARD).words().contains(word);
            return matches
                    ? ImmutableList.of(new HitRecord(1, 1_000, Bytes.ofUtf8(word), Bytes.EMPTY))
                    : ImmutableList.of();
        }

        @Override
        public ImmutableList<IndexRecord.Add> published() {
            Sha1 sha1 = Sha1.digestOf(word.getBytes(StandardCharsets.UTF_8));
            return word.isEmpty()
                    ? ImmutableList.of()
                    : ImmutableList.of(new IndexRecord.Add(1, 1_000, sha1, null, false, Bytes.ofUtf8(word)));
        }

        @Override
        public int fileCount() {
            return word.isEmpty() ? 0 : 1;
        }

        @Override
        public long kibibytes() {
            return fileCount();
        }
    }
}
