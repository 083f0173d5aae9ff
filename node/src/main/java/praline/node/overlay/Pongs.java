package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Counters.Cause;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.Ggep;
import praline.protocol.gnutella.GgepReader;
import praline.protocol.gnutella.GgepWriter;
import praline.protocol.gnutella.Ping;
import praline.protocol.gnutella.Pong;

/**
 * Answers pings from what this node knows, and learns from pongs. Pings are never passed on. One of TTL 1 asks whether
 * we live, and is always answered; others ask for hosts, and are answered every three seconds with ten pongs at most:
 * our own, neighbours', and what neighbours told (spec/gnutella.md section 4; spec/hardening.md R11).
 */
final class Pongs {

    /** Other hosts that one ping is told of. */
    private static final int HOSTS_PER_PING = 9;
    /** Of them from beyond our neighbours, if we know so many. */
    private static final int FAR_HOSTS = 4;

    private static final long HOSTS_PAUSE_MILLIS = 3_000;
    /** Addresses in one list, and taken from one. */
    private static final int PACKED_MAX = 10;

    private static final int PACKED_SIZE = 4 + 2;
    /** Neighbours that are asked when we know nobody beyond them. */
    private static final int ASKED = 3;
    /** A ping for the neighbours of a neighbour: it asks nobody else in turn. */
    private static final int CRAWL_TTL = 2;
    /** The least size that marks a supernode, in KiB; the field then holds a power of two. */
    private static final long SUPERNODE_MARK_MIN = 8;

    private static final int BYTE_MAX = 255;
    private static final int SECOND_MILLIS = 1_000;
    private static final long DAY_SECONDS = 86_400;

    /** {@code SCP}: supernodes are wanted, in a packed list. */
    private static final Bytes WANTS_SUPERNODES =
            GgepWriter.plain().add("SCP", Bytes.ofHex("01")).toBytes();

    /** {@code VC}: vendor and version 0.1. */
    private static final Bytes VENDOR = Bytes.ofHex("50524c4e" + "01");
    /** The version of {@code UP}. */
    private static final int SLOTS_VERSION = 2;

    private final Context context;
    private final SharedFiles files;
    private final long startedAt;
    /** Since the first pong of somebody beyond our neighbours, or the first who asked for such. */
    private @Nullable PongCache cache;

    Pongs(Context context, SharedFiles files) {
        this.context = context;
        this.files = files;
        this.startedAt = context.host.now();
    }

    void onPing(LinkState from, Ping ping) {
        long now = context.host.now();
        if (ping.ttl() <= 1) {
            context.outbox.sendControl(from, own(ping.guid(), false, from), Cause.MAINTENANCE);
            return;
        }
        Conduct conduct = from.conduct();
        if (now - conduct.hostsGivenAt < HOSTS_PAUSE_MILLIS) {
            context.limitHits.hit("dropped.pingTooSoon");
            return;
        }
        conduct.hostsGivenAt = now;
        boolean wantsList =
                new GgepReader(WireLimits.STANDARD).read(ping.extensions(), 0).has("SCP");
        context.outbox.sendControl(from, own(ping.guid(), wantsList, from), Cause.MAINTENANCE);
        List<Pong> far = ping.ttl() > CRAWL_TTL ? far(from, now) : ImmutableList.of();
        tellNeighbours(from, ping.guid(), HOSTS_PER_PING - far.size());
        for (Pong pong : far) {
            context.outbox.sendChatter(from, onward(pong, ping.guid()));
        }
    }

    /** Takes the answer to a ping of ours; any other pong is nobody's. */
    void onPong(LinkState from, Pong pong) {
        if (!pong.guid().equals(from.ping)) {
            return;
        }
        Endpoint teller = from.link.remote();
        context.learn(pong.endpoint(), teller);
        Ggep ggep = new GgepReader(WireLimits.STANDARD).read(pong.extensions(), 0);
        ggep.get("IPP").ifPresent(list -> learnAll(list, teller));
        boolean isWorthTelling = context.config.role() == Role.FLAT || isSupernode(pong);
        if (pong.hops() > 0 && isWorthTelling && context.isUsable(pong.endpoint(), teller)) {
            cache().add(pong, context.host.now());
        }
    }

    /** Asks {@code to} for hosts that it knows. */
    void ask(LinkState to, int ttl) {
        Guid guid = context.freshGuid();
        to.ping = guid;
        context.outbox.sendControl(to, new Ping(guid, ttl, 0, WANTS_SUPERNODES), Cause.MAINTENANCE);
    }

    private List<Pong> far(LinkState asker, long now) {
        PongCache known = cache();
        if (context.config.maintained() && known.shallAsk(FAR_HOSTS, now)) {
            askNeighbours(asker);
        }
        return known.fresh(asker.link.remote(), FAR_HOSTS, now);
    }

    private void askNeighbours(LinkState except) {
        int neighbours = context.links.neighbourCount();
        int first = neighbours == 0 ? 0 : context.host.random().nextInt(neighbours);
        for (int i = 0; i < Math.min(ASKED, neighbours); i++) {
            LinkState neighbour = context.links.neighbour((first + i) % neighbours);
            if (neighbour != except) {
                ask(neighbour, CRAWL_TTL);
            }
        }
    }

    private void tellNeighbours(LinkState asker, Guid ping, int max) {
        int given = 0;
        for (int i = 0; i < context.links.neighbourCount() && given < max; i++) {
            LinkState neighbour = context.links.neighbour(i);
            if (neighbour != asker && neighbour.peer().contact().port() != 0) {
                long mark = neighbour.peer().role() == Role.SUPERNODE ? SUPERNODE_MARK_MIN : 0;
                Pong pong = new Pong(ping, 1, 1, neighbour.peer().contact(), 0, mark, Bytes.EMPTY);
                context.outbox.sendChatter(asker, pong);
                given++;
            }
        }
    }

    private static Pong onward(Pong pong, Guid ping) {
        return new Pong(ping, 1, pong.hops() + 1, pong.endpoint(), pong.files(), pong.kibibytes(), pong.extensions());
    }

    private Pong own(Guid ping, boolean withHosts, LinkState asker) {
        GgepWriter ggep = GgepWriter.plain().add("VC", VENDOR);
        if (context.config.role() == Role.SUPERNODE) {
            ggep.add("UP", freeSlots());
        }
        long upSeconds = Math.min((context.host.now() - startedAt) / SECOND_MILLIS, DAY_SECONDS);
        ggep.add("DU", Ggep.number(upSeconds));
        Bytes hosts = withHosts ? packedHosts(asker) : Bytes.EMPTY;
        if (!hosts.isEmpty()) {
            ggep.add("IPP", hosts);
        }
        return new Pong(ping, 1, 0, context.config.self(), files.fileCount(), sizeField(), ggep.toBytes());
    }

    private Bytes freeSlots() {
        OverlayLimits limits = context.config.limits();
        int leaves = limits.leavesMax() - context.links.leafCount();
        int neighbours = limits.neighboursMax() - context.links.neighbourCount();
        return Bytes.copyOf(new byte[] {SLOTS_VERSION, saturated(leaves), saturated(neighbours)});
    }

    private static byte saturated(int slots) {
        return (byte) Math.max(0, Math.min(slots, BYTE_MAX));
    }

    private Bytes packedHosts(LinkState asker) {
        ByteBuffer out = ByteBuffer.allocate(PACKED_MAX * PACKED_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < context.links.neighbourCount() && out.hasRemaining(); i++) {
            LinkState neighbour = context.links.neighbour(i);
            Endpoint contact = neighbour.peer().contact();
            if (neighbour != asker && contact.port() != 0 && contact.isIpv4()) {
                out.putInt(Integer.reverseBytes(contact.ipv4())).putShort((short) contact.port());
            }
        }
        return Bytes.read(out.flip(), out.limit());
    }

    private void learnAll(Bytes packed, Endpoint teller) {
        int count = Math.min(packed.size() / PACKED_SIZE, PACKED_MAX);
        ByteBuffer in = ByteBuffer.wrap(packed.toArray()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            int address = Integer.reverseBytes(in.getInt());
            context.learn(Endpoint.ofIpv4(address, Short.toUnsignedInt(in.getShort())), teller);
        }
    }

    private static boolean isSupernode(Pong pong) {
        return pong.kibibytes() >= SUPERNODE_MARK_MIN && Long.bitCount(pong.kibibytes()) == 1;
    }

    /** A supernode says a power of two of 8 or more, every other node says none (spec/gnutella.md 4.2). */
    private long sizeField() {
        long kibibytes = files.kibibytes();
        return context.config.role() == Role.SUPERNODE
                ? Math.max(SUPERNODE_MARK_MIN, Long.highestOneBit(kibibytes))
                : kibibytes | 1;
    }

    private PongCache cache() {
        if (cache == null) {
            cache = new PongCache();
        }
        return cache;
    }
}
