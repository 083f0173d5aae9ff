package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import praline.node.engine.CloseReason;
import praline.node.engine.Counters.Cause;
import praline.node.engine.Counters.Direction;
import praline.node.engine.Link;
import praline.node.engine.LinkPurpose;
import praline.node.engine.Profile;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.gnutella.IndexBatch;
import praline.protocol.gnutella.IndexStatus;
import praline.protocol.gnutella.OverlayFrame;

/**
 * The supernode's side of index publication: which leaf has which number in the index, what it is told of its batches,
 * and whether it can be reached by others (spec/praline.md section 2; spec/hardening.md I1, I2, I5).
 */
final class LeafDesk {

    private static final long STATUS_PERIOD_MILLIS = 600_000;
    private static final long PURGE_PAUSE_MILLIS = 5;
    private static final LinkState[] NONE = {};

    private final Context context;
    private final LeafIndex index;
    private LinkState[] byNumber = NONE;
    /** By number: the leaves that were dialled back with success, so that a downloader can reach them. */
    private final BitSet reachable = new BitSet(0);

    /** By number: the leaves that have published something, or that they have nothing. */
    private final BitSet publishing = new BitSet(0);

    /** Dials that find out whether a leaf can be reached, with the id of its link. */
    private final Map<Long, Integer> probes = new LinkedHashMap<>(0);

    LeafDesk(Context context, LeafIndex index) {
        this.context = context;
        this.index = index;
    }

    /** A leaf joined: it gets a number, and a dial finds out whether others can reach it. */
    void onJoined(LinkState leaf) {
        leaf.leaf = index.open(network(leaf));
        if (leaf.leaf >= byNumber.length) {
            byNumber = Arrays.copyOf(byNumber, Math.max(4, Math.max(leaf.leaf + 1, 2 * byNumber.length)));
        }
        byNumber[leaf.leaf] = leaf;
        Endpoint contact = leaf.peer().contact();
        if (context.dialRules.allows(contact, contact, context.config.self())) {
            probes.put(context.host.dial(contact, LinkPurpose.PROBE), leaf.id);
        }
        context.timers.setAtMost(OverlayTimer.STATUS, context.host.now() + STATUS_PERIOD_MILLIS);
    }

    /** Whether {@code ticket} was a probe of ours; the leaf is reachable, and the link has done its work. */
    boolean onLinkOpen(Link<OverlayFrame> link, long ticket) {
        Integer leafId = probes.remove(ticket);
        if (leafId == null) {
            return false;
        }
        LinkState leaf = context.links.byId(leafId);
        if (leaf != null) {
            reachable.set(leaf.leaf);
        }
        link.close(CloseReason.FINISHED);
        return true;
    }

    void onDialFailed(long ticket) {
        probes.remove(ticket);
    }

    void onLeft(LinkState leaf) {
        if (leaf.leaf == LeafIndex.NO_LEAF) {
            return;
        }
        index.close(leaf.leaf);
        byNumber[leaf.leaf] = null;
        reachable.clear(leaf.leaf);
        publishing.clear(leaf.leaf);
        context.timers.set(OverlayTimer.PURGE, context.host.now() + PURGE_PAUSE_MILLIS);
    }

    void onBatch(LinkState leaf, IndexBatch batch) {
        context.counters.count(Direction.IN, batch.type(), Cause.PUBLICATION, batch.wireSize());
        if (leaf.leaf == LeafIndex.NO_LEAF) {
            return;
        }
        publishing.set(leaf.leaf);
        IndexStatus.Status status = index.apply(leaf.leaf, batch, context.host.now());
        if (batch.first()) {
            context.timers.set(OverlayTimer.PURGE, context.host.now() + PURGE_PAUSE_MILLIS);
        }
        if (batch.last() || status != IndexStatus.Status.OK) {
            sendStatus(leaf, status);
        }
    }

    /** Tells {@code watcher} what leaves publish from here on; once, before the first of them is here. */
    void watch(IndexWatcher watcher) {
        index.watch(watcher);
    }

    /** Whether {@code leaf} publishes its files here; a foreign servent's does not. */
    boolean publishes(LinkState leaf) {
        return leaf.leaf != LeafIndex.NO_LEAF && publishing.get(leaf.leaf);
    }

    /** A publication that could not be read. */
    void onBadBatch(LinkState leaf) {
        if (leaf.leaf != LeafIndex.NO_LEAF) {
            sendStatus(leaf, IndexStatus.Status.REFUSED_MALFORMED);
        }
    }

    /** Tells all leaves what is held for them, so that they notice a difference. */
    void tellAll(long now) {
        boolean any = false;
        for (LinkState leaf : byNumber) {
            if (leaf != null) {
                sendStatus(leaf, IndexStatus.Status.OK);
                any = true;
            }
        }
        if (any) {
            context.timers.set(OverlayTimer.STATUS, now + STATUS_PERIOD_MILLIS);
        }
    }

    /** Clears away a step of what leaves that are gone left behind. */
    void purge(long now) {
        if (index.purge()) {
            context.timers.set(OverlayTimer.PURGE, now + PURGE_PAUSE_MILLIS);
        }
    }

    ImmutableList<LeafIndex.Match> match(Question question, int recordsMax, int asker) {
        return index.match(question, recordsMax, asker);
    }

    /** The live leaf with this number. */
    LinkState leaf(int number) {
        @Nullable LinkState leaf = byNumber[number];
        if (leaf == null) {
            throw new IllegalStateException("the index answered with leaf " + number + ", which is gone");
        }
        return leaf;
    }

    /** Whether a downloader can dial this leaf, as far as we know (spec/hardening.md I2). */
    boolean isReachable(int number) {
        return reachable.get(number);
    }

    /** The leaves that have the content of a torrent and can be dialled, as far as we know. */
    ImmutableList<LeafSources.Source> holders(Sha1 infohash, int max) {
        return index.holders(infohash, max).stream()
                .filter(holder -> isReachable(holder.leaf()))
                .map(holder -> new LeafSources.Source(leaf(holder.leaf()).peer().contact(), holder.isPartial()))
                .collect(ImmutableList.toImmutableList());
    }

    int records() {
        return index.size();
    }

    /** A number for all addresses that one owner is likely to have: a /24, or a /64 of the newer ones. */
    private long network(LinkState leaf) {
        if (context.config.profile() != Profile.INTERNET) {
            return LeafIndex.NO_NETWORK;
        }
        Endpoint address = leaf.link.remote();
        return address.isIpv4() ? Integer.toUnsignedLong(address.ipv4()) >>> 8 : address.high() & Long.MAX_VALUE;
    }

    private void sendStatus(LinkState leaf, IndexStatus.Status status) {
        LeafIndex.Held held = index.held(leaf.leaf);
        IndexStatus answer = new IndexStatus(
                context.freshGuid(), 1, 0, held.epoch(), held.seq(), status, held.records(), held.digest());
        context.outbox.sendControl(leaf, answer, Cause.PUBLICATION);
    }
}
