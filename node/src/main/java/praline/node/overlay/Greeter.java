package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import praline.protocol.Endpoint;
import praline.protocol.gnutella.Bye;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.Headers;

/**
 * What we say in a handshake (spec/gnutella.md section 2, spec/praline.md section 1); {@link Gatekeeper} judges what
 * the other end says. Changes nothing.
 */
final class Greeter {

    static final String AGENT = "Praline/0.1";

    /** Addresses given with a refusal, and taken from one (spec/hardening.md W8). */
    static final int TRY_MAX = 10;

    static final String INDEX = "X-Praline-Index";
    static final String MODE = "X-Praline-Mode";
    static final String FLAT = "flat";
    static final String ORPHAN = "X-Praline-Orphan";
    static final String ULTRAPEER = "X-Ultrapeer";
    static final String ULTRAPEER_NEEDED = "X-Ultrapeer-Needed";
    static final String GUID = "GUID";
    static final String VENDOR_MESSAGE = "Vendor-Message";
    static final String REMOTE_IP = "Remote-IP";
    static final String CRAWLER = "Crawler";
    static final String TRUE = "True";
    static final String FALSE = "False";

    private static final String PRALINE = Abilities.PRALINE;
    private static final String CONTENT_ENCODING = "Content-Encoding";
    private static final String LIVE_SINCE = "X-Live-Since";
    private static final String TRY = "X-Try";
    private static final String TRY_ULTRAPEERS = "X-Try-Ultrapeers";
    private static final String VERSION = "0.1";
    private static final String LINE_END = "\r\n";
    /** Of query routing: four-bit entries in zlib. */
    static final String ROUTING_VERSION = "0.2";
    /** So that no header line of a crawler's answer is longer than others take (spec/hardening.md W2). */
    private static final int ENDPOINTS_PER_LINE = 40;

    private static final int CENSUS_LINES = 4;

    /** As RFC 822 writes it: {@code Sun, 01 Jun 2025 12:00:03 +0000}. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Context context;

    Greeter(Context context) {
        this.context = context;
    }

    /** Step 1. */
    Handshake greeting(Endpoint remote, boolean orphaned) {
        Headers.Builder headers = Headers.builder();
        addOurselves(headers, remote);
        if (Compression.isOffered(context)) {
            headers.add(Abilities.ACCEPT_ENCODING, Abilities.DEFLATE);
        }
        if (orphaned) {
            headers.add(ORPHAN, "1");
        }
        return Handshake.greeting(headers.build());
    }

    /**
     * Step 2, when we agree; in the version of the greeting.
     *
     * @param peer who greeted us
     * @param needsSupernodes whether there is room for more supernodes here
     * @param others where a supernode may go instead when there is none
     */
    Handshake agreement(
            Handshake greeting, Endpoint remote, PeerFacts peer, boolean needsSupernodes, List<Endpoint> others) {
        if (greeting.version() == Handshake.Version.V0_4) {
            return new Handshake(Handshake.Step.ANSWER, Handshake.Version.V0_4, 200, "OK", Headers.NONE);
        }
        Headers.Builder headers = Headers.builder();
        addOurselves(headers, remote);
        if (context.config.role() == Role.SUPERNODE) {
            headers.add(ULTRAPEER_NEEDED, needsSupernodes ? TRUE : FALSE);
            if (!needsSupernodes && peer.role() == Role.SUPERNODE && !others.isEmpty()) {
                headers.add(TRY_ULTRAPEERS, joined(others));
            }
            if (Compression.accepts(context, peer)) {
                headers.add(Abilities.ACCEPT_ENCODING, Abilities.DEFLATE);
            }
            if (Compression.isWanted(context, peer)) {
                headers.add(CONTENT_ENCODING, Abilities.DEFLATE);
            }
        }
        return Handshake.answer(200, "OK", headers.build());
    }

    /**
     * Step 3, when we agree: what is different from step 1.
     *
     * @param becomesLeaf whether we give up being a supernode, as the other end wishes
     */
    Handshake confirmation(Handshake answer, PeerFacts peer, boolean becomesLeaf) {
        Headers.Builder headers = Headers.builder().add(PRALINE, VERSION);
        if (becomesLeaf) {
            headers.add(ULTRAPEER, FALSE);
        }
        if (Gatekeeper.routesTooNew(answer.headers())) {
            headers.add(Abilities.QUERY_ROUTING, ROUTING_VERSION);
        }
        if (Compression.isWanted(context, peer)) {
            headers.add(CONTENT_ENCODING, Abilities.DEFLATE);
        }
        return Handshake.answer(200, "OK", headers.build());
    }

    /** Whether this block of ours says that what we send is deflated from here on. */
    static boolean deflates(Handshake ours) {
        return ours.headers().lists(CONTENT_ENCODING, Abilities.DEFLATE);
    }

    /** A refusal in step 2 or 3, with other hosts that the refused may try. */
    Handshake refusal(Gatekeeper.Verdict.Refused refused, Endpoint remote, List<Endpoint> others) {
        Headers.Builder headers = Headers.builder();
        headers.add("User-Agent", AGENT).add(PRALINE, VERSION).add(REMOTE_IP, remote.host());
        boolean isFlat = context.config.role() == Role.FLAT;
        if (isFlat) {
            headers.add(MODE, FLAT);
        } else {
            headers.add(ULTRAPEER, context.config.role() == Role.SUPERNODE ? TRUE : FALSE);
        }
        if (refused.status() == Gatekeeper.NO_ROOM) {
            addAge(headers);
            if (!others.isEmpty()) {
                headers.add(isFlat ? TRY : TRY_ULTRAPEERS, joined(others));
            }
        }
        return Handshake.answer(refused.status(), refused.reason(), headers.build());
    }

    /** What a crawler is told: who is linked with us (spec/gnutella.md 2.9). */
    Handshake census(Endpoint remote) {
        Headers.Builder headers = Headers.builder();
        headers.add("User-Agent", AGENT).add(PRALINE, VERSION).add(REMOTE_IP, remote.host());
        addAll(headers, "Peers", false);
        addAll(headers, "Leaves", true);
        addAge(headers);
        return Handshake.answer(200, "OK", headers.build());
    }

    /** As {@code X-Live-Since} writes it. */
    static String date(Instant instant) {
        return DATE.format(instant);
    }

    /** The hosts that a block recommends, at most {@link #TRY_MAX}; what is no address is passed over. */
    static List<Endpoint> recommended(Handshake handshake) {
        ImmutableList<Endpoint> supernodes = handshake.headers().endpoints(TRY_ULTRAPEERS, TRY_MAX);
        ImmutableList<Endpoint> any = handshake.headers().endpoints(TRY, TRY_MAX - supernodes.size());
        return ImmutableList.<Endpoint>builder().addAll(supernodes).addAll(any).build();
    }

    /** The text of a Bye: the reason, and who says it, as gtk-gnutella writes it. */
    static String farewell(String reason) {
        String lines = reason.endsWith(LINE_END) ? reason : reason + LINE_END;
        return lines + "Server: " + AGENT + LINE_END + LINE_END;
    }

    /** What a leaf is told in a Bye: the reason, and whom it may turn to. */
    static String farewell(String reason, List<Endpoint> others) {
        return others.isEmpty() ? reason : reason + LINE_END + TRY_ULTRAPEERS + ": " + joined(others) + LINE_END;
    }

    /** The reason in a Bye, without what servents write behind it: a stranger's text. */
    static String reason(Bye bye) {
        return bye.text()
                .utf8()
                .lines()
                .findFirst()
                .orElse("")
                .replace("\0", "")
                .strip();
    }

    /** The hosts that a Bye recommends, at most {@link #TRY_MAX}. */
    static List<Endpoint> recommended(Bye bye) {
        String header = TRY_ULTRAPEERS + ":";
        return bye.text()
                .utf8()
                .lines()
                .filter(line -> line.startsWith(header))
                .findFirst()
                .map(line -> Headers.endpointsOf(line.substring(header.length()), TRY_MAX))
                .orElse(ImmutableList.of());
    }

    private void addOurselves(Headers.Builder headers, Endpoint remote) {
        OverlayConfig config = context.config;
        headers.add(PeerFacts.LISTEN_IP, config.self().toString())
                .add(REMOTE_IP, remote.host())
                .add("User-Agent", AGENT)
                .add(PRALINE, VERSION)
                .add(GUID, config.servent().toString())
                .add("GGEP", "0.5")
                .add("Pong-Caching", VERSION)
                .add("Bye-Packet", VERSION)
                .add(VENDOR_MESSAGE, "0.2")
                .add("X-Requeries", FALSE)
                .add(Abilities.MAX_TTL, Integer.toString(config.limits().ttlMax()));
        addAge(headers);
        if (config.role() == Role.FLAT) {
            headers.add(MODE, FLAT);
            return;
        }
        // LimeWire counts a leaf as a good one when it says these of itself, too; gtk-gnutella does say them as a leaf.
        headers.add(ULTRAPEER, config.role() == Role.SUPERNODE ? TRUE : FALSE)
                .add(Abilities.QUERY_ROUTING, ROUTING_VERSION)
                .add(Abilities.LAST_HOP_ROUTING, VERSION)
                .add(Abilities.DYNAMIC_QUERYING, VERSION)
                .add(Abilities.DEGREE, Integer.toString(degree()));
        if (config.role() == Role.SUPERNODE) {
            headers.add(Abilities.PROBES, VERSION);
            if (config.takesIndex()) {
                headers.add(INDEX, VERSION);
            }
        }
    }

    /**
     * Links to other supernodes that a supernode has, or that we should have as one: between what it keeps up by itself
     * and what it takes, as gtk-gnutella reckons. Only a given network has as many as it likes, which says nothing.
     */
    private int degree() {
        OverlayConfig config = context.config;
        int most = Math.min(config.limits().neighboursMax(), OverlayLimits.STANDARD.neighboursMax());
        int wanted = Math.min(config.role() == Role.SUPERNODE ? config.neighboursWanted() : most, most);
        return wanted == 0 ? most : (wanted + most) / 2;
    }

    private void addAge(Headers.Builder headers) {
        if (context.liveSince != null) {
            headers.add(LIVE_SINCE, context.liveSince);
        }
    }

    private void addAll(Headers.Builder headers, String name, boolean leaves) {
        ImmutableList.Builder<Endpoint> linked = ImmutableList.builder();
        int count = 0;
        for (int i = 0; i < context.links.count() && count < ENDPOINTS_PER_LINE * CENSUS_LINES; i++) {
            LinkState state = context.links.get(i);
            Endpoint contact = state.peer().contact();
            if (state.isJoined() && state.isLeaf() == leaves && contact.port() != 0) {
                linked.add(contact);
                count++;
            }
        }
        for (List<Endpoint> line : Iterables.partition(linked.build(), ENDPOINTS_PER_LINE)) {
            headers.add(name, joined(line));
        }
    }

    private static String joined(List<Endpoint> endpoints) {
        return String.join(",", endpoints.stream().map(Endpoint::toString).toList());
    }
}
