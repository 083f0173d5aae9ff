package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import praline.node.engine.Timers;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.Parsed;
import praline.protocol.bittorrent.TorrentInfo;

/**
 * Takes the info dictionary of a torrent, of which only the infohash is known, from its peers (BEP 9;
 * spec/bittorrent.md section 5.9; spec/hardening.md S8).
 *
 * <p>Peers offer it with its size, and may lie about that: what is offered as different sizes is gathered apart, each
 * in a {@link MetadataClaim}. All peers are asked at once, each for two blocks at most, the first of them as soon as it
 * offers. Who refuses or does not answer rests for a minute.
 *
 * <p>Several may have had part in a dictionary with a wrong hash. Then one of them after another is asked for all of
 * it, alone: whoever gives a wrong one by itself is convicted, and an honest one brings it to an end.
 *
 * @param <P> a peer
 */
final class MetadataExchange<P> {

    /** What it asks of the torrent around it. */
    interface Port<P> {

        /** Asks {@code peer} for a block; answered by {@link #onData} or {@link #onReject}, or not at all. */
        void request(P peer, int piece);

        /** It is had, and is what the infohash names. Nothing is asked after it. */
        void complete(TorrentInfo info);

        /** It is had, but is nothing that we take part in; {@code why} is for the user. Nothing is asked after it. */
        void refuse(String why);

        /** The peer alone gave all of a wrong one. It is forgotten here already. */
        void convict(P peer);
    }

    private final Sha1 infohash;
    private final Port<P> port;
    private final SwarmLimits.Metadata limits;
    private final Map<P, Giver<P>> givers = new LinkedHashMap<>(4);

    /** By their size. */
    private final Map<Integer, MetadataClaim<P>> claims = new LinkedHashMap<>(2);

    private boolean isOver;

    MetadataExchange(Sha1 infohash, Port<P> port, SwarmLimits limits) {
        this.infohash = infohash;
        this.port = port;
        this.limits = limits.metadata();
    }

    /** A peer that offers the dictionary. */
    private static final class Giver<P> {
        final P peer;
        final int size;

        /** When it was asked for which block. */
        final Map<Integer, Long> askedAt = new LinkedHashMap<>(2);

        long restsUntil = Long.MIN_VALUE;

        Giver(P peer, int size) {
            this.peer = peer;
            this.size = size;
        }
    }

    /**
     * The peer says that it has it, and that it has {@code size} bytes. A second offer of a peer replaces the first.
     */
    void onOffer(P peer, long size, long now) {
        Giver<P> known = givers.get(peer);
        if (isOver || (known != null && known.size == size)) {
            return;
        }
        onGone(peer, now);
        if (size > 0 && size <= limits.size()) {
            givers.put(peer, new Giver<>(peer, (int) size));
            watch(now);
        }
    }

    /** A block; {@code totalSize} is the size that comes with it, 0 for none. What nobody asked for is dropped. */
    void onData(P peer, int piece, long totalSize, Bytes data, long now) {
        Giver<P> giver = givers.get(peer);
        if (giver == null || giver.askedAt.remove(piece) == null) {
            return;
        }
        MetadataClaim<P> claim = claim(giver);
        claim.onAnswered(piece);
        if ((totalSize != 0 && totalSize != giver.size) || data.size() != claim.blockSize(piece)) {
            rest(giver, now);
        } else if (claim.take(peer, piece, data)) {
            finish(claim);
        }
        watch(now);
    }

    /** The peer does not give this block now. */
    void onReject(P peer, int piece, long now) {
        Giver<P> giver = givers.get(peer);
        if (giver != null && giver.askedAt.remove(piece) != null) {
            claim(giver).onAnswered(piece);
            rest(giver, now);
            watch(now);
        }
    }

    void onGone(P peer, long now) {
        Giver<P> giver = givers.remove(peer);
        if (giver != null) {
            withdraw(giver);
            watch(now);
        }
    }

    /** Asks for what can be asked for; returns when to look again, {@link Timers#NEVER} for not without an event. */
    long watch(long now) {
        for (Giver<P> giver : ImmutableList.copyOf(givers.values())) {
            dropLost(giver, now);
            if (giver.restsUntil <= now) {
                ask(giver, now);
            }
        }
        return givers.values().stream()
                .mapToLong(giver -> deadline(giver, now))
                .min()
                .orElse(Timers.NEVER);
    }

    private void ask(Giver<P> giver, long now) {
        if (!claims.containsKey(giver.size) && !beginClaim(giver.size, now)) {
            return;
        }
        MetadataClaim<P> claim = claim(giver);
        while (givers.get(giver.peer) == giver && giver.askedAt.size() < limits.requestsPerPeer()) {
            int piece = claim.next(giver.peer, giver.askedAt.keySet());
            if (piece < 0) {
                return;
            }
            giver.askedAt.put(piece, now);
            port.request(giver.peer, piece);
        }
    }

    /** Requests that were not answered for long count as lost, and the peer rests. */
    private void dropLost(Giver<P> giver, long now) {
        List<Integer> lost = giver.askedAt.entrySet().stream()
                .filter(asked -> asked.getValue() + limits.requestMillis() <= now)
                .map(Map.Entry::getKey)
                .toList();
        for (int piece : lost) {
            giver.askedAt.remove(piece);
            claim(giver).onAnswered(piece);
        }
        if (!lost.isEmpty()) {
            rest(giver, now);
        }
    }

    private void rest(Giver<P> giver, long now) {
        giver.restsUntil = now + limits.retryMillis();
        claim(giver).giveUp(giver.peer);
    }

    /** Takes back what {@code giver}, who is gone, was asked for. */
    private void withdraw(Giver<P> giver) {
        MetadataClaim<P> claim = claims.get(giver.size);
        if (claim == null) {
            return;
        }
        giver.askedAt.keySet().forEach(claim::onAnswered);
        claim.giveUp(giver.peer);
        if (givers.values().stream().noneMatch(other -> other.size == giver.size)) {
            claims.remove(giver.size);
        }
    }

    /**
     * Begins to gather a dictionary of {@code size} bytes. When there are too many sizes, the one that has come least
     * far gives way, unless each of them is young.
     */
    private boolean beginClaim(int size, long now) {
        if (claims.size() >= limits.claims()) {
            Optional<MetadataClaim<P>> stale = claims.values().stream()
                    .filter(claim -> claim.begunAt() + limits.retryMillis() <= now)
                    .min(Comparator.comparingInt(MetadataClaim::received));
            if (stale.isEmpty()) {
                return false;
            }
            int given = stale.get().size();
            claims.remove(given);
            givers.values().stream().filter(giver -> giver.size == given).forEach(giver -> giver.askedAt.clear());
        }
        claims.put(size, new MetadataClaim<>(size, now));
        return true;
    }

    private void finish(MetadataClaim<P> claim) {
        Bytes info = claim.joined();
        if (!Sha1.digestOf(info.toArray()).equals(infohash)) {
            blame(claim);
            return;
        }
        isOver = true;
        givers.clear();
        claims.clear();
        Parsed<TorrentInfo> parsed = TorrentInfo.parse(info, WireLimits.STANDARD);
        if (parsed instanceof Parsed.Valid<TorrentInfo> valid) {
            port.complete(valid.value());
        } else if (parsed instanceof Parsed.Invalid<TorrentInfo> invalid) {
            port.refuse(invalid.reason());
        }
    }

    /** All blocks of {@code claim} are there, and some are wrong. */
    private void blame(MetadataClaim<P> claim) {
        Optional<P> only = claim.onlyGiver();
        claim.beginAnew(only.isEmpty());
        only.ifPresent(liar -> {
            Giver<P> giver = givers.remove(liar);
            if (giver != null) {
                withdraw(giver);
            }
            port.convict(liar);
        });
    }

    private long deadline(Giver<P> giver, long now) {
        if (giver.restsUntil > now) {
            return giver.restsUntil;
        }
        if (!claims.containsKey(giver.size)) {
            return claims.values().stream()
                    .mapToLong(claim -> claim.begunAt() + limits.retryMillis())
                    .filter(staleAt -> staleAt > now)
                    .min()
                    .orElse(Timers.NEVER);
        }
        return giver.askedAt.values().stream()
                .mapToLong(askedAt -> askedAt + limits.requestMillis())
                .min()
                .orElse(Timers.NEVER);
    }

    /** What {@code giver}'s blocks are gathered in; there is one as long as it is asked for any. */
    private MetadataClaim<P> claim(Giver<P> giver) {
        return Objects.requireNonNull(claims.get(giver.size), "nothing is gathered");
    }
}
