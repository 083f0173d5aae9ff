package praline.node.overlay;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.gnutella.Bye;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.Headers;

/**
 * What we say in a handshake, and whether we take what the other end says (spec/gnutella.md section 2, spec/praline.md
 * section 1). Knows the configuration and is told the free slots; changes nothing.
 */
final class Greeter {

    static final String AGENT = "Praline/0.1";

    /** One for all links to nodes like us. */
    private static final Bytes OUR_AGENT = Bytes.ofUtf8(AGENT);

    private static final String PRALINE = Abilities.PRALINE;
    private static final String INDEX = "X-Praline-Index";
    private static final String MODE = "X-Praline-Mode";
    private static final String FLAT = "flat";
    private static final String ORPHAN = "X-Praline-Orphan";
    private static final String ULTRAPEER = "X-Ultrapeer";
    private static final String TRY = "X-Try";
    private static final String TRY_ULTRAPEERS = "X-Try-Ultrapeers";
    private static final String LISTEN_IP = "Listen-IP";
    private static final String GUID_HEADER = "GUID";
    private static final String VENDOR_MESSAGE = "Vendor-Message";
    private static final String VERSION = "0.1";
    private static final String LINE_END = "\r\n";
    /** Addresses given with a refusal, and taken from one (spec/hardening.md W8). */
    static final int TRY_MAX = 10;

    private final OverlayConfig config;

    Greeter(OverlayConfig config) {
        this.config = config;
    }

    /** What became of a block: agreed, with what it says of the other end, or refused. */
    sealed interface Verdict {
        record Agreed(PeerFacts peer) implements Verdict {}

        record Refused(int status, String reason) implements Verdict {}
    }

    /** Step 1. */
    Handshake greeting(Endpoint remote, boolean orphaned) {
        Headers.Builder headers = Headers.builder();
        addOurselves(headers, remote);
        if (orphaned) {
            headers.add(ORPHAN, "1");
        }
        return Handshake.greeting(headers.build());
    }

    /** Step 2, when we agree; in the version of the greeting. */
    Handshake agreement(Handshake greeting, Endpoint remote) {
        if (greeting.version() == Handshake.Version.V0_4) {
            return new Handshake(Handshake.Step.ANSWER, Handshake.Version.V0_4, 200, "OK", Headers.NONE);
        }
        Headers.Builder headers = Headers.builder();
        addOurselves(headers, remote);
        return Handshake.answer(200, "OK", headers.build());
    }

    /** Step 3, when we agree. */
    Handshake confirmation() {
        return Handshake.answer(
                200, "OK", Headers.builder().add(PRALINE, VERSION).build());
    }

    /** A refusal in step 2 or 3, with other hosts that the refused may try. */
    Handshake refusal(Verdict.Refused refused, Endpoint remote, List<Endpoint> others) {
        Headers.Builder headers = Headers.builder();
        headers.add("User-Agent", AGENT).add(PRALINE, VERSION).add("Remote-IP", remote.host());
        if (config.role() == Role.FLAT) {
            headers.add(MODE, FLAT);
        } else {
            headers.add(ULTRAPEER, config.role() == Role.SUPERNODE ? "True" : "False");
        }
        if (refused.status() == 503 && !others.isEmpty()) {
            headers.add(config.role() == Role.FLAT ? TRY : TRY_ULTRAPEERS, joined(others));
        }
        return Handshake.answer(refused.status(), refused.reason(), headers.build());
    }

    /**
     * Judges step 1. Whether the two are linked already is for the caller to say, who knows all links.
     *
     * @param neighbourSlots free slots for flat peers or supernodes
     * @param leafSlots free slots for leaves
     */
    Verdict judgeGreeting(Handshake greeting, Endpoint remote, int neighbourSlots, int leafSlots) {
        if (greeting.version() == Handshake.Version.V0_4) {
            return config.role() == Role.FLAT
                    ? slots(neighbourSlots, PeerFacts.given(remote.withPort(0), Role.FLAT), "neighbours")
                    : new Verdict.Refused(503, "Gnutella 0.6 required");
        }
        PeerFacts peer = read(greeting.headers(), remote, null);
        Optional<Verdict> objection = objection(greeting.headers(), peer);
        if (objection.isPresent()) {
            return objection.get();
        }
        return switch (peer.role()) {
            case FLAT -> slots(neighbourSlots, peer, "neighbours");
            case SUPERNODE -> slots(neighbourSlots, peer, "ultrapeer");
            case LEAF -> slots(leafSlots, peer, "leaf");
        };
    }

    /** Judges step 2, which agrees; {@code dialled} is where we dialled. */
    Verdict judgeAgreement(Handshake answer, Endpoint dialled) {
        if (answer.version() == Handshake.Version.V0_4) {
            return config.role() == Role.FLAT
                    ? new Verdict.Agreed(PeerFacts.given(dialled, Role.FLAT))
                    : new Verdict.Refused(503, "Gnutella 0.6 required");
        }
        PeerFacts peer = read(answer.headers(), dialled, dialled);
        Optional<Verdict> objection = objection(answer.headers(), peer);
        if (objection.isEmpty() && peer.role() == Role.LEAF) {
            // leaves come to us: one that we dialled would take a slot that nobody counted
            return new Verdict.Refused(503, "Leaves are not dialled");
        }
        return objection.orElse(new Verdict.Agreed(peer));
    }

    /** Whether a refusal comes from a flat network (spec/praline.md section 1). */
    static boolean isFlat(Handshake handshake) {
        return handshake.headers().says(MODE, FLAT);
    }

    /** Whether a greeting comes from a leaf that lost all its supernodes (spec/praline.md section 1). */
    static boolean isOrphan(Handshake greeting) {
        return greeting.headers().says(ORPHAN, "1");
    }

    /** Whether a refusal says that a supernode has no room, and not that this is no place for us. */
    static boolean isFull(Handshake refusal) {
        return refusal.status() == 503 && refusal.headers().says(ULTRAPEER, "True");
    }

    /** The hosts that a block recommends, at most {@link #TRY_MAX}; what is no address is passed over. */
    static List<Endpoint> recommended(Handshake handshake) {
        String list = handshake.headers().get(TRY).orElse("") + ","
                + handshake.headers().get(TRY_ULTRAPEERS).orElse("");
        return recommended(list);
    }

    /** The addresses in a list with commas, at most {@link #TRY_MAX}. */
    private static List<Endpoint> recommended(String list) {
        return java.util.Arrays.stream(list.split(",", 4 * TRY_MAX))
                .flatMap(item -> Endpoint.parse(item).stream())
                .limit(TRY_MAX)
                .toList();
    }

    /** The text of a Bye to a leaf: the reason, and whom it may turn to. */
    static String farewell(String reason, List<Endpoint> others) {
        return others.isEmpty() ? reason : reason + LINE_END + TRY_ULTRAPEERS + ": " + joined(others) + LINE_END;
    }

    /** The hosts that a Bye recommends, at most {@link #TRY_MAX}. */
    static List<Endpoint> recommended(Bye bye) {
        String header = TRY_ULTRAPEERS + ":";
        return bye.text()
                .utf8()
                .lines()
                .filter(line -> line.startsWith(header))
                .findFirst()
                .map(line -> recommended(line.substring(header.length())))
                .orElse(List.of());
    }

    private void addOurselves(Headers.Builder headers, Endpoint remote) {
        headers.add(LISTEN_IP, config.self().toString())
                .add("Remote-IP", remote.host())
                .add("User-Agent", AGENT)
                .add(PRALINE, VERSION)
                .add(GUID_HEADER, config.servent().toString())
                .add("GGEP", "0.5")
                .add("Pong-Caching", VERSION)
                .add("Bye-Packet", VERSION)
                .add(VENDOR_MESSAGE, "0.2")
                .add("X-Requeries", "False")
                .add(Abilities.MAX_TTL, Integer.toString(config.limits().ttlMax()));
        switch (config.role()) {
            case FLAT -> headers.add(MODE, FLAT);
            case LEAF -> headers.add(ULTRAPEER, "False");
            case SUPERNODE -> {
                headers.add(ULTRAPEER, "True");
                headers.add(Abilities.DEGREE, Integer.toString(config.limits().neighboursMax()));
                if (config.takesIndex()) {
                    headers.add(INDEX, VERSION);
                }
            }
        }
    }

    /** Why two nodes like these do not link; empty when they do. */
    private Optional<Verdict> objection(Headers headers, PeerFacts peer) {
        if (peer.servent().equals(config.servent())) {
            return refuse(409, "Connected to itself");
        }
        boolean theyAreFlat = headers.says(MODE, FLAT);
        if (config.role() == Role.FLAT) {
            return theyAreFlat ? Optional.empty() : refuse(503, "Flat network");
        }
        if (theyAreFlat) {
            return refuse(503, "Not a flat network");
        }
        if (headers.get(ULTRAPEER).isEmpty()) {
            return refuse(403, "Normal nodes refused");
        }
        if (config.role() == Role.LEAF && peer.role() == Role.LEAF) {
            return refuse(503, "Shielded leaf node");
        }
        return Optional.empty();
    }

    private static Optional<Verdict> refuse(int status, String reason) {
        return Optional.of(new Verdict.Refused(status, reason));
    }

    private Verdict slots(int free, PeerFacts peer, String kind) {
        if (config.role() == Role.LEAF) {
            return new Verdict.Refused(503, "Shielded leaf node");
        }
        if (free > 0) {
            return new Verdict.Agreed(peer);
        }
        int slots = peer.role() == Role.LEAF
                ? config.limits().leavesMax()
                : config.limits().neighboursMax();
        return new Verdict.Refused(503, "Too many " + kind + " connections (" + slots + " max)");
    }

    private static PeerFacts read(Headers headers, Endpoint remote, @Nullable Endpoint dialled) {
        Role role = headers.says(MODE, FLAT) ? Role.FLAT : headers.says(ULTRAPEER, "True") ? Role.SUPERNODE : Role.LEAF;
        int port = headers.get(LISTEN_IP)
                .flatMap(Endpoint::parse)
                .map(Endpoint::port)
                .orElse(dialled == null ? 0 : dialled.port());
        return new PeerFacts(
                role,
                headers.get(GUID_HEADER).flatMap(Greeter::guid).orElse(Guid.ZERO),
                port == remote.port() ? remote : remote.withPort(port),
                headers.says("User-Agent", AGENT)
                        ? OUR_AGENT
                        : Bytes.ofUtf8(headers.get("User-Agent").orElse("")),
                headers.get(INDEX).isPresent(),
                headers.get(VENDOR_MESSAGE).isPresent(),
                Abilities.read(headers));
    }

    private static Optional<Guid> guid(String hex) {
        boolean isHex = hex.length() == 2 * Guid.SIZE && hex.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        return isHex ? Optional.of(Guid.ofHex(hex)) : Optional.empty();
    }

    private static String joined(List<Endpoint> endpoints) {
        return String.join(",", endpoints.stream().map(Endpoint::toString).toList());
    }
}
