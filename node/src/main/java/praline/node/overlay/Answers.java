package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.QueryHit;

/**
 * Answers queries from what is known here: this node's own files and, on a supernode, those of its leaves. A leaf's
 * files are answered for in its name, one hit message per leaf at least (spec/praline.md section 3).
 */
final class Answers {

    private static final WireLimits.Send LIMITS = WireLimits.STANDARD.send();

    /** In kbit/s; what we say of every link, for we measure none. */
    private static final long SPEED = 1_000;

    private final Context context;
    private final SharedFiles files;
    private final @Nullable LeafDesk leafDesk;

    Answers(Context context, SharedFiles files, @Nullable LeafDesk leafDesk) {
        this.context = context;
        this.files = files;
        this.leafDesk = leafDesk;
    }

    /** Sends what matches {@code question} back to {@code from}; says how many records that are. */
    int answer(LinkState from, Question question) {
        int[] records = {0};
        int ttl = HopRules.hitTtl(question.query().hops(), context.config.limits());
        forEachHit(question, from.leaf, ttl, hit -> {
            if (context.outbox.sendHit(from, hit, false)) {
                records[0] += hit.records().size();
                context.observer.hitSent(hit.guid(), hit.hops(), hit.wireSize());
            }
        });
        return records[0];
    }

    /** Whether {@code leaf} has told this supernode of its files, which knows no index but its leaves' own. */
    boolean isIndexed(LinkState leaf) {
        return leafDesk == null || leafDesk.publishes(leaf);
    }

    /** Gives what a supernode's own leaves have for its own query to {@code sink}. */
    void answerOwn(Query query, HitSink sink) {
        if (leafDesk != null) {
            int recordsMax = context.config.limits().recordsPerQueryMax();
            leafHits(leafDesk, new Question(query), LeafIndex.NO_LEAF, 1, recordsMax, sink);
        }
    }

    /** Takes finished hit messages. */
    interface HitSink {
        void take(QueryHit hit);
    }

    private void forEachHit(Question question, int asker, int ttl, HitSink sink) {
        OverlayConfig config = context.config;
        int recordsMax = config.limits().recordsPerQueryMax();
        ImmutableList<HitRecord> own = files.match(question, recordsMax);
        if (!own.isEmpty()) {
            pack(question.query().guid(), ttl, own, config.self(), config.servent(), ownTrailer(), sink);
        }
        if (leafDesk != null && own.size() < recordsMax) {
            leafHits(leafDesk, question, asker, ttl, recordsMax - own.size(), sink);
        }
    }

    private Bytes ownTrailer() {
        Pushes pushes = context.pushesIfAny();
        return pushes == null ? Pushes.REACHABLE : pushes.trailer();
    }

    private void leafHits(LeafDesk desk, Question question, int asker, int ttl, int recordsMax, HitSink sink) {
        for (LeafIndex.Match match : desk.match(question, recordsMax, asker)) {
            LinkState leaf = desk.leaf(match.leaf());
            pack(
                    question.query().guid(),
                    ttl,
                    match.records(),
                    leaf.peer().contact(),
                    leaf.peer().servent(),
                    desk.isReachable(match.leaf())
                            ? Pushes.REACHABLE
                            : context.pushes().leafTrailer(),
                    sink);
        }
    }

    /** Puts the records of one sharer into as many hit messages as they need. */
    private static void pack(
            Guid query,
            int ttl,
            ImmutableList<HitRecord> records,
            Endpoint sharer,
            Guid servent,
            Bytes trailer,
            HitSink sink) {
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < records.size(); i++) {
            int size = records.get(i).wireSize();
            boolean isFull = i - from == LIMITS.hitRecords() || bytes + size > LIMITS.hit();
            if (isFull && i > from) {
                sink.take(new QueryHit(query, ttl, 0, sharer, SPEED, records.subList(from, i), trailer, servent));
                from = i;
                bytes = 0;
            }
            bytes += size;
        }
        if (from < records.size()) {
            ImmutableList<HitRecord> rest = records.subList(from, records.size());
            sink.take(new QueryHit(query, ttl, 0, sharer, SPEED, rest, trailer, servent));
        }
    }
}
