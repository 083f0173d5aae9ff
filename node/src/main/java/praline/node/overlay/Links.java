package praline.node.overlay;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Link;
import praline.protocol.Guid;
import praline.protocol.gnutella.OverlayFrame;

/**
 * All links of one engine, in the order in which they opened, and apart from them the joined neighbours (flat peers and
 * supernodes), which is what a query is sent to.
 */
final class Links {

    private static final LinkState[] NONE = {};
    private static final Link<?>[] NO_LINKS = {};

    /** Ascending by id. */
    private LinkState[] all = NONE;

    private int count;
    /** Their states are attached to them: whoever only sends is spared a cache line each. */
    private Link<?>[] neighbours = NO_LINKS;

    private int neighbourCount;
    private int leafCount;
    private int limitedCount;
    private int lastId;

    int nextId() {
        return ++lastId;
    }

    void add(LinkState state) {
        all = withRoom(all, count);
        all[count++] = state;
    }

    /** To be called once, when the handshake of {@code state} is done and its peer's role is known. */
    void join(LinkState state) {
        if (state.isLeaf()) {
            leafCount++;
            return;
        }
        neighbours = withRoom(neighbours, neighbourCount);
        neighbours[neighbourCount++] = state.link;
    }

    void remove(LinkState state, boolean wasJoined) {
        count = without(all, count, state);
        if (!wasJoined) {
            return;
        }
        if (state.isLeaf()) {
            leafCount--;
        } else {
            neighbourCount = without(neighbours, neighbourCount, state.link);
            if (state.wantsFewerHops()) {
                countLimited();
            }
        }
    }

    int count() {
        return count;
    }

    /** By order of opening; {@code index} in 0..count-1. */
    LinkState get(int index) {
        return all[index];
    }

    int neighbourCount() {
        return neighbourCount;
    }

    /** By order of joining; {@code index} in 0..neighbourCount-1. */
    LinkState neighbour(int index) {
        return Objects.requireNonNull((LinkState) neighbours[index].attachment());
    }

    /** The link of {@link #neighbour}. */
    @SuppressWarnings("unchecked") // only links of overlay frames are put in
    Link<OverlayFrame> neighbourLink(int index) {
        return (Link<OverlayFrame>) neighbours[index];
    }

    /** Whether there are neighbours that do not want all queries ({@link LinkState#takesQueries}). */
    boolean areLimited() {
        return limitedCount > 0;
    }

    /** To be called when a neighbour changed what it wants. */
    void countLimited() {
        limitedCount = 0;
        for (int i = 0; i < neighbourCount; i++) {
            limitedCount += neighbour(i).wantsFewerHops() ? 1 : 0;
        }
    }

    int leafCount() {
        return leafCount;
    }

    /** The open link with this id; null when it is gone. */
    @Nullable
    LinkState byId(int id) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = all[middle].id;
            if (found == id) {
                return all[middle];
            }
            if (found < id) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    /**
     * The joined link, other than {@code except}, to the servent that {@code peer} is, by its GUID or by where it
     * listens; null when there is none.
     */
    @Nullable
    LinkState joinedToSame(PeerFacts peer, @Nullable LinkState except) {
        for (int i = 0; i < count; i++) {
            LinkState state = all[i];
            if (state != except && state.isJoined() && state.peer().isSameServent(peer)) {
                return state;
            }
        }
        return null;
    }

    /** The joined link to {@code servent}, other than {@code except}; null when there is none. */
    @Nullable
    LinkState joinedTo(Guid servent, @Nullable LinkState except) {
        for (int i = 0; i < count; i++) {
            LinkState state = all[i];
            if (state != except && state.isJoined() && state.peer().servent().equals(servent)) {
                return state;
            }
        }
        return null;
    }

    int countIf(Predicate<LinkState> condition) {
        int matching = 0;
        for (int i = 0; i < count; i++) {
            if (condition.test(all[i])) {
                matching++;
            }
        }
        return matching;
    }

    private static <T> T[] withRoom(T[] items, int used) {
        return used < items.length ? items : Arrays.copyOf(items, Math.max(4, used * 2));
    }

    private static <T> int without(T[] items, int used, T gone) {
        for (int i = 0; i < used; i++) {
            if (items[i] == gone) {
                System.arraycopy(items, i + 1, items, i, used - i - 1);
                items[used - 1] = null;
                return used - 1;
            }
        }
        return used;
    }
}
