package praline.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import praline.node.engine.Profile;
import praline.node.overlay.OverlayConfig;
import praline.node.overlay.OverlayEngine;
import praline.node.overlay.OverlayLimits;
import praline.node.overlay.OverlayListener;
import praline.node.overlay.OverlayObserver;
import praline.node.overlay.Role;
import praline.node.overlay.SearchMode;
import praline.node.overlay.SharedFiles;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.SplitMix64;
import praline.protocol.gnutella.QrpPatches;
import praline.protocol.gnutella.QrpTable;
import praline.protocol.gnutella.QrpWords;
import praline.protocol.gnutella.Query;

/**
 * What a supernode's engine does with a query that arrives with its last hop: remembers it, reads its words, and tests
 * it against the tables of all leaves, of 65,536 slots and 500 words each. Without leaves only the first is done: the
 * difference is what routing by tables costs.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class LeafRouting {

    private static final int VOCABULARY = 100_000;
    private static final int WORDS_OF_A_LEAF = 500;
    private static final int QUERIES = 4_096;

    /** So that the table of routes forgets as fast as it learns. */
    private static final int QUERIES_PER_MILLI = 20;

    @Param({"0", "50", "200", "350"})
    int leaves;

    private final SplitMix64 random = new SplitMix64(1);
    private final QueryPath.IdleHost host = new QueryPath.IdleHost();
    private final QueryPath.SinkLink source = new QueryPath.SinkLink(1_000);
    private final Bytes[] twoWords = new Bytes[QUERIES];
    private final Bytes[] fourWords = new Bytes[QUERIES];
    private OverlayEngine engine = engine();
    private int asked;

    /** An engine whose leaves have sent their tables. */
    @Setup
    public void joinLeaves() {
        engine.onStart();
        engine.adopt(source, Role.SUPERNODE);
        for (int i = 0; i < leaves; i++) {
            QueryPath.SinkLink leaf = new QueryPath.SinkLink(i);
            engine.adopt(leaf, Role.LEAF);
            engine.onMessage(leaf, QrpPatches.reset(Guid.ZERO, QrpTable.OUR_BITS));
            QrpPatches.between(QrpTable.empty(QrpTable.OUR_BITS), table(), Guid.ZERO)
                    .forEach(patch -> engine.onMessage(leaf, patch));
        }
        for (int i = 0; i < QUERIES; i++) {
            twoWords[i] = Bytes.ofUtf8(word() + " " + word());
            fourWords[i] = Bytes.ofUtf8(word() + " " + word() + " " + word() + " " + word());
        }
    }

    @Benchmark
    public long askTwoWords() {
        return ask(twoWords);
    }

    @Benchmark
    public long askFourWords() {
        return ask(fourWords);
    }

    private long ask(Bytes[] texts) {
        asked++;
        if (asked % QUERIES_PER_MILLI == 0) {
            host.now++;
            if (engine.nextWake() <= host.now) {
                engine.onWake();
            }
        }
        Guid guid = Guid.random(random);
        engine.onMessage(source, new Query(guid, 1, 2, 0x8000, texts[asked % QUERIES], Bytes.EMPTY));
        return engine.nextWake();
    }

    private QrpTable table() {
        QrpTable.Builder table = QrpTable.builder(QrpTable.OUR_BITS);
        for (int i = 0; i < WORDS_OF_A_LEAF; i++) {
            QrpWords.hashesOf(word(), table::addHash);
        }
        return table.build();
    }

    private String word() {
        return "w" + Integer.toString(random.nextInt(VOCABULARY) * 7_919, Character.MAX_RADIX);
    }

    private OverlayEngine engine() {
        OverlayConfig config = new OverlayConfig(
                Role.SUPERNODE,
                Endpoint.ofIpv4(0x7F000001, 6346),
                Guid.random(random),
                Profile.EXPERIMENT,
                0,
                0,
                SearchMode.INDEX,
                false,
                OverlayConfig.HOP_MILLIS,
                OverlayLimits.STANDARD);
        return new OverlayEngine(config, host, SharedFiles.NONE, null, OverlayListener.NONE, OverlayObserver.NONE);
    }
}
