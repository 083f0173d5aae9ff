package praline.node.transfer;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import praline.node.engine.Block;
import praline.node.engine.CloseReason;
import praline.node.engine.DialFailure;
import praline.node.engine.Link;
import praline.node.engine.Timers;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;

/**
 * Gives others of this node ranges of files that servents have: a link to each source is kept for as long as it is
 * asked for more. What comes is told to the {@link RangeTaker}, which asks again from inside of that.
 */
final class RangeLinks {

    private final Context context;
    private final Calls calls;
    private final RangeTaker taker;
    private final Map<Endpoint, RangeLink> links = new LinkedHashMap<>(0);
    private final Map<Long, RangeLink> dials = new LinkedHashMap<>(0);
    private final Map<Long, RangeLink> asked = new LinkedHashMap<>(0);
    /** Nobody can be asked for these; that is told later. */
    private final Set<Long> refused = new TreeSet<>();

    private long lastTicket;

    RangeLinks(Context context, Calls calls, RangeTaker taker) {
        this.context = context;
        this.calls = calls;
        this.taker = taker;
    }

    /** As {@link TransferEngine#askRange}. */
    long ask(Endpoint source, Sha1 content, long offset, int length) {
        long ticket = ++lastTicket;
        RangeLink link = links.get(source);
        if (link == null && links.size() >= context.config.limits().download().rangeLinks() && !closeIdle()) {
            context.limitHits.hit("limits.download.rangeLinks");
            refused.add(ticket);
            context.watchAt(context.now());
            return ticket;
        }
        if (link == null) {
            link = new RangeLink(source, context, this);
            links.put(source, link);
        }
        asked.put(ticket, link);
        link.ask(new RangeLink.Range(ticket, content, offset, length));
        return ticket;
    }

    void cancel(long ticket) {
        refused.remove(ticket);
        RangeLink link = asked.remove(ticket);
        if (link != null) {
            link.cancel(ticket);
        }
    }

    /** False: the dial was not ours. */
    boolean onLinkOpen(Link<TransferFrame> link, long ticket) {
        RangeLink by = dials.remove(ticket);
        if (by != null) {
            by.onOpen(link);
        }
        return by != null;
    }

    /** False: the dial was not ours. */
    boolean onDialFailed(long ticket, DialFailure why) {
        RangeLink by = dials.remove(ticket);
        if (by != null) {
            by.onDialFailed(why);
        }
        return by != null;
    }

    /** Does what is due, and returns when to look again. */
    long watch(long now) {
        for (long ticket : ImmutableList.copyOf(refused)) {
            if (refused.remove(ticket)) {
                taker.onRangeEnd(ticket, context.config.retryMillis());
            }
        }
        long next = Timers.NEVER;
        for (RangeLink link : ImmutableList.copyOf(links.values())) {
            if (link.deadline() <= now) {
                link.onDeadline();
            }
            next = Math.min(next, link.deadline());
        }
        return next;
    }

    void closeAll() {
        asked.clear();
        refused.clear();
        ImmutableList.copyOf(links.values()).forEach(link -> link.close(CloseReason.SHUTDOWN));
        links.clear();
    }

    void dial(RangeLink to) {
        dials.put(calls.open(to.source), to);
    }

    void came(long ticket, Block block) {
        taker.onRangeBlock(ticket, block);
    }

    void ended(long ticket, long retryMillis) {
        if (asked.remove(ticket) != null) {
            taker.onRangeEnd(ticket, retryMillis);
        }
    }

    /** There is no connection, and nothing is wanted of the source. */
    void forget(RangeLink link) {
        links.remove(link.source, link);
    }

    private boolean closeIdle() {
        for (RangeLink link : links.values()) {
            if (link.isIdle()) {
                link.close(CloseReason.OVER_LIMIT);
                forget(link);
                return true;
            }
        }
        return false;
    }
}
