package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import praline.node.engine.Block;
import praline.node.engine.CloseReason;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.PeerMessage;
import praline.protocol.bittorrent.PeerMessage.Signal;
import praline.protocol.bittorrent.TorrentInfo;

/**
 * The taking side of one torrent: who has what, what is asked of whom, what comes and whether it is right. Exists while
 * something is missing.
 */
final class Fetching {

    /** Unasked blocks that a peer may send before it is taken for broken (spec/hardening.md S6). */
    private static final int UNASKED_MOST = 64;

    /** A request that has longer to wait than this is taken over by an idle peer. */
    private static final int TAKE_OVER_MILLIS = 500;

    private final Context context;
    private final Torrent torrent;
    private final TorrentInfo info;
    private final PieceSet had;
    private final PiecePicker picker;
    private final Blame blame;
    /** Whole pieces on their way to the disk. */
    private final Map<Integer, Whole> storing = new LinkedHashMap<>(4);

    private boolean isPaused;
    private long wasted;

    /** A piece whose blocks have all come, and who sent them. */
    private record Whole(int piece, int size, ImmutableList<Endpoint> senders) {}

    Fetching(Torrent torrent, TorrentInfo info, PieceSet had, Blame blame) {
        this.context = torrent.context();
        this.torrent = torrent;
        this.info = info;
        this.had = had;
        this.blame = blame;
        this.picker = new PiecePicker(info, context.config.picker(), had, context.random());
    }

    PiecePicker picker() {
        return picker;
    }

    /** Bytes that were taken twice or were wrong. */
    long wasted() {
        return wasted;
    }

    boolean isStoring() {
        return !storing.isEmpty();
    }

    // ---- who has what

    /** A peer says all that it has, for the first time or anew. */
    void onMap(Peer peer, Runnable change) {
        forgetMap(peer);
        change.run();
        countMap(peer);
        reconsider(peer);
    }

    /** A peer that was there before this began. */
    void countMap(Peer peer) {
        peer.countAsSeed(peer.isSeed());
        if (!peer.isSeed()) {
            picker.onMap(peer.pieces());
        }
    }

    private void forgetMap(Peer peer) {
        if (!peer.isCountedAsSeed()) {
            picker.onMapGone(peer.pieces());
        }
        peer.countAsSeed(false);
    }

    void onHave(Peer peer, int piece) {
        picker.onHave(piece);
        if (!had.has(piece)) {
            swapForRarer(piece, peer);
            if (peer.areWeInterested) {
                fill(peer);
            } else {
                reconsider(peer);
            }
        }
    }

    void onHaveGone(Peer peer, int piece) {
        if (peer.isCountedAsSeed()) {
            peer.countAsSeed(false);
            picker.onMap(peer.pieces());
        } else {
            picker.onHaveGone(piece);
        }
        reconsider(peer);
    }

    void onGone(Peer peer) {
        release(peer);
        forgetMap(peer);
        fillAll();
    }

    /**
     * Others got a piece that we wait for from one who had it alone, and who may have more such: what it has not begun
     * to send is better asked of them, so that the only source of the rest sends each piece once (spec/bittorrent.md
     * 12.4, "first pieces problem").
     */
    private void swapForRarer(int piece, Peer holder) {
        PartialPiece partial = picker.partial(piece);
        boolean isUntouched = partial != null && partial.missing() == partial.blockCount();
        if (partial == null || !isUntouched || !holder.mayBeAskedFor(piece)) {
            return;
        }
        for (Peer other : torrent.peers()) {
            if (other != holder && other.isSeed() && other.requests().count() > 0 && picker.hasRarerThan(piece)) {
                takeBack(other, partial);
            }
        }
    }

    private void takeBack(Peer other, PartialPiece partial) {
        boolean isChanged = false;
        for (Requests.Asked asked : other.requests().all()) {
            if (asked.piece() == partial) {
                takeBack(other, asked);
                isChanged = true;
            }
        }
        if (isChanged) {
            dropIfUntouched(partial);
            fill(other);
        }
    }

    private void dropIfUntouched(PartialPiece partial) {
        if (partial.unasked() == partial.blockCount()) {
            picker.onDropped(partial);
        }
    }

    // ---- asking

    /** Tells a peer whether we want something of it, and asks for it. */
    void reconsider(Peer peer) {
        boolean wants = wantsOf(peer);
        if (wants != peer.areWeInterested && peer.hasOurMap) {
            peer.areWeInterested = wants;
            peer.say(wants ? Signal.INTERESTED : Signal.NOT_INTERESTED);
        }
        fill(peer);
    }

    private boolean wantsOf(Peer peer) {
        PieceSet theirs = peer.pieces();
        if (theirs.size() > had.size()) {
            return true;
        }
        for (int piece = had.nextMissing(0); piece >= 0; piece = had.nextMissing(piece + 1)) {
            if (theirs.has(piece)) {
                return true;
            }
        }
        return false;
    }

    void fillAll() {
        for (Peer peer : torrent.peers()) {
            fill(peer);
        }
    }

    /** Asks a peer for as many blocks as it should have open. */
    void fill(Peer peer) {
        if (isPaused || !peer.areWeInterested || !peer.isAllowedAny() || !peer.isOpen()) {
            return;
        }
        long now = context.now();
        for (int free = peer.requestsFree(); free > 0; free--) {
            if (!context.downlink.isOpen(now)) {
                context.askAt(context.downlink.openAt(now));
                return;
            }
            PiecePicker.Choice choice = picker.next(peer, context.mayHold(info.pieceLength()));
            if (choice == null) {
                takeOver(peer, now);
                return;
            }
            ask(peer, choice, now);
        }
    }

    /**
     * Everything that an idle peer could send is asked of others already: what waits longest there is asked of it. Else
     * its uplink would stand idle while those of others have queues.
     */
    private void takeOver(Peer idle, long now) {
        if (idle.requests().isBusy() || idle.isOnParole()) {
            return;
        }
        Requests.Asked longest = null;
        Peer busy = null;
        long wait = TAKE_OVER_MILLIS;
        for (Peer other : torrent.peers()) {
            if (other == idle || other.requests().count() < 2 || other.waitMillis(now) <= wait) {
                continue;
            }
            Requests.Asked last = other.requests()
                    .last(asked -> asked.piece().exclusive == null && idle.mayBeAskedFor(asked.piece().index));
            if (last != null && now - last.at() >= TAKE_OVER_MILLIS / 2) {
                longest = last;
                busy = other;
                wait = other.waitMillis(now);
            }
        }
        if (busy != null && longest != null) {
            takeBack(busy, longest);
            ask(idle, new PiecePicker.Choice(longest.piece(), longest.block()), now);
        }
    }

    private void takeBack(Peer other, Requests.Asked asked) {
        other.requests().take(asked.piece().index, asked.block() * PeerMessage.BLOCK);
        other.say(asked.toCancel());
        context.downlink.giveBack(asked.piece().blockSize(asked.block()));
    }

    private void ask(Peer peer, PiecePicker.Choice choice, long now) {
        if (!peer.requests().isBusy()) {
            peer.blockAt = now;
        }
        Requests.Asked asked = new Requests.Asked(choice.piece(), choice.block(), now);
        peer.requests().add(asked);
        context.downlink.take(choice.piece().blockSize(choice.block()));
        peer.say(asked.toRequest());
    }

    /** Gives up everything that a peer was asked for; others may be asked. */
    void release(Peer peer) {
        for (Requests.Asked asked : peer.requests().takeAll()) {
            context.downlink.giveBack(asked.piece().blockSize(asked.block()));
            dropIfExclusiveOf(peer, asked.piece());
        }
    }

    /** Nobody else may go on with a piece that one peer was to send alone. */
    private void dropIfExclusiveOf(Peer peer, PartialPiece piece) {
        if (piece.exclusive == peer && picker.partial(piece.index) == piece) {
            discard(piece);
        }
    }

    private void discard(PartialPiece piece) {
        context.hold(-piece.held());
        piece.takeBlocks().forEach(Block::release);
        picker.onDropped(piece);
    }

    // ---- what comes

    void onChoke(Peer peer) {
        // With the Fast extension each open request is answered still, by its block or by a reject.
        if (!peer.isFast()) {
            release(peer);
            fillAll();
        }
    }

    void onReject(Peer peer, PeerMessage.Reject reject) {
        Requests.Asked asked = peer.requests().take(reject.piece(), reject.begin());
        if (asked != null) {
            context.downlink.giveBack(reject.length());
            dropIfExclusiveOf(peer, asked.piece());
            fillAll();
        }
    }

    void onBlock(Peer peer, int piece, int begin, Block block) {
        long now = context.now();
        int size = block.size();
        Requests.Asked asked = peer.requests().take(piece, begin);
        if (asked == null) {
            onUnasked(peer, size);
        } else {
            peer.pipeline().onBlock(now - asked.at(), now);
        }
        peer.blockAt = now;
        if (peer.isSnubbed() && size > 0) {
            peer.snub(false);
        }
        PartialPiece partial = picker.partial(piece);
        int number = begin / PeerMessage.BLOCK;
        boolean fits = partial != null
                && begin % PeerMessage.BLOCK == 0
                && number < partial.blockCount()
                && size == partial.blockSize(number)
                && (partial.exclusive == null || partial.exclusive == peer);
        if (partial == null || !fits || !partial.arrive(number, block, peer.endpoint())) {
            wasted += size;
            block.release();
        } else {
            context.hold(size);
            cancelElsewhere(partial, number, peer);
            if (partial.isWhole()) {
                store(partial);
            }
        }
        fill(peer);
    }

    private void onUnasked(Peer peer, int size) {
        context.downlink.take(size);
        if (++peer.unasked > UNASKED_MOST) {
            peer.close(CloseReason.PROTOCOL_ERROR);
        }
    }

    /** Before anything else is asked, so that the other one does not send it for nothing. */
    private void cancelElsewhere(PartialPiece partial, int number, Peer sender) {
        if (partial.asked(number) == 0) {
            return;
        }
        for (Peer other : torrent.peers()) {
            if (other != sender && other.requests().holds(partial, number)) {
                Requests.Asked asked = other.requests().take(partial.index, number * PeerMessage.BLOCK);
                if (asked != null) {
                    context.downlink.giveBack(partial.blockSize(number));
                    other.say(asked.toCancel());
                    fill(other);
                }
            }
        }
    }

    private void store(PartialPiece partial) {
        picker.onWhole(partial);
        store(new Whole(partial.index, partial.size, partial.senders()), partial.takeBlocks());
    }

    /** A piece has come from one source that is no peer; of that kind the blocks may be cut in any way. */
    void storeRange(int piece, ImmutableList<Block> blocks, Endpoint source) {
        int size = info.pieceSize(piece);
        context.hold(size);
        store(
                new Whole(
                        piece,
                        size,
                        Collections.nCopies(info.blockCount(piece), source).stream()
                                .collect(ImmutableList.toImmutableList())),
                blocks);
    }

    private void store(Whole whole, ImmutableList<Block> blocks) {
        storing.put(whole.piece, whole);
        boolean isDisputed = blame.isDisputed(whole.piece);
        context.submit(torrent, new Job.StorePiece(info.infohash(), whole.piece, blocks, isDisputed));
    }

    void onStored(Job.StorePiece job, JobResult result) {
        Whole whole = storing.remove(job.piece());
        if (whole == null) {
            return;
        }
        context.hold(-whole.size);
        if (result instanceof JobResult.PieceStored stored) {
            onRight(whole, stored.blocks());
        } else if (result instanceof JobResult.PieceWrong wrong) {
            wasted += whole.size;
            punish(blame.onWrong(whole.piece, whole.senders, hashesOf(whole, wrong.blocks())));
            giveBack(whole.piece);
        } else if (result instanceof JobResult.Failed failed) {
            giveBack(whole.piece);
            torrent.onDiskFailed(failed);
        }
    }

    /** Blocks that were cut in another way say nothing one by one, and need not: they are all by one source. */
    private ImmutableList<Sha1> hashesOf(Whole whole, ImmutableList<Sha1> blocks) {
        return blocks.size() == whole.senders.size() ? blocks : ImmutableList.of();
    }

    private void onRight(Whole whole, ImmutableList<Sha1> blocks) {
        punish(blame.onRight(whole.piece, whole.senders, hashesOf(whole, blocks)));
        for (Peer peer : torrent.peers()) {
            peer.putOnParole(blame.isOnParole(peer.endpoint()));
        }
        torrent.onPiece(whole.piece);
    }

    /** A piece is wanted as before. */
    void giveBack(int piece) {
        picker.onLost(piece);
        fillAll();
    }

    private void punish(Blame.Verdict verdict) {
        for (Endpoint banned : verdict.banned()) {
            context.bans.ban(banned, context.now());
            torrent.ranges().convict(banned);
        }
        for (Peer peer : torrent.peers()) {
            if (verdict.banned().contains(peer.endpoint())) {
                peer.close(CloseReason.PROTOCOL_ERROR);
            } else if (verdict.paroled().contains(peer.endpoint())) {
                peer.putOnParole(true);
            }
        }
    }

    /** What a verified piece changes for everybody: whom we want something of. */
    void onHad(int piece) {
        picker.onHad(piece);
        for (Peer peer : torrent.peers()) {
            if (peer.areWeInterested && peer.pieces().has(piece) && !wantsOf(peer)) {
                peer.areWeInterested = false;
                peer.say(Signal.NOT_INTERESTED);
            }
        }
    }

    // ---- standing still, and slow peers

    void pause() {
        isPaused = true;
        for (Peer peer : torrent.peers()) {
            for (Requests.Asked asked : peer.requests().takeAll()) {
                peer.say(asked.toCancel());
            }
        }
    }

    void resume() {
        isPaused = false;
        fillAll();
    }

    /** Whether anything is asked for. */
    boolean isAsking() {
        return !isPaused;
    }

    /** Ends it all: what came and is no whole piece is let go. */
    void close() {
        isPaused = true;
        for (PartialPiece partial : ImmutableList.copyOf(picker.partials())) {
            discard(partial);
        }
    }

    /** Whoever holds requests and sends nothing: its blocks are for others (spec/hardening.md S7, S10). */
    void watch(long now) {
        for (Peer peer : torrent.peers()) {
            boolean isLate = peer.requests().isBusy()
                    && now - peer.blockAt >= context.limits().snubMillis();
            if (isLate) {
                peer.blockAt = now;
                peer.snub(true);
                release(peer);
                fillAll();
            }
        }
    }
}
