package praline.bench;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
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
import praline.node.engine.CloseReason;
import praline.node.engine.Host;
import praline.node.engine.Job;
import praline.node.engine.Link;
import praline.node.engine.LinkPurpose;
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
import praline.protocol.Decoded;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.SplitMix64;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.GnutellaCodec;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.Message;
import praline.protocol.gnutella.OverlayFrame;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.QueryHit;

/**
 * What one query costs on its way through a node: its bytes taken apart, its route looked up and remembered, a copy
 * handed to each neighbour, its bytes put together; and the same codec work for a hit with ten records.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class QueryPath {

    private static final int BUFFER_SIZE = 4_096;
    /** So that the table of routes forgets as fast as it learns. */
    private static final int MILLIS_PER_QUERY = 5;

    @Param({"4", "30"})
    int neighbours;

    private final SplitMix64 random = new SplitMix64(1);
    private final ByteBuffer out = ByteBuffer.allocate(BUFFER_SIZE);
    private final Query query = new Query(
            Guid.random(random),
            5,
            2,
            0x8000,
            Bytes.ofUtf8("praline network laboratory"),
            Bytes.ofUtf8("urn:sha1:ZVUIFIMKBWG6BBIX3QSF2OKGG46L2EOV"));
    private final QueryHit hit = hit();
    private final ByteBuffer queryBytes = encoded(query);
    private final ByteBuffer hitBytes = encoded(hit);
    private final IdleHost host = new IdleHost();
    private OverlayEngine engine = engine();
    private SinkLink source = new SinkLink(0);

    /** An engine with that many joined neighbours, whose host takes whatever is sent. */
    @Setup
    public void joinNeighbours() {
        engine = engine();
        engine.onStart();
        for (int i = 0; i < neighbours; i++) {
            source = new SinkLink(i);
            engine.adopt(source, Role.FLAT);
        }
    }

    @Benchmark
    public ByteBuffer encodeQuery() {
        out.clear();
        GnutellaCodec.encode(query, out);
        return out;
    }

    @Benchmark
    public Decoded<Message> decodeQuery() {
        queryBytes.rewind();
        return GnutellaCodec.decode(queryBytes, WireLimits.STANDARD);
    }

    @Benchmark
    public ByteBuffer encodeHit() {
        out.clear();
        GnutellaCodec.encode(hit, out);
        return out;
    }

    @Benchmark
    public Decoded<Message> decodeHit() {
        hitBytes.rewind();
        return GnutellaCodec.decode(hitBytes, WireLimits.STANDARD);
    }

    /** A query that the node has not seen: remembered, looked for, passed on to all neighbours but one. */
    @Benchmark
    public long routeQuery() {
        engine.onMessage(source, fresh());
        return engine.nextWake();
    }

    /** A copy of a query that the node has seen. */
    @Benchmark
    public long dropDuplicate() {
        engine.onMessage(source, query);
        return engine.nextWake();
    }

    private Query fresh() {
        host.now += MILLIS_PER_QUERY;
        if (engine.nextWake() <= host.now) {
            engine.onWake();
        }
        Guid guid = Guid.random(random);
        return new Query(guid, query.ttl(), query.hops(), query.flags(), query.text(), query.extensions());
    }

    private OverlayEngine engine() {
        OverlayConfig config = new OverlayConfig(
                Role.FLAT,
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

    private QueryHit hit() {
        ImmutableList.Builder<HitRecord> records = ImmutableList.builder();
        for (int i = 0; i < 10; i++) {
            records.add(new HitRecord(
                    i,
                    1_000_000,
                    Bytes.ofUtf8("praline network laboratory " + i + ".txt"),
                    Bytes.ofUtf8("urn:sha1:ZVUIFIMKBWG6BBIX3QSF2OKGG46L2EOV")));
        }
        Endpoint sharer = Endpoint.ofIpv4(0x7F000002, 6346);
        return new QueryHit(query.guid(), 5, 0, sharer, 1_000, records.build(), Bytes.EMPTY, Guid.random(random));
    }

    private static ByteBuffer encoded(Message message) {
        ByteBuffer bytes = ByteBuffer.allocate(message.wireSize());
        GnutellaCodec.encode(message, bytes);
        return bytes.flip();
    }

    /** Takes whatever an engine does, and lets time stand still. */
    static final class IdleHost implements Host<Message> {
        private final SplitMix64 random = new SplitMix64(2);
        long now;

        @Override
        public long now() {
            return now;
        }

        @Override
        public RandomGenerator random() {
            return random;
        }

        @Override
        public long dial(Endpoint to, LinkPurpose purpose) {
            return 1;
        }

        @Override
        public long submit(Job job) {
            return 1;
        }

        @Override
        public boolean sendTo(Endpoint to, Message datagram) {
            return false;
        }
    }

    /** Takes whatever is sent. */
    static final class SinkLink implements Link<OverlayFrame> {
        private final Endpoint remote;
        private @Nullable Object attachment;

        SinkLink(int number) {
            remote = Endpoint.ofIpv4(0x7F000100 + number, 6346);
        }

        @Override
        public Endpoint remote() {
            return remote;
        }

        @Override
        public int room() {
            return Integer.MAX_VALUE;
        }

        @Override
        public boolean send(OverlayFrame message) {
            return true;
        }

        @Override
        public void read(boolean on) {}

        @Override
        public void close(CloseReason why) {}

        @Override
        public @Nullable Object attachment() {
            return attachment;
        }

        @Override
        public void attach(@Nullable Object state) {
            attachment = state;
        }
    }
}
