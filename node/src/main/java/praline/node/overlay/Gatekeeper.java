package praline.node.overlay;

import java.util.Optional;
import java.util.OptionalInt;
import praline.protocol.Endpoint;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.Headers;

/**
 * Whether we take what the other end of a handshake says of itself (spec/gnutella.md 2.4 and 2.5, spec/praline.md
 * section 1). Is told the free slots; changes nothing.
 */
final class Gatekeeper {

    static final int REFUSED = 403;
    static final int ALREADY = 409;
    static final int NO_ROOM = 503;
    static final int HOSTILE = 550;

    /** Ten times the highest version of query routing that we understand. */
    private static final int ROUTING_VERSION_TENFOLD = 2;

    private Gatekeeper() {}

    /** What became of a block: agreed, with what it says of the other end, or refused. */
    sealed interface Verdict {
        record Agreed(PeerFacts peer) implements Verdict {}

        record Refused(int status, String reason) implements Verdict {}
    }

    /**
     * Judges step 1. Whether the two are linked already is for the caller to say, who knows all links.
     *
     * @param neighbourSlots free slots for flat peers or supernodes
     * @param leafSlots free slots for leaves
     */
    static Verdict greeting(
            OverlayConfig config, Handshake greeting, Endpoint remote, int neighbourSlots, int leafSlots) {
        if (greeting.version() == Handshake.Version.V0_4) {
            return config.role() == Role.FLAT
                    ? slots(config, neighbourSlots, PeerFacts.given(remote.withPort(0), Role.FLAT), "neighbours")
                    : new Verdict.Refused(NO_ROOM, "Gnutella 0.6 required");
        }
        PeerFacts peer = PeerFacts.read(greeting.headers(), remote, null);
        Optional<Verdict> objection = objection(config, greeting.headers(), peer);
        if (objection.isPresent()) {
            return objection.get();
        }
        return switch (peer.role()) {
            case FLAT -> slots(config, neighbourSlots, peer, "neighbours");
            // a supernode that finds no room here as such may come as a leaf
            case SUPERNODE -> slots(config, Math.max(neighbourSlots, leafSlots), peer, "ultrapeer");
            case LEAF -> slots(config, leafSlots, peer, "leaf");
        };
    }

    /** Judges step 2, which agrees; {@code dialled} is where we dialled. */
    static Verdict agreement(OverlayConfig config, Handshake answer, Endpoint dialled) {
        if (answer.version() == Handshake.Version.V0_4) {
            return config.role() == Role.FLAT
                    ? new Verdict.Agreed(PeerFacts.given(dialled, Role.FLAT))
                    : new Verdict.Refused(NO_ROOM, "Gnutella 0.6 required");
        }
        PeerFacts peer = PeerFacts.read(answer.headers(), dialled, dialled);
        Optional<Verdict> objection = objection(config, answer.headers(), peer);
        if (objection.isEmpty() && peer.role() == Role.LEAF) {
            // leaves come to us: one that we dialled would take a slot that nobody counted
            return new Verdict.Refused(NO_ROOM, "Leaves are not dialled");
        }
        return objection.orElse(new Verdict.Agreed(peer));
    }

    /** Whether a supernode that answers would rather have us as its leaf. */
    static boolean wantsLeaf(Handshake answer) {
        return answer.headers().says(Greeter.ULTRAPEER_NEEDED, Greeter.FALSE);
    }

    /** Whether a supernode that confirms has become a leaf of ours with this. */
    static boolean becameLeaf(Handshake confirmation) {
        return confirmation.headers().says(Greeter.ULTRAPEER, Greeter.FALSE);
    }

    /** Whether a refusal comes from a flat network (spec/praline.md section 1). */
    static boolean isFlat(Handshake handshake) {
        return handshake.headers().says(Greeter.MODE, Greeter.FLAT);
    }

    /** Whether a greeting comes from a leaf that lost all its supernodes (spec/praline.md section 1). */
    static boolean isOrphan(Handshake greeting) {
        return greeting.headers().says(Greeter.ORPHAN, "1");
    }

    /** Whether a refusal says that a supernode has no room, and not that this is no place for us. */
    static boolean isFull(Handshake refusal) {
        return refusal.status() == NO_ROOM && refusal.headers().says(Greeter.ULTRAPEER, Greeter.TRUE);
    }

    static boolean isCrawler(Handshake greeting) {
        return greeting.headers().get(Greeter.CRAWLER).isPresent();
    }

    /** Whether a block announces tables that we could not read (spec/gnutella.md section 22, trap 30). */
    static boolean routesTooNew(Headers headers) {
        OptionalInt version = tenfold(headers.get(Abilities.QUERY_ROUTING).orElse(""));
        return version.isPresent() && version.getAsInt() > ROUTING_VERSION_TENFOLD;
    }

    /** Whether a confirmation takes back what {@link #routesTooNew}. */
    static boolean routesAsWeDo(Headers confirmation) {
        return confirmation.get(Abilities.QUERY_ROUTING).isPresent() && !routesTooNew(confirmation);
    }

    /** 2 for {@code 0.2}, 13 for {@code 1.3}; empty for what is no version. */
    private static OptionalInt tenfold(String version) {
        boolean isVersion = version.length() == 3
                && version.charAt(1) == '.'
                && Character.isDigit(version.charAt(0))
                && Character.isDigit(version.charAt(2));
        return isVersion
                ? OptionalInt.of(10 * Character.digit(version.charAt(0), 10) + Character.digit(version.charAt(2), 10))
                : OptionalInt.empty();
    }

    /** Why two nodes like these do not link; empty when they do. */
    private static Optional<Verdict> objection(OverlayConfig config, Headers headers, PeerFacts peer) {
        if (peer.servent().equals(config.servent())) {
            return refuse(ALREADY, "Connected to itself");
        }
        boolean theyAreFlat = headers.says(Greeter.MODE, Greeter.FLAT);
        if (config.role() == Role.FLAT) {
            return theyAreFlat ? Optional.empty() : refuse(NO_ROOM, "Flat network");
        }
        if (theyAreFlat) {
            return refuse(NO_ROOM, "Not a flat network");
        }
        if (headers.get(Greeter.ULTRAPEER).isEmpty()) {
            return refuse(REFUSED, "Normal nodes refused");
        }
        if (config.role() == Role.LEAF && peer.role() == Role.LEAF) {
            return refuse(NO_ROOM, "Shielded leaf node");
        }
        return Optional.empty();
    }

    private static Optional<Verdict> refuse(int status, String reason) {
        return Optional.of(new Verdict.Refused(status, reason));
    }

    private static Verdict slots(OverlayConfig config, int free, PeerFacts peer, String kind) {
        if (config.role() == Role.LEAF) {
            return new Verdict.Refused(NO_ROOM, "Shielded leaf node");
        }
        return free > 0 ? new Verdict.Agreed(peer) : tooMany(config, peer, kind);
    }

    private static Verdict.Refused tooMany(OverlayConfig config, PeerFacts peer, String kind) {
        int slots = peer.role() == Role.LEAF
                ? config.limits().leavesMax()
                : config.limits().neighboursMax();
        return new Verdict.Refused(NO_ROOM, "Too many " + kind + " connections (" + slots + " max)");
    }
}
