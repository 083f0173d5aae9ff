package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import praline.protocol.bittorrent.PeerMessage;

/** What one peer was asked for and has not answered yet, in the order of asking. */
final class Requests {

    /** A block that the peer was asked for at {@code at}. */
    record Asked(PartialPiece piece, int block, long at) {

        PeerMessage.Request toRequest() {
            return new PeerMessage.Request(piece.index, block * PeerMessage.BLOCK, piece.blockSize(block));
        }

        PeerMessage.Cancel toCancel() {
            return new PeerMessage.Cancel(piece.index, block * PeerMessage.BLOCK, piece.blockSize(block));
        }
    }

    private final List<Asked> open = new ArrayList<>(0);

    int count() {
        return open.size();
    }

    boolean isBusy() {
        return !open.isEmpty();
    }

    /** When the oldest of them was sent; only while there is one. */
    long oldestAt() {
        return open.get(0).at;
    }

    boolean holds(PartialPiece piece, int block) {
        return find(piece.index, block) >= 0;
    }

    void add(Asked asked) {
        asked.piece.ask(asked.block);
        open.add(asked);
    }

    /** Ends the request for a block, answered or not; null: there is none. */
    @Nullable
    Asked take(int piece, int begin) {
        int found = begin % PeerMessage.BLOCK == 0 ? find(piece, begin / PeerMessage.BLOCK) : -1;
        if (found < 0) {
            return null;
        }
        Asked asked = open.remove(found);
        asked.piece.unask(asked.block);
        return asked;
    }

    /** Ends all requests. */
    ImmutableList<Asked> takeAll() {
        ImmutableList<Asked> all = ImmutableList.copyOf(open);
        open.clear();
        all.forEach(asked -> asked.piece.unask(asked.block));
        return all;
    }

    /** The one asked for last of those that {@code fits}; null: there is none. */
    @Nullable
    Asked last(Predicate<Asked> fits) {
        for (int i = open.size() - 1; i >= 0; i--) {
            if (fits.test(open.get(i))) {
                return open.get(i);
            }
        }
        return null;
    }

    /** All that are open, the oldest first. */
    ImmutableList<Asked> all() {
        return ImmutableList.copyOf(open);
    }

    /** Mostly the first: peers answer in order. */
    private int find(int piece, int block) {
        for (int i = 0; i < open.size(); i++) {
            Asked asked = open.get(i);
            if (asked.piece.index == piece && asked.block == block) {
                return i;
            }
        }
        return -1;
    }
}
