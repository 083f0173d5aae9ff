package praline.node.library;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import praline.node.overlay.Question;
import praline.node.overlay.SharedFiles;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.HitFile;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.gnutella.QueryTerms;
import praline.protocol.text.Keywords;

/**
 * The shared files in memory, for the event loop: it takes over what a scan found and answers queries from it.
 *
 * <p>Each file has a number, its index, which stays its own as long as this object lives and is not given to another
 * file afterwards; a file whose content changed may keep it. A word of a query is looked for among the sorted words of
 * all names, and the rarest one gives the candidates, whose names are then compared in full (spec/gnutella.md 6.4).
 */
public final class Library implements SharedFiles {

    /**
     * How many names are compared to answer one query: a hundred thousand that all hold a word would take too long
     * (spec/hardening.md B6), and an answer names few.
     */
    private static final int NAMES_READ_MAX = 4_096;

    /** What one word of a query stands for at most; one that begins more words says little, and is only compared. */
    private static final int WORDS_BEGUN_MAX = 1_024;

    /** A file as supernodes are told of it; {@code file} is null while the content is on its way here. */
    private record Entry(
            IndexRecord.Add record, Sha1 infohash, @Nullable SharedFile file) {

        static Entry of(int index, SharedFile file) {
            long size = file.file().size();
            return new Entry(
                    new IndexRecord.Add(index, size, file.sha1(), file.infohash(), false, file.name()),
                    file.infohash(),
                    file);
        }

        static Entry of(int index, ComingFile file) {
            return new Entry(
                    new IndexRecord.Add(index, file.size(), file.sha1(), file.infohash(), true, file.name()),
                    file.infohash(),
                    null);
        }

        int index() {
            return (int) record.index();
        }

        Sha1 sha1() {
            return record.sha1();
        }

        ImmutableList<String> words() {
            return Keywords.of(record.name().utf8());
        }

        HitRecord hit() {
            return new HitFile(record.index(), record.size(), record.name(), record.sha1(), infohash).toRecord();
        }
    }

    private final Map<Path, Entry> byPath = new LinkedHashMap<>();
    /** Those on their way here, by their content. */
    private final Map<Sha1, Entry> coming = new LinkedHashMap<>(4);

    /** The place of a file that is gone stays empty. */
    private final List<@Nullable Entry> byIndex = new ArrayList<>();

    private final NavigableMap<String, Indexes> byWord = new TreeMap<>();
    private final Map<Sha1, Indexes> bySha1 = new LinkedHashMap<>();
    /** The content of each torrent: the one follows from the other. */
    private final Map<Sha1, Sha1> contentOfTorrent = new LinkedHashMap<>();

    private final WireLimits limits;
    private long bytes;
    private long digest;
    private @Nullable ImmutableList<IndexRecord.Add> published;

    /** @param limits how much of a query is read */
    public Library(WireLimits limits) {
        this.limits = limits;
        byIndex.add(null);
    }

    /** Takes a change over, and returns it as a leaf tells it to its supernodes: hand it to the overlay engine. */
    public ImmutableList<IndexRecord> apply(LibraryChange change) {
        ImmutableList.Builder<IndexRecord> records = ImmutableList.builder();
        for (Path path : change.gone()) {
            Entry entry = byPath.get(path);
            if (entry != null) {
                byPath.remove(path);
                remove(entry);
                records.add(new IndexRecord.Remove(entry.index()));
            }
        }
        for (SharedFile file : change.present()) {
            Entry known = byPath.get(file.file().path());
            if (known != null) {
                remove(known);
            }
            Entry entry = Entry.of(known == null ? newIndex() : known.index(), file);
            byPath.put(file.file().path(), entry);
            add(entry);
            records.add(entry.record());
        }
        published = null;
        return records.build();
    }

    /** Some of a content is here and may be told of; returns what {@link #apply} returns. */
    public ImmutableList<IndexRecord> begin(ComingFile file) {
        if (coming.containsKey(file.sha1())) {
            return ImmutableList.of();
        }
        Entry entry = Entry.of(newIndex(), file);
        coming.put(file.sha1(), entry);
        add(entry);
        published = null;
        return ImmutableList.of(entry.record());
    }

    /** A content that was on its way here has come, or will not come; returns what {@link #apply} returns. */
    public ImmutableList<IndexRecord> end(Sha1 sha1) {
        Entry entry = coming.remove(sha1);
        if (entry == null) {
            return ImmutableList.of();
        }
        remove(entry);
        published = null;
        return ImmutableList.of(new IndexRecord.Remove(entry.index()));
    }

    /** Whether the content is on its way here, and not here in full. */
    public boolean isComing(Sha1 sha1) {
        return coming.containsKey(sha1) && find(sha1).isEmpty();
    }

    /** The content that is on its way here, if it is not here in full. */
    public Optional<ComingFile> coming(Sha1 sha1) {
        Entry entry = coming.get(sha1);
        return entry == null || find(sha1).isPresent()
                ? Optional.empty()
                : Optional.of(new ComingFile(
                        sha1,
                        entry.infohash(),
                        entry.record().size(),
                        entry.record().name()));
    }

    /** The file that a hit of ours named by this index. */
    public Optional<SharedFile> at(long index) {
        boolean isGiven = index > 0 && index < byIndex.size();
        Entry entry = isGiven ? byIndex.get((int) index) : null;
        return entry == null ? Optional.empty() : Optional.ofNullable(entry.file());
    }

    /** A file with this content; of several, the one that has been shared for longest. */
    public Optional<SharedFile> find(Sha1 sha1) {
        Indexes indexes = bySha1.get(sha1);
        for (int i = 0; indexes != null && i < indexes.count(); i++) {
            Optional<SharedFile> file = at(indexes.get(i));
            if (file.isPresent()) {
                return file;
            }
        }
        return Optional.empty();
    }

    /** A file whose torrent has this infohash; of several, the one that has been shared for longest. */
    public Optional<SharedFile> findTorrent(Sha1 infohash) {
        Sha1 sha1 = contentOfTorrent.get(infohash);
        return sha1 == null ? Optional.empty() : find(sha1);
    }

    /**
     * {@inheritDoc} Of several files with one content that answer, the first stands for all: a hit that names a SHA-1
     * twice is dropped by others as spam (spec/gnutella.md section 7).
     */
    @Override
    public ImmutableList<HitRecord> match(Question question, int limit) {
        QueryTerms terms = question.terms(limits);
        Map<Sha1, Entry> found = new LinkedHashMap<>();
        Sha1 sha1 = terms.sha1();
        Indexes sameContent = sha1 == null ? null : bySha1.get(sha1);
        if (sameContent != null && limit > 0) {
            found.put(sha1, entry(sameContent.get(0)));
        }
        if (!terms.tellingWords().isEmpty()) {
            addMatching(terms.tellingWords(), limit, found);
        }
        return found.values().stream()
                .sorted(Comparator.comparing(Entry::index))
                .map(Entry::hit)
                .collect(ImmutableList.toImmutableList());
    }

    @Override
    public ImmutableList<IndexRecord.Add> published() {
        if (published == null) {
            ImmutableList.Builder<IndexRecord.Add> records =
                    ImmutableList.builderWithExpectedSize(byPath.size() + coming.size());
            for (Entry entry : byIndex) {
                if (entry != null) {
                    records.add(entry.record());
                }
            }
            published = records.build();
        }
        return published;
    }

    @Override
    public long digest() {
        return digest;
    }

    @Override
    public int fileCount() {
        return byPath.size();
    }

    @Override
    public long kibibytes() {
        return (bytes + 1_023) / 1_024;
    }

    private int newIndex() {
        byIndex.add(null);
        return byIndex.size() - 1;
    }

    private void add(Entry entry) {
        int index = entry.index();
        byIndex.set(index, entry);
        bySha1.computeIfAbsent(entry.sha1(), sha1 -> new Indexes()).add(index);
        contentOfTorrent.put(entry.infohash(), entry.sha1());
        for (String word : entry.words()) {
            byWord.computeIfAbsent(word, none -> new Indexes()).add(index);
        }
        bytes += entry.file() == null ? 0 : entry.record().size();
        digest ^= entry.record().digest();
    }

    private void remove(Entry entry) {
        byIndex.set(entry.index(), null);
        removeFrom(bySha1, entry.sha1(), entry.index());
        if (!bySha1.containsKey(entry.sha1())) {
            contentOfTorrent.remove(entry.infohash());
        }
        for (String word : entry.words()) {
            removeFrom(byWord, word, entry.index());
        }
        bytes -= entry.file() == null ? 0 : entry.record().size();
        digest ^= entry.record().digest();
    }

    private static <K> void removeFrom(Map<K, Indexes> map, K key, int index) {
        Indexes indexes = map.get(key);
        if (indexes != null && indexes.remove(index)) {
            map.remove(key);
        }
    }

    private void addMatching(List<String> words, int limit, Map<Sha1, Entry> found) {
        int namesLeft = NAMES_READ_MAX;
        for (Indexes indexes : rarest(words)) {
            for (int i = 0; i < indexes.count() && found.size() < limit && namesLeft-- > 0; i++) {
                Entry entry = entry(indexes.get(i));
                Entry known = found.get(entry.sha1());
                boolean isFirst = known == null || entry.index() < known.index();
                if (isFirst && Keywords.match(entry.words(), words)) {
                    found.put(entry.sha1(), entry);
                }
            }
        }
    }

    /**
     * Of each query word, the files that hold a word which it begins; those of the word that has the fewest. A word
     * that begins very many comes last.
     */
    private List<Indexes> rarest(List<String> words) {
        List<Indexes> rarest = List.of();
        long fewest = Long.MAX_VALUE;
        for (String word : words) {
            List<Indexes> begun = begunBy(word);
            long count = begun.stream().mapToLong(Indexes::count).sum();
            long rank = begun.size() < WORDS_BEGUN_MAX ? count : Integer.MAX_VALUE + count;
            if (rank < fewest) {
                fewest = rank;
                rarest = begun;
            }
        }
        return rarest;
    }

    private List<Indexes> begunBy(String prefix) {
        List<Indexes> begun = new ArrayList<>();
        for (Map.Entry<String, Indexes> word : byWord.tailMap(prefix).entrySet()) {
            if (begun.size() == WORDS_BEGUN_MAX || !word.getKey().startsWith(prefix)) {
                break;
            }
            begun.add(word.getValue());
        }
        return begun;
    }

    private Entry entry(int index) {
        Entry entry = byIndex.get(index);
        if (entry == null) {
            throw new IllegalStateException("a word or hash leads to file " + index + ", which is not shared");
        }
        return entry;
    }
}
