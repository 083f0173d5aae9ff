package praline.supernode.index;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import praline.node.overlay.LeafIndex.Match;
import praline.protocol.Sha1;
import praline.protocol.gnutella.HitFile;
import praline.protocol.gnutella.HitRecord;

/**
 * Collects the documents that answer one query, up to a limit. Each document counts once, and so does each content of
 * one leaf: a hit that names a SHA-1 twice is dropped by others as spam (spec/gnutella.md section 7).
 */
final class Answer {

    /** A document, and what is read of its record to compare it with others. */
    private record Found(int leaf, int document, Sha1 sha1, long fileIndex) {

        boolean isSameContent(Found other) {
            return leaf == other.leaf && sha1.equals(other.sha1);
        }
    }

    private final DocumentSpace space;
    private final int recordsMax;
    private final int except;
    private final long seed;
    private final List<Found> found = new ArrayList<>();
    /** Where in the list a content is, by its hash and leaf. */
    private final IntTable places = new IntTable(place -> hash(found.get(place)));

    private int readsLeft;
    /** A content of which no more copies are taken. */
    private @Nullable Sha1 settled;

    /**
     * @param recordsMax how many records are wanted
     * @param readsMax how many may be read for it; a leaf that publishes one content a thousand times is not to make
     *     every answer slow
     * @param except a leaf whose documents do not count, or {@link praline.node.overlay.LeafIndex#NO_LEAF}
     * @param seed for the table of contents, whose hashes strangers choose
     */
    Answer(DocumentSpace space, int recordsMax, int readsMax, int except, long seed) {
        this.space = space;
        this.recordsMax = recordsMax;
        this.readsLeft = readsMax;
        this.except = except;
        this.seed = seed;
    }

    /** Whether the document may be named: it is live and somebody else's. */
    boolean wants(int document) {
        return space.isLive(document) && space.owner(document).leaf() != except;
    }

    /** Takes the document in if it is wanted. False: there is enough. */
    boolean offer(int document) {
        if (wants(document) && found.size() < recordsMax && readsLeft-- > 0) {
            int leaf = space.owner(document).leaf();
            byte[] page = space.contentOf(document);
            int place = DocumentSpace.place(document);
            Sha1 sha1 = RecordPage.sha1(page, place);
            if (!sha1.equals(settled)) {
                take(new Found(leaf, document, sha1, RecordPage.fileIndex(page, place)));
            }
        }
        return found.size() < recordsMax && readsLeft > 0;
    }

    /** Takes no more copies of this content. */
    void settle(Sha1 sha1) {
        settled = sha1;
    }

    /** What was found, in order of leaves and of their file indexes. */
    ImmutableList<Match> byLeaf() {
        found.sort(Comparator.comparingInt(Found::leaf).thenComparingLong(Found::fileIndex));
        ImmutableList.Builder<Match> matches = ImmutableList.builder();
        int from = 0;
        for (int to = 1; to <= found.size(); to++) {
            if (to == found.size() || found.get(to).leaf() != found.get(from).leaf()) {
                matches.add(new Match(found.get(from).leaf(), records(found.subList(from, to))));
                from = to;
            }
        }
        return matches.build();
    }

    /** Of several files with one content the one with the lowest index stays. */
    private void take(Found one) {
        int hash = hash(one);
        int place = places.find(hash, other -> found.get(other).isSameContent(one));
        if (place == IntTable.NONE) {
            found.add(one);
            places.add(hash, found.size() - 1);
        } else if (one.fileIndex() < found.get(place).fileIndex()) {
            found.set(place, one);
        }
    }

    private int hash(Found one) {
        long mixed = (one.sha1().first() ^ seed) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32) ^ one.leaf()) * 0xBF58476D1CE4E5B9L;
        return (int) (mixed >>> 32);
    }

    private ImmutableList<HitRecord> records(List<Found> ofOneLeaf) {
        ImmutableList.Builder<HitRecord> records = ImmutableList.builderWithExpectedSize(ofOneLeaf.size());
        for (Found one : ofOneLeaf) {
            records.add(hit(one));
        }
        return records.build();
    }

    private HitRecord hit(Found one) {
        byte[] page = space.contentOf(one.document());
        int place = DocumentSpace.place(one.document());
        @Nullable Sha1 infohash = RecordPage.hasInfohash(page, place) ? RecordPage.infohash(page, place) : null;
        return new HitFile(
                        one.fileIndex(),
                        RecordPage.fileSize(page, place),
                        RecordPage.name(page, place),
                        one.sha1(),
                        infohash)
                .toRecord();
    }
}
