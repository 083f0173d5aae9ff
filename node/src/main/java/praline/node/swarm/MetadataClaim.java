package praline.node.swarm;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.bittorrent.PeerMessage;

/**
 * An info dictionary as it comes together, from peers that agree about its size. It takes as much memory as has come.
 *
 * <p>Each block is asked of two peers at most. After a dictionary of several peers was wrong, only one peer at a time
 * is asked, so that it is clear who lies.
 *
 * @param <P> a peer
 */
final class MetadataClaim<P> {

    /** So that a slow peer does not hold up the others. */
    private static final int ASKED_MAX = 2;

    private final int size;
    private final long begunAt;
    private final Map<Integer, Received<P>> received = new LinkedHashMap<>();

    /** Of how many peers each block is asked. */
    private final int[] asked;

    private boolean isOneByOne;

    /** Who alone may give at present. */
    private @Nullable P chosen;

    MetadataClaim(int size, long begunAt) {
        this.size = size;
        this.begunAt = begunAt;
        this.asked = new int[MetadataService.blockCount(size)];
    }

    private record Received<P>(P giver, Bytes block) {}

    int size() {
        return size;
    }

    long begunAt() {
        return begunAt;
    }

    /** How many blocks have come. */
    int received() {
        return received.size();
    }

    /** Bytes of a block; 0 for one beyond the end. */
    int blockSize(int piece) {
        return piece < asked.length ? Math.min(PeerMessage.BLOCK, size - piece * PeerMessage.BLOCK) : 0;
    }

    /** The block to ask {@code peer} for, other than {@code open}, which counts as asked from here on; -1: none. */
    int next(P peer, Set<Integer> open) {
        if (isOneByOne && chosen == null) {
            chosen = peer;
        }
        if (!mayGive(peer)) {
            return -1;
        }
        int best = -1;
        for (int piece = 0; piece < asked.length; piece++) {
            boolean isFree = isOneByOne || asked[piece] < ASKED_MAX;
            boolean isWanted = !received.containsKey(piece) && !open.contains(piece);
            if (isFree && isWanted && (best < 0 || asked[piece] < asked[best])) {
                best = piece;
            }
        }
        if (best >= 0) {
            asked[best]++;
        }
        return best;
    }

    /** A peer that was asked for {@code piece} has answered, in whatever way, or will not. */
    void onAnswered(int piece) {
        asked[piece]--;
    }

    /** Takes a block; true if it was the last one. */
    boolean take(P giver, int piece, Bytes block) {
        if (mayGive(giver)) {
            received.putIfAbsent(piece, new Received<>(giver, block));
        }
        return received.size() == asked.length;
    }

    /** Nothing more is to be expected of {@code peer} for a while. */
    void giveUp(P peer) {
        if (peer.equals(chosen)) {
            chosen = null;
            received.clear();
        }
    }

    /** The whole dictionary. */
    Bytes joined() {
        ByteBuffer joined = ByteBuffer.allocate(size);
        received.forEach((piece, part) -> {
            joined.position(piece * PeerMessage.BLOCK);
            part.block().writeTo(joined);
        });
        return Bytes.read(joined.rewind(), size);
    }

    /** Who gave all of it; empty when several did. */
    Optional<P> onlyGiver() {
        Set<P> givers = new LinkedHashSet<>();
        received.values().forEach(part -> givers.add(part.giver()));
        return givers.size() == 1 ? givers.stream().findFirst() : Optional.empty();
    }

    /** It was wrong. If nobody knows who lied, one peer at a time gives it from here on. */
    void beginAnew(boolean isDoubtful) {
        received.clear();
        isOneByOne |= isDoubtful;
        chosen = null;
    }

    private boolean mayGive(P peer) {
        return !isOneByOne || peer.equals(chosen);
    }
}
