package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;

/**
 * Who sent wrong blocks of one torrent (spec/hardening.md S2-S4; spec/bittorrent.md section 6.7). An honest peer must
 * never be banned, whatever others mix among its blocks; a liar must not get far.
 *
 * <ul>
 *   <li>Who sent a whole piece that is wrong is banned at once.
 *   <li>When several had part in it, nobody knows who lied. The piece is <em>disputed</em>: the hash of each block is
 *       kept with its sender, and the piece is fetched again, from one peer alone. When it is right at last, whoever
 *       had sent another block is banned, and the others are cleared (libtorrent's smart ban). Who sends one block in
 *       two versions is banned without waiting.
 *   <li>Until then each of them is on <em>parole</em>: it gives whole pieces only, so that the next wrong one convicts
 *       it, and a right one ends the parole.
 *   <li>Trust: one point for a right piece, minus two for a part in a wrong one, given back when a peer is cleared. Too
 *       little trust, or a part in too many wrong pieces, is a ban. Blocks that were on their way when a parole began
 *       do not count again: one liar among many may spoil several pieces at once.
 * </ul>
 */
final class Blame {

    private static final int RIGHT_POINTS = 1;
    private static final int WRONG_POINTS = 2;

    private final SwarmLimits.Blame limits;

    /** Whoever had part in a piece; the one that was heard of last stands last. */
    private final Map<Endpoint, Standing> standings = new LinkedHashMap<>(4);

    /** The disputed pieces, the oldest first. */
    private final Map<Integer, Dispute> disputes = new LinkedHashMap<>(4);

    /** How many blocks are remembered in all disputes. */
    private int blockCount;

    Blame(SwarmConfig config) {
        this.limits = config.limits().blame();
    }

    /**
     * What follows from a piece.
     *
     * @param banned who lied
     * @param paroled who is to give whole pieces alone from here on
     */
    record Verdict(ImmutableList<Endpoint> banned, ImmutableList<Endpoint> paroled) {
        private static final Verdict NOTHING = new Verdict(ImmutableList.of(), ImmutableList.of());
    }

    /** What is known of one peer. */
    private static final class Standing {
        int trust;
        int wrongPieces;
        boolean isOnParole;

        /** It had part in a wrong piece. */
        void charge() {
            trust -= WRONG_POINTS;
            wrongPieces++;
            isOnParole = true;
        }

        /** It gave a right one. */
        void credit(int trustMax) {
            trust = Math.min(trust + RIGHT_POINTS, trustMax);
            isOnParole = false;
        }

        /** It had part in a wrong piece, and all that it sent of it was right. */
        void clear(int trustMax) {
            trust = Math.min(trust + WRONG_POINTS, trustMax);
            wrongPieces--;
            isOnParole = false;
        }
    }

    /** That a peer sent a block of a disputed piece. */
    private record Sent(int block, Endpoint sender) {}

    /** A wrong piece that several had part in. */
    private static final class Dispute {
        /** The hash of each block that was sent. */
        final Map<Sent, Sha1> hashes = new LinkedHashMap<>();

        /** Who lost trust by it. */
        final Set<Endpoint> suspects = new LinkedHashSet<>();
    }

    /**
     * The piece had another hash.
     *
     * @param senderOfBlock who sent each block, in their order
     * @param blockHashes the SHA-1 of each block as it came
     */
    Verdict onWrong(int piece, ImmutableList<Endpoint> senderOfBlock, ImmutableList<Sha1> blockHashes) {
        Set<Endpoint> senders = new LinkedHashSet<>(senderOfBlock);
        if (senders.isEmpty()) {
            return Verdict.NOTHING;
        }
        if (senders.size() == 1) {
            return ban(senders);
        }
        Dispute dispute = disputes.computeIfAbsent(piece, number -> new Dispute());
        Set<Endpoint> banned = remember(dispute, senderOfBlock, blockHashes);
        ImmutableList.Builder<Endpoint> paroled = ImmutableList.builder();
        for (Endpoint sender : senders) {
            Standing standing = standing(sender);
            if (banned.contains(sender) || standing.isOnParole) {
                continue;
            }
            dispute.suspects.add(sender);
            standing.charge();
            if (standing.trust <= -limits.distrust() || standing.wrongPieces >= limits.wrongPieces()) {
                banned.add(sender);
            } else {
                paroled.add(sender);
            }
        }
        forgetOldDisputes();
        return new Verdict(ban(banned).banned(), paroled.build());
    }

    /**
     * The piece is right.
     *
     * @param blockHashes the SHA-1 of each block; needed only if the piece {@link #isDisputed}, else empty
     */
    Verdict onRight(int piece, ImmutableList<Endpoint> senderOfBlock, ImmutableList<Sha1> blockHashes) {
        for (Endpoint sender : new LinkedHashSet<>(senderOfBlock)) {
            standing(sender).credit(limits.trust());
        }
        Dispute dispute = disputes.remove(piece);
        if (dispute == null) {
            return Verdict.NOTHING;
        }
        blockCount -= dispute.hashes.size();
        return blockHashes.isEmpty() ? Verdict.NOTHING : judge(dispute, blockHashes);
    }

    /** Whether the piece was wrong and nobody knows by whose fault; it is to be fetched from one peer alone. */
    boolean isDisputed(int piece) {
        return disputes.containsKey(piece);
    }

    /** Whether the peer is to give whole pieces alone. */
    boolean isOnParole(Endpoint peer) {
        Standing standing = standings.get(peer);
        return standing != null && standing.isOnParole;
    }

    /** Notes who sent what; returns whoever sent another version of a block before. */
    private Set<Endpoint> remember(Dispute dispute, List<Endpoint> senderOfBlock, List<Sha1> blockHashes) {
        Set<Endpoint> liars = new LinkedHashSet<>();
        for (int block = 0; block < Math.min(senderOfBlock.size(), blockHashes.size()); block++) {
            Endpoint sender = senderOfBlock.get(block);
            Sha1 hash = blockHashes.get(block);
            Sha1 earlier = dispute.hashes.put(new Sent(block, sender), hash);
            if (earlier == null) {
                blockCount++;
            } else if (!earlier.equals(hash)) {
                liars.add(sender);
            }
        }
        return liars;
    }

    private Verdict judge(Dispute dispute, List<Sha1> rightHashes) {
        Set<Endpoint> liars = new LinkedHashSet<>();
        dispute.hashes.forEach((sent, hash) -> {
            if (sent.block() < rightHashes.size() && !hash.equals(rightHashes.get(sent.block()))) {
                liars.add(sent.sender());
            }
        });
        for (Endpoint suspect : dispute.suspects) {
            Standing standing = standings.get(suspect);
            if (standing != null && !liars.contains(suspect)) {
                standing.clear(limits.trust());
            }
        }
        return ban(liars);
    }

    /** Forgets those who are banned; whatever comes of them later counts as from somebody new. */
    private Verdict ban(Set<Endpoint> liars) {
        liars.forEach(standings::remove);
        return new Verdict(ImmutableList.copyOf(liars), ImmutableList.of());
    }

    private Standing standing(Endpoint peer) {
        Standing known = standings.remove(peer);
        Standing standing = known == null ? new Standing() : known;
        standings.put(peer, standing);
        if (standings.size() > limits.peers()) {
            Iterator<Standing> oldest = standings.values().iterator();
            oldest.next();
            oldest.remove();
        }
        return standing;
    }

    /** A dispute too long ago to be remembered stays undecided; its piece is fetched like others again. */
    private void forgetOldDisputes() {
        Iterator<Dispute> oldest = disputes.values().iterator();
        while (blockCount > limits.blocks() && oldest.hasNext()) {
            blockCount -= oldest.next().hashes.size();
            oldest.remove();
        }
    }
}
