package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import praline.node.engine.DialFailure;
import praline.node.engine.Profile;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.Headers;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.gnutella.Ping;
import praline.protocol.gnutella.Push;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.QueryHit;

/** One overlay engine on a stage: the test plays its host, its files and everybody at the other ends of its links. */
final class Stage {

    static final Endpoint SELF = Endpoint.parse("127.0.0.1:6346").orElseThrow();
    static final Guid SERVENT = Guid.ofHex("0000000000000001ff00000000000100");

    /** The standard ones, for tests in which a query is asked over and over. */
    static final OverlayLimits LIMITS = OverlayLimits.with(ImmutableMap.of(
            "limits.overlay.leafQueriesPerSecond", 1_000_000L,
            "limits.overlay.neighbourQueriesPerSecond", 1_000_000L,
            "limits.overlay.sameQueryMillis", 0L));

    final HandHost host = new HandHost();
    final List<QueryHit> heard = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    final OverlayEngine engine;
    ImmutableList<HitRecord> matches = ImmutableList.of();
    ImmutableList<IndexRecord.Add> published = ImmutableList.of();
    private int lastPeer = 1;

    Stage(Role role) {
        this(role, LIMITS, null);
    }

    Stage(Role role, OverlayLimits limits, @Nullable LeafIndex index) {
        this(new OverlayConfig(role, SELF, SERVENT, Profile.LAB, 2, 1, SearchMode.INDEX, true, 100, limits), index);
    }

    Stage(OverlayConfig config, @Nullable LeafIndex index) {
        engine = new OverlayEngine(config, host, new StagedFiles(), index, new Ear(), OverlayObserver.NONE);
        engine.onStart();
    }

    /** A node that may choose its role, of which anybody may think that it can be reached. */
    static Stage choosing(TierLimits tiers) {
        return choosing(tiers, Profile.EXPERIMENT);
    }

    static Stage choosing(TierLimits tiers, Profile profile) {
        OverlayConfig config =
                new OverlayConfig(Role.LEAF, SELF, SERVENT, profile, 2, 1, SearchMode.INDEX, true, 100, LIMITS);
        return new Stage(config.choosing(RolePolicy.AUTO, tiers), new OneFileIndex());
    }

    /** What the engine answers to somebody who dials and says this. */
    Handshake answerTo(Headers headers) {
        HandLink link = new HandLink("127.0.0.99:40000");
        engine.onLinkOpen(link, 0);
        engine.onMessage(link, Handshake.greeting(headers));
        return (Handshake) link.sent.get(0);
    }

    /** A joined neighbour or leaf that dialled us, with an address of its own; what the handshake sent is forgotten. */
    HandLink join(Role peer) {
        return join(peer, Headers.NONE);
    }

    /** The same, of one that says more of itself. */
    HandLink join(Role peer, Headers more) {
        int number = ++lastPeer;
        HandLink link = new HandLink("127.0.0." + number + ":40000");
        Headers.Builder headers = Headers.builder();
        headers(peer, number).lines().forEach(line -> headers.add(line.name(), line.value()));
        more.lines().forEach(line -> headers.add(line.name(), line.value()));
        engine.onLinkOpen(link, 0);
        engine.onMessage(link, Handshake.greeting(headers.build()));
        engine.onMessage(link, Handshake.answer(200, "OK", Headers.NONE));
        link.sent.clear();
        return link;
    }

    /** What a peer of this role says of itself; {@code number} makes its GUID and its port. */
    static Headers headers(Role role, int number) {
        return headers(role, "Test/1", number);
    }

    static Headers headers(Role role, String agent, int number) {
        Headers.Builder headers = Headers.builder()
                .add("User-Agent", agent)
                .add("GUID", guid(number).toString())
                .add("Listen-IP", "127.0.0." + number + ":6346");
        switch (role) {
            case FLAT -> headers.add("X-Praline-Mode", "flat");
            case LEAF -> headers.add("X-Ultrapeer", "False");
            case SUPERNODE -> headers.add("X-Ultrapeer", "True").add("X-Praline-Index", "0.1");
        }
        return headers.build();
    }

    static Guid guid(int number) {
        return new Guid(number, 0xFF00_0000_0000_0000L);
    }

    static Query query(int number, int ttl, int hops) {
        return new Query(guid(1_000 + number), ttl, hops, 0x8000, Bytes.ofUtf8("praline"), Bytes.EMPTY);
    }

    static QueryHit hit(Query query, int ttl, int hops) {
        HitRecord record = new HitRecord(1, 100, Bytes.ofUtf8("praline.txt"), Bytes.EMPTY);
        return new QueryHit(query.guid(), ttl, hops, SELF, 1, ImmutableList.of(record), Bytes.EMPTY, guid(77));
    }

    /** Moves the clock on and lets the engine act on what is due, as often as it is due. */
    void advance(long millis) {
        long end = host.now + millis;
        while (engine.nextWake() <= end) {
            host.now = Math.max(host.now, engine.nextWake());
            engine.onWake();
        }
        host.now = end;
    }

    /** As {@link #advance}, while {@code others} say a word now and then. */
    void advanceTalking(long millis, HandLink... others) {
        long end = host.now + millis;
        while (host.now < end) {
            advance(Math.min(10_000, end - host.now));
            for (HandLink other : others) {
                if (other.closed == null) {
                    engine.onMessage(other, new Ping(guid(3), 1, 0, Bytes.EMPTY));
                }
            }
        }
    }

    private final class StagedFiles implements SharedFiles {
        @Override
        public ImmutableList<HitRecord> match(Question question, int limit) {
            return matches.subList(0, Math.min(limit, matches.size()));
        }

        @Override
        public ImmutableList<IndexRecord.Add> published() {
            return published;
        }

        @Override
        public int fileCount() {
            return published.size();
        }

        @Override
        public long kibibytes() {
            return 4;
        }
    }

    private final class Ear implements OverlayListener {
        @Override
        public void onHit(long search, QueryHit hit) {
            heard.add(hit);
        }

        @Override
        public void onSearchQuiet(long search) {
            events.add("quiet " + search);
        }

        @Override
        public void onJoined(Endpoint remote, Role role) {
            events.add("joined " + role);
        }

        @Override
        public void onLeft(Endpoint remote, Role role) {
            events.add("left " + role);
        }

        @Override
        public void onRole(Role role) {
            events.add("is " + role);
        }

        @Override
        public void onPublicationRefused(Endpoint supernode) {
            events.add("publication refused");
        }

        @Override
        public void onPush(Push push) {
            events.add("push " + push.index() + " for " + push.endpoint());
        }

        @Override
        public void onBye(Endpoint remote, int code, String reason) {
            events.add("bye " + code + " " + reason);
        }

        @Override
        public void onUnreachable(Endpoint remote, DialFailure why) {
            events.add("unreachable " + remote);
        }

        @Override
        public void onRefused(Endpoint remote, int status, String reason, boolean flat) {
            events.add("refused " + status + (flat ? " flat" : ""));
        }
    }
}
