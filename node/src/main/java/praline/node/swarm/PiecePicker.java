package praline.node.swarm;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import praline.protocol.bittorrent.TorrentInfo;

/**
 * Chooses which block to ask of which peer (Cohen 2003; spec/bittorrent.md 6.2, 6.5):
 *
 * <ol>
 *   <li>pieces that are begun come before others, so that whole pieces come soon and few wait in memory;
 *   <li>the first few pieces are chosen at random, because a rare one may come slowly and there is nothing to trade;
 *   <li>then the piece that the fewest peers have, so that none dies out and everybody has something to give;
 *   <li>when every missing block is asked of somebody, a second peer is asked too, so that one slow peer does not hold
 *       the end up.
 * </ol>
 */
final class PiecePicker {

    /** As later mainline versions and libtorrent have it. */
    private static final int RANDOM_FIRST = 4;
    /** In the endgame at most so many peers are asked for one block (spec/hardening.md S12). */
    private static final int ENDGAME_COPIES = 2;
    /** While more blocks are missing than this, a peer gets one block of the endgame at a time. */
    private static final int ENDGAME_FEW = 20;

    /** A block to be asked for. */
    record Choice(PartialPiece piece, int block) {}

    private final TorrentInfo torrent;
    private final SwarmConfig.Picking rule;
    private final RandomGenerator random;
    private final PieceSet had;
    private final Rarity rarity;
    private final List<PartialPiece> partials = new ArrayList<>(4);

    /** @param had what is verified; followed as it grows, when told by {@link #onHad} */
    PiecePicker(TorrentInfo torrent, SwarmConfig.Picking rule, PieceSet had, RandomGenerator random) {
        this.torrent = torrent;
        this.rule = rule;
        this.had = had;
        this.random = random;
        this.rarity = new Rarity(torrent.pieceCount(), random);
        for (int piece = had.nextMissing(0); piece >= 0; piece = had.nextMissing(piece + 1)) {
            rarity.add(piece);
        }
    }

    /** A peer that is linked has these pieces. Peers that have all from the beginning are not told of. */
    void onMap(PieceSet pieces) {
        for (int piece = pieces.next(0); piece >= 0; piece = pieces.next(piece + 1)) {
            rarity.increase(piece);
        }
    }

    /** What {@link #onMap} said of a peer is over. */
    void onMapGone(PieceSet pieces) {
        for (int piece = pieces.next(0); piece >= 0; piece = pieces.next(piece + 1)) {
            rarity.decrease(piece);
        }
    }

    void onHave(int piece) {
        rarity.increase(piece);
    }

    void onHaveGone(int piece) {
        rarity.decrease(piece);
    }

    /** How many peers have a piece, those that had all from the beginning not counted. */
    int copies(int piece) {
        return rarity.copies(piece);
    }

    /** Whether a piece can be begun that fewer have than {@code piece}. */
    boolean hasRarerThan(int piece) {
        return rule == SwarmConfig.Picking.RAREST
                && rarity.size() > 0
                && rarity.copies(rarity.at(0)) < rarity.copies(piece);
    }

    /** A piece is verified, or was found to be. */
    void onHad(int piece) {
        rarity.remove(piece);
    }

    /** A piece that was begun is not to be gone on with: it is wanted as before. */
    void onDropped(PartialPiece piece) {
        partials.remove(piece);
        if (!had.has(piece.index)) {
            rarity.add(piece.index);
        }
    }

    /** A piece has all its blocks, and is on its way to the disk. */
    void onWhole(PartialPiece piece) {
        partials.remove(piece);
    }

    /** A piece that was on its way is wanted as before. */
    void onLost(int piece) {
        if (!had.has(piece)) {
            rarity.add(piece);
        }
    }

    /** A piece that is going to be had from elsewhere than from a peer; -1: there is none that nobody has begun. */
    int beginElsewhere() {
        if (rarity.size() == 0) {
            return -1;
        }
        int piece = rule == SwarmConfig.Picking.SEQUENTIAL ? firstUnbegun() : rarity.at(0);
        rarity.remove(piece);
        return piece;
    }

    private int firstUnbegun() {
        int piece = had.nextMissing(0);
        while (piece >= 0 && !rarity.contains(piece)) {
            piece = had.nextMissing(piece + 1);
        }
        return piece;
    }

    List<PartialPiece> partials() {
        return partials;
    }

    /** The begun piece of this number, if there is one. */
    @Nullable
    PartialPiece partial(int piece) {
        for (PartialPiece partial : partials) {
            if (partial.index == piece) {
                return partial;
            }
        }
        return null;
    }

    /**
     * The next block to ask {@code peer} for; null: there is none.
     *
     * @param mayBegin whether there is memory for one more piece
     */
    @Nullable
    Choice next(Peer peer, boolean mayBegin) {
        PartialPiece begun = begunPiece(peer);
        if (begun != null) {
            return new Choice(begun, begun.nextUnasked());
        }
        int piece = mayBegin || partials.isEmpty() ? newPiece(peer) : -1;
        if (piece >= 0) {
            rarity.remove(piece);
            boolean isAlone = peer.isOnParole() || peer.torrent().isDisputed(piece);
            PartialPiece fresh = new PartialPiece(piece, torrent.pieceSize(piece), isAlone ? peer : null);
            partials.add(fresh);
            return new Choice(fresh, 0);
        }
        return rarity.size() == 0 ? endgame(peer) : null;
    }

    /** Of the begun pieces with blocks that nobody is asked for: the rarest, then the one that lacks least. */
    private @Nullable PartialPiece begunPiece(Peer peer) {
        PartialPiece best = null;
        for (PartialPiece partial : partials) {
            if (partial.unasked() > 0 && mayHelp(peer, partial) && (best == null || isBefore(partial, best))) {
                best = partial;
            }
        }
        return best;
    }

    private boolean isBefore(PartialPiece one, PartialPiece other) {
        if (rule == SwarmConfig.Picking.SEQUENTIAL) {
            return one.index < other.index;
        }
        int byCopies = Integer.compare(rarity.copies(one.index), rarity.copies(other.index));
        return byCopies != 0 ? byCopies < 0 : one.missing() < other.missing();
    }

    private static boolean mayHelp(Peer peer, PartialPiece partial) {
        boolean isAllowed = partial.exclusive == peer || (partial.exclusive == null && !peer.isOnParole());
        return isAllowed && peer.mayBeAskedFor(partial.index);
    }

    private int newPiece(Peer peer) {
        return switch (rule) {
            case SEQUENTIAL -> firstPiece(peer);
            case RANDOM -> randomPiece(peer);
            case RAREST -> had.size() < RANDOM_FIRST ? randomPiece(peer) : rarestPiece(peer);
        };
    }

    private int rarestPiece(Peer peer) {
        PieceSet theirs = peer.pieces();
        if (theirs.size() < rarity.size() / Byte.SIZE) {
            return rarestOf(theirs, peer);
        }
        for (int position = 0; position < rarity.size(); position++) {
            int piece = rarity.at(position);
            if (peer.mayBeAskedFor(piece)) {
                return piece;
            }
        }
        return -1;
    }

    /** The same, for a peer that has so little that it is quicker to go through its pieces. */
    private int rarestOf(PieceSet theirs, Peer peer) {
        int best = -1;
        for (int piece = theirs.next(0); piece >= 0; piece = theirs.next(piece + 1)) {
            boolean isWanted = rarity.contains(piece) && peer.mayBeAskedFor(piece);
            if (isWanted && (best < 0 || rarity.isBefore(piece, best))) {
                best = piece;
            }
        }
        return best;
    }

    private int randomPiece(Peer peer) {
        int size = rarity.size();
        int start = size == 0 ? 0 : random.nextInt(size);
        for (int i = 0; i < size; i++) {
            int piece = rarity.at((start + i) % size);
            if (peer.mayBeAskedFor(piece)) {
                return piece;
            }
        }
        return -1;
    }

    private int firstPiece(Peer peer) {
        for (int piece = had.nextMissing(0); piece >= 0; piece = had.nextMissing(piece + 1)) {
            if (rarity.contains(piece) && peer.mayBeAskedFor(piece)) {
                return piece;
            }
        }
        return -1;
    }

    /** Every missing block is asked of somebody: one that this peer has too, at random (spec/bittorrent.md 6.3). */
    private @Nullable Choice endgame(Peer peer) {
        int missing = 0;
        for (PartialPiece partial : partials) {
            missing += partial.missing();
        }
        boolean isBusy = peer.requests().isBusy() && missing > ENDGAME_FEW;
        if (missing == 0 || isBusy || peer.isOnParole() || peer.isSnubbed()) {
            return null;
        }
        int start = random.nextInt(partials.size());
        for (int i = 0; i < partials.size(); i++) {
            PartialPiece partial = partials.get((start + i) % partials.size());
            if (mayHelp(peer, partial)) {
                Choice choice = endgame(peer, partial);
                if (choice != null) {
                    return choice;
                }
            }
        }
        return null;
    }

    private @Nullable Choice endgame(Peer peer, PartialPiece partial) {
        int count = partial.blockCount();
        int start = random.nextInt(count);
        for (int i = 0; i < count; i++) {
            int block = (start + i) % count;
            boolean isOpen = !partial.hasArrived(block) && partial.asked(block) < ENDGAME_COPIES;
            if (isOpen && !peer.requests().holds(partial, block)) {
                return new Choice(partial, block);
            }
        }
        return null;
    }
}
