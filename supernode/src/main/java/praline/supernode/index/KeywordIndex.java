package praline.supernode.index;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import praline.node.overlay.IndexWatcher;
import praline.node.overlay.LeafIndex;
import praline.node.overlay.Question;
import praline.protocol.Bytes;
import praline.protocol.Guid;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.IndexBatch;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.gnutella.IndexStatus.Status;
import praline.protocol.gnutella.QueryTerms;
import praline.protocol.text.Keywords;

/**
 * The leader's index: the files of all leaves by keyword and by hash.
 *
 * <p>A file of a leaf is a document. Its number comes from the {@link DocumentSpace}; its record lies with its leaf's,
 * in {@link LeafRecords}; the words of its name lead to it by the {@link Dictionary}, its content and the torrent of
 * its content by a {@link Sha1Table} each.
 *
 * <p>Taking a leaf out is done twice. At once its documents are hidden, by clearing their bits in the space, and no
 * answer names them any more. Later {@link #purge} goes through its records, a step at a time, and takes them out of
 * dictionary and tables; until then their numbers are not given away again. A single record that is removed or replaced
 * goes at once.
 */
public final class KeywordIndex implements LeafIndex {

    private final IndexLimits limits;
    private final WireLimits wireLimits;
    private final long seed;
    private final DocumentSpace space = new DocumentSpace();
    private final Dictionary dictionary = new Dictionary();
    private final Sha1Table contents;
    private final Sha1Table torrents;
    private final KeywordSearch search;
    private final List<@Nullable Leaf> leaves = new ArrayList<>();
    private final Deque<LeafRecords> retired = new ArrayDeque<>(4);
    private @Nullable IndexWatcher watcher;
    private int retiredSlot;
    private int recordCount;
    private long torrentsAsked;
    private long charge;

    /**
     * @param wireLimits how much of a query is read
     * @param seed that strangers do not know, for the tables whose keys they choose
     */
    public KeywordIndex(IndexLimits limits, WireLimits wireLimits, long seed) {
        this.limits = limits;
        this.wireLimits = wireLimits;
        this.seed = seed;
        this.contents = new Sha1Table(this::sha1, seed);
        this.torrents = new Sha1Table(this::infohash, seed);
        this.search = new KeywordSearch(dictionary, this::words, limits);
    }

    @Override
    public void watch(IndexWatcher newWatcher) {
        if (watcher != null || !leaves.isEmpty()) {
            throw new IllegalStateException("an index is watched once, from its beginning");
        }
        watcher = newWatcher;
    }

    @Override
    public int open() {
        return open(NO_NETWORK);
    }

    @Override
    public int open(long network) {
        int number = leaves.indexOf(null);
        if (number < 0) {
            number = leaves.size();
            leaves.add(null);
        }
        leaves.set(number, new Leaf(new LeafRecords(space, number, seed), network, limits));
        return number;
    }

    @Override
    public Status apply(int leaf, IndexBatch batch, long now) {
        Leaf publisher = leaf(leaf);
        if (!publisher.follows(batch)) {
            return Status.RESYNC;
        }
        if (!publisher.mayPublish(batch, now)) {
            return Status.REFUSED_LIMIT;
        }
        if (!batch.records().stream().allMatch(KeywordIndex::isSound)) {
            return Status.REFUSED_MALFORMED;
        }
        Map<Long, IndexRecord> changes = lastOfEachIndex(batch);
        if (!fits(publisher, batch.first(), changes)) {
            return Status.REFUSED_LIMIT;
        }
        if (batch.first()) {
            retire(publisher.records());
            publisher.replaceRecords(new LeafRecords(space, leaf, seed));
        }
        changes.values().forEach(change -> apply(publisher.records(), change));
        publisher.onApplied(batch);
        if (batch.last()) {
            publisher.records().trim();
        }
        return Status.OK;
    }

    @Override
    public Held held(int leaf) {
        Leaf publisher = leaf(leaf);
        LeafRecords records = publisher.records();
        return new Held(publisher.epoch(), publisher.seq(), records.count(), records.digest());
    }

    @Override
    public void close(int leaf) {
        retire(leaf(leaf).records());
        leaves.set(leaf, null);
    }

    @Override
    public boolean purge() {
        int left = limits.purged();
        while (!retired.isEmpty() && left > 0) {
            LeafRecords records = retired.getFirst();
            while (retiredSlot < records.slotEnd() && left > 0) {
                if (records.holds(retiredSlot)) {
                    forget(records, retiredSlot);
                    left--;
                }
                retiredSlot++;
            }
            if (retiredSlot == records.slotEnd()) {
                records.freePages();
                charge -= records.charge();
                retired.removeFirst();
                retiredSlot = 0;
            }
        }
        return !retired.isEmpty();
    }

    @Override
    public ImmutableList<Match> match(Question question, int recordsMax, int except) {
        boolean isFar = question.query().hops() >= limits.far();
        int max = isFar ? Math.min(recordsMax, limits.farAnswer()) : recordsMax;
        Answer answer = new Answer(space, max, limits.recordsRead(), except, seed);
        Guid guid = question.query().guid();
        int first = placeOf(guid.high() ^ guid.low());
        QueryTerms terms = question.terms(wireLimits);
        Sha1 sha1 = terms.sha1();
        boolean hasRoom = sha1 == null || offerSources(sha1, guid, first, answer);
        if (hasRoom && !terms.tellingWords().isEmpty()) {
            search.visit(terms.tellingWords(), answer::wants, first, space.end(), answer::offer);
        }
        return answer.byLeaf();
    }

    @Override
    public ImmutableList<Holder> holders(Sha1 infohash, int max) {
        Holders holders = new Holders(space, max, limits.recordsRead());
        torrents.visit(infohash, placeOf(++torrentsAsked), holders::offer);
        return holders.all();
    }

    @Override
    public int size() {
        return recordCount;
    }

    private Leaf leaf(int number) {
        Leaf leaf = leaves.get(number);
        if (leaf == null) {
            throw new IllegalStateException("leaf " + number + " is closed");
        }
        return leaf;
    }

    /** What others would refuse in a hit, or misread (spec/gnutella.md section 7). */
    private static boolean isSound(IndexRecord record) {
        if (!(record instanceof IndexRecord.Add add)) {
            return true;
        }
        return add.index() != 0xFFFF_FFFFL
                && add.size() >= 0
                && !add.name().isEmpty()
                && add.name().size() <= RecordPage.NAME_SIZE_MAX
                && isPrintable(add.name());
    }

    private static boolean isPrintable(Bytes name) {
        for (int i = 0; i < name.size(); i++) {
            int octet = name.at(i);
            if (octet < ' ' || octet == '/') {
                return false;
            }
        }
        return true;
    }

    /** Only the last change of each file counts. */
    private static Map<Long, IndexRecord> lastOfEachIndex(IndexBatch batch) {
        Map<Long, IndexRecord> changes = new LinkedHashMap<>();
        for (IndexRecord record : batch.records()) {
            changes.put(record.index(), record);
        }
        return changes;
    }

    /** Whether leaf and node stay within their limits when all changes are made. */
    private boolean fits(Leaf publisher, boolean startsOver, Map<Long, IndexRecord> changes) {
        LeafRecords records = publisher.records();
        long count = startsOver ? 0 : records.count();
        long leafCharge = startsOver ? 0 : records.charge();
        long nodeCharge = charge;
        for (IndexRecord change : changes.values()) {
            int slot = startsOver ? LeafRecords.NO_SLOT : records.find(change.index());
            int before = slot == LeafRecords.NO_SLOT ? 0 : records.chargeOf(slot);
            int after = change instanceof IndexRecord.Add add ? LeafRecords.chargeOf(add) : 0;
            count += (after > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
            leafCharge += after - before;
            nodeCharge += after - before;
        }
        return count <= limits.leafRecords()
                && leafCharge <= limits.leafBytes()
                && nodeCharge <= limits.nodeBytes()
                && space.hasRoom(changes.size());
    }

    private void apply(LeafRecords records, IndexRecord change) {
        int slot = records.find(change.index());
        if (slot != LeafRecords.NO_SLOT) {
            if (change.equals(records.get(slot))) {
                return;
            }
            remove(records, slot);
        }
        if (change instanceof IndexRecord.Add add) {
            add(records, add);
        }
    }

    /**
     * Keeps a record and makes it found. A partial file is found by its torrent only: who takes a hit expects to get
     * the whole file (spec/gnutella.md 6.3).
     */
    private void add(LeafRecords records, IndexRecord.Add record) {
        List<String> words = words(record.name());
        int slot = records.add(record);
        recordCount++;
        charge += records.chargeOf(slot);
        int document = records.document(slot);
        space.setLive(document, true);
        if (!record.partial()) {
            words.forEach(word -> addWord(word, document));
            addContent(document);
        }
        if (record.infohash() != null) {
            torrents.add(document);
        }
    }

    private void remove(LeafRecords records, int slot) {
        forget(records, slot);
        space.setLive(records.document(slot), false);
        recordCount--;
        charge -= records.chargeOf(slot);
        records.remove(slot);
    }

    /** Takes a record out of dictionary and tables; where it lies it stays. */
    private void forget(LeafRecords records, int slot) {
        IndexRecord.Add record = records.get(slot);
        int document = records.document(slot);
        if (!record.partial()) {
            words(record.name()).forEach(word -> removeWord(word, document));
            removeContent(document);
        }
        if (record.infohash() != null) {
            torrents.remove(document);
        }
    }

    private void addWord(String text, int document) {
        Word word = Word.of(text, limits.word());
        boolean isNews = dictionary.add(word, document) || word.isCut();
        if (isNews && watcher != null) {
            watcher.onWord(text);
        }
    }

    private void removeWord(String text, int document) {
        Word word = Word.of(text, limits.word());
        boolean isNews = dictionary.remove(word, document) || word.isCut();
        if (isNews && watcher != null) {
            watcher.onWordGone(text);
        }
    }

    private void addContent(int document) {
        if (contents.add(document) && watcher != null) {
            watcher.onContent(sha1(document));
        }
    }

    private void removeContent(int document) {
        if (contents.remove(document) && watcher != null) {
            watcher.onContentGone(sha1(document));
        }
    }

    private void retire(LeafRecords records) {
        if (records.slotEnd() == 0) {
            return;
        }
        records.hide();
        recordCount -= records.count();
        retired.addLast(records);
    }

    private Sha1 sha1(int document) {
        return RecordPage.sha1(space.contentOf(document), DocumentSpace.place(document));
    }

    private Sha1 infohash(int document) {
        return RecordPage.infohash(space.contentOf(document), DocumentSpace.place(document));
    }

    private List<String> words(int document) {
        return words(RecordPage.name(space.contentOf(document), DocumentSpace.place(document)));
    }

    private List<String> words(Bytes name) {
        List<String> words = Keywords.of(name.utf8());
        return words.size() <= limits.words() ? words : words.subList(0, limits.words());
    }

    /**
     * Offers a sample of those who have a content, and takes no other of them (spec/hardening.md I4). False: enough.
     */
    private boolean offerSources(Sha1 sha1, Guid guid, int first, Answer answer) {
        Sources sources = new Sources(limits, space, number -> leaf(number).network(), guid.high() ^ guid.low() ^ seed);
        contents.visit(sha1, first, document -> !answer.wants(document) || sources.add(document));
        boolean hasRoom = true;
        ImmutableIntArray sample = sources.sample();
        for (int i = 0; i < sample.length() && hasRoom; i++) {
            hasRoom = answer.offer(sample.get(i));
        }
        answer.settle(sha1);
        return hasRoom;
    }

    /** Where the search begins, so that an answer which leaves something out does not always leave out the same. */
    private int placeOf(long question) {
        long mixed = question * 0x9E3779B97F4A7C15L;
        return space.end() == 0 ? 0 : (int) Long.remainderUnsigned(mixed >>> 16, space.end());
    }
}
