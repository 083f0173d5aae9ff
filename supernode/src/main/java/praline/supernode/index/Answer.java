package praline.supernode.index;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import praline.node.overlay.LeafIndex.Match;
import praline.protocol.Sha1;
import praline.protocol.gnutella.HitFile;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.IndexRecord;

/**
 * Collects the documents that answer one query, up to a limit. Each document counts once, and so does each content of
 * one leaf: a hit that names a SHA-1 twice is dropped by others as spam (spec/gnutella.md section 7).
 */
final class Answer {

    private record Content(int leaf, Sha1 sha1) {}

    private record Found(LeafRecords records, int slot) {
        int leaf() {
            return records.leaf();
        }

        long fileIndex() {
            return records.fileIndex(slot);
        }

        Sha1 sha1() {
            return records.sha1(slot);
        }
    }

    private final DocumentSpace space;
    private final int recordsMax;
    private final int except;
    private final Map<Content, Found> found = new LinkedHashMap<>();
    private int readsLeft;

    /**
     * @param recordsMax how many records are wanted
     * @param readsMax how many may be read for it; a leaf that publishes one content a thousand times is not to make
     *     every answer slow
     * @param except a leaf whose documents do not count, or {@link praline.node.overlay.LeafIndex#NO_LEAF}
     */
    Answer(DocumentSpace space, int recordsMax, int readsMax, int except) {
        this.space = space;
        this.recordsMax = recordsMax;
        this.readsLeft = readsMax;
        this.except = except;
    }

    /** Whether the document may be named: it is live and somebody else's. */
    boolean wants(int document) {
        return space.isLive(document) && space.owner(document).leaf() != except;
    }

    /** Takes the document in if it is wanted. False: there is enough. */
    boolean offer(int document) {
        if (wants(document) && found.size() < recordsMax && readsLeft-- > 0) {
            Found one = new Found(space.owner(document), space.slot(document));
            found.merge(new Content(one.leaf(), one.sha1()), one, Answer::lowerIndexed);
        }
        return found.size() < recordsMax && readsLeft > 0;
    }

    /** What was found, in order of leaves and of their file indexes. */
    ImmutableList<Match> byLeaf() {
        List<Found> sorted = new ArrayList<>(found.values());
        sorted.sort(Comparator.comparingInt(Found::leaf).thenComparingLong(Found::fileIndex));
        ImmutableList.Builder<Match> matches = ImmutableList.builder();
        int from = 0;
        for (int to = 1; to <= sorted.size(); to++) {
            if (to == sorted.size() || sorted.get(to).leaf() != sorted.get(from).leaf()) {
                matches.add(new Match(sorted.get(from).leaf(), records(sorted.subList(from, to))));
                from = to;
            }
        }
        return matches.build();
    }

    private static Found lowerIndexed(Found one, Found other) {
        return one.fileIndex() <= other.fileIndex() ? one : other;
    }

    private static ImmutableList<HitRecord> records(List<Found> ofOneLeaf) {
        ImmutableList.Builder<HitRecord> records = ImmutableList.builderWithExpectedSize(ofOneLeaf.size());
        for (Found one : ofOneLeaf) {
            records.add(hit(one.records().get(one.slot())));
        }
        return records.build();
    }

    private static HitRecord hit(IndexRecord.Add record) {
        return new HitFile(record.index(), record.size(), record.name(), record.sha1(), record.infohash()).toRecord();
    }
}
