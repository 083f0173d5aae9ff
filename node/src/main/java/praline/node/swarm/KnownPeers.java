package praline.node.swarm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import praline.node.engine.DialRules;
import praline.node.engine.Timers;
import praline.node.swarm.TorrentStatus.Origin;
import praline.protocol.Endpoint;

/**
 * The peers of one torrent: who may be dialled, and when again (spec/hardening.md S9, S10; spec/bittorrent.md section
 * 5.7). The one with the fewest failures comes next; among equals chance decides, so that the links of a swarm do not
 * all lead to the same few.
 *
 * <p>A peer that a stranger told is given up after some failures in a row, and tried again when it is told again. One
 * that the user named or searched for is never given up: its pauses grow up to half an hour.
 */
final class KnownPeers {

    /** Long enough for one end to be clearly the first. */
    private static final int TWIN_PAUSE_MILLIS = 2_000;

    private static final double JITTER = 0.2;

    private final SwarmConfig config;
    private final SwarmLimits.Known limits;
    private final RandomGenerator random;
    private final DialRules rules;
    private final Map<Endpoint, Peer> peers = new LinkedHashMap<>(4);

    /** @param rules for the peers of all torrents together */
    KnownPeers(SwarmConfig config, RandomGenerator random, DialRules rules) {
        this.config = config;
        this.limits = config.limits().known();
        this.random = random;
        this.rules = rules;
    }

    private enum State {
        IDLE,
        DIALLING,
        LINKED,
        /** Not dialled again until somebody tells of it again. */
        GIVEN_UP
    }

    private static final class Peer {
        final Endpoint endpoint;
        Origin origin;

        @Nullable
        Endpoint teller;

        State state = State.IDLE;
        int failures;
        long notBefore = Long.MIN_VALUE;

        Peer(Endpoint endpoint, Origin origin, @Nullable Endpoint teller) {
            this.endpoint = endpoint;
            this.origin = origin;
            this.teller = teller;
        }

        /** Whether the user wants this very peer: no rule of addresses holds for it, and it is never given up. */
        boolean isChosen() {
            return isChosen(origin);
        }

        static boolean isChosen(Origin origin) {
            return origin == Origin.USER || origin == Origin.SEARCH;
        }
    }

    /**
     * Takes in a peer; false if it is known, useless or too many.
     *
     * @param teller who told of it, as observed; null: nobody who could be named. Whoever comes to us
     *     ({@link Origin#INBOUND}) tells of itself
     */
    boolean add(Endpoint endpoint, Origin origin, @Nullable Endpoint teller, long now) {
        Peer known = peers.get(endpoint);
        if (known != null) {
            return toldAgain(known, origin, now);
        }
        boolean isChosen = Peer.isChosen(origin);
        if (!isChosen && !mayBeKept(endpoint, origin == Origin.INBOUND ? endpoint : teller)) {
            return false;
        }
        if (endpoint.equals(config.self()) || endpoint.port() == 0 || !hasShareFor(origin, teller)) {
            return false;
        }
        if (peers.size() >= limits.peers() && !makeRoom(isChosen)) {
            return false;
        }
        peers.put(endpoint, new Peer(endpoint, origin, teller));
        return true;
    }

    /** The next peer to dial, which counts as being dialled from here on; empty when none may be dialled now. */
    Optional<Endpoint> nextToDial(long now) {
        Peer best = null;
        int equals = 0;
        for (Peer peer : peers.values()) {
            if (peer.state != State.IDLE || peer.notBefore > now || !mayDial(peer, now)) {
                continue;
            }
            if (best == null || peer.failures < best.failures) {
                best = peer;
                equals = 1;
            } else if (peer.failures == best.failures && random.nextInt(++equals) == 0) {
                best = peer;
            }
        }
        if (best == null) {
            return Optional.empty();
        }
        best.state = State.DIALLING;
        rules.onDial(best.endpoint, now);
        return Optional.of(best.endpoint);
    }

    /** It is linked, whoever dialled. */
    void onLinked(Endpoint endpoint) {
        Peer peer = peers.get(endpoint);
        if (peer != null) {
            endDial(peer);
            peer.state = State.LINKED;
        }
    }

    /** Its link ended; {@code wasUseful}: it gave or took something, so that it is no failure. */
    void onUnlinked(Endpoint endpoint, boolean wasUseful, long now) {
        Peer peer = peers.get(endpoint);
        if (peer == null) {
            return;
        }
        endDial(peer);
        if (wasUseful) {
            peer.failures = 0;
            peer.state = State.IDLE;
            peer.notBefore = now + pause(peer);
        } else {
            fail(peer, now);
        }
    }

    /** Both ends dialled at once, and both links went: somebody has to dial again, and not in a minute. */
    void onTwinsLost(Endpoint endpoint, long now) {
        Peer peer = peers.get(endpoint);
        if (peer != null) {
            endDial(peer);
            peer.state = State.IDLE;
            peer.notBefore = now + config.pause(TWIN_PAUSE_MILLIS + random.nextInt(TWIN_PAUSE_MILLIS));
        }
    }

    /** It could not be reached, or was no peer of this torrent. */
    void onDialFailed(Endpoint endpoint, long now) {
        Peer peer = peers.get(endpoint);
        if (peer != null) {
            endDial(peer);
            fail(peer, now);
        }
    }

    /** It is of no use: banned, or ourselves. */
    void forget(Endpoint endpoint) {
        Peer peer = peers.remove(endpoint);
        if (peer != null) {
            endDial(peer);
        }
    }

    /** The earliest time at which {@link #nextToDial} may answer again; {@link Timers#NEVER} without an event. */
    long nextChance(long now) {
        long next = Timers.NEVER;
        for (Peer peer : peers.values()) {
            if (peer.state == State.IDLE) {
                long allowed = peer.isChosen() ? now : rules.notBefore(peer.endpoint, now);
                next = Math.min(next, Math.max(now, Math.max(allowed, peer.notBefore)));
            }
        }
        return next;
    }

    int size() {
        return peers.size();
    }

    /** How a peer was found; who is not known has come by itself. */
    Origin origin(Endpoint endpoint) {
        Peer peer = peers.get(endpoint);
        return peer == null ? Origin.INBOUND : peer.origin;
    }

    private boolean toldAgain(Peer known, Origin origin, long now) {
        if (Peer.isChosen(origin) && !known.isChosen()) {
            known.origin = origin;
            known.teller = null;
        }
        if (known.state != State.GIVEN_UP || known.notBefore > now) {
            return false;
        }
        known.state = State.IDLE;
        known.failures = 0;
        return true;
    }

    private boolean mayBeKept(Endpoint endpoint, @Nullable Endpoint teller) {
        return rules.allows(endpoint, teller, config.self(), peers.keySet());
    }

    private boolean hasShareFor(Origin origin, @Nullable Endpoint teller) {
        if (origin == Origin.EXCHANGE && !hasShare(limits.exchangedPercent(), exchanged())) {
            return false;
        }
        return teller == null || Peer.isChosen(origin) || hasShare(limits.tellerPercent(), toldBy(teller));
    }

    private boolean hasShare(int percent, long taken) {
        return taken < (long) limits.peers() * percent / 100;
    }

    private long exchanged() {
        return peers.values().stream()
                .filter(peer -> peer.origin == Origin.EXCHANGE)
                .count();
    }

    private long toldBy(Endpoint teller) {
        return peers.values().stream()
                .filter(peer -> teller.equals(peer.teller))
                .count();
    }

    /** Forgets a peer that was given up, or for the user's choice any that a stranger told and that is not linked. */
    private boolean makeRoom(boolean isChosen) {
        Optional<Peer> victim = peers.values().stream()
                .filter(peer -> peer.state == State.GIVEN_UP)
                .findFirst();
        if (victim.isEmpty() && isChosen) {
            victim = peers.values().stream()
                    .filter(peer -> peer.state == State.IDLE && !peer.isChosen())
                    .findFirst();
        }
        victim.ifPresent(peer -> peers.remove(peer.endpoint));
        return victim.isPresent();
    }

    private boolean mayDial(Peer peer, long now) {
        return peer.isChosen() || rules.notBefore(peer.endpoint, now) <= now;
    }

    private void endDial(Peer peer) {
        if (peer.state == State.DIALLING) {
            rules.onDialEnd(peer.endpoint);
        }
    }

    private void fail(Peer peer, long now) {
        peer.failures++;
        boolean isHopeless = peer.failures >= limits.failures() && !peer.isChosen();
        peer.state = isHopeless ? State.GIVEN_UP : State.IDLE;
        peer.notBefore = now + pause(peer);
    }

    private long pause(Peer peer) {
        long millis = Math.min((long) limits.retryMillis() * Math.max(1, peer.failures), limits.retryMillisMax());
        double jitter = 1 + JITTER * (2 * random.nextDouble() - 1);
        return (long) (config.pause((int) millis) * jitter);
    }
}
