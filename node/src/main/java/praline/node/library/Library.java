package praline.node.library;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import praline.node.overlay.Question;
import praline.node.overlay.SharedFiles;
import praline.protocol.Bytes;
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

    /** {@code file} is null while the content is on its way here. */
    private record Entry(
            long index,
            long size,
            Bytes name,
            Sha1 sha1,
            Sha1 infohash,
            @Nullable SharedFile file,
            ImmutableList<String> words) {

        static Entry of(long index, SharedFile file) {
            ImmutableList<String> words = Keywords.of(file.name().utf8());
            return new Entry(index, file.file().size(), file.name(), file.sha1(), file.infohash(), file, words);
        }

        static Entry of(long index, ComingFile file) {
            ImmutableList<String> words = Keywords.of(file.name().utf8());
            return new Entry(index, file.size(), file.name(), file.sha1(), file.infohash(), null, words);
        }

        IndexRecord.Add published() {
            return new IndexRecord.Add(index, size, sha1, infohash, file == null, name);
        }

        HitRecord hit() {
            return new HitFile(index, size, name, sha1, infohash).toRecord();
        }
    }

    private final Map<Path, Entry> byPath = new LinkedHashMap<>();
    /** Those on their way here, by their content. */
    private final Map<Sha1, Entry> coming = new LinkedHashMap<>(4);

    private final NavigableMap<Long, Entry> byIndex = new TreeMap<>();
    private final NavigableMap<String, NavigableSet<Long>> byWord = new TreeMap<>();
    private final Map<Sha1, NavigableSet<Long>> bySha1 = new LinkedHashMap<>();
    /** The content of each torrent: the one follows from the other. */
    private final Map<Sha1, Sha1> contentOfTorrent = new LinkedHashMap<>();

    private final WireLimits limits;
    private long nextIndex = 1;
    private long bytes;
    private @Nullable ImmutableList<IndexRecord.Add> published;

    /** @param limits how much of a query is read */
    public Library(WireLimits limits) {
        this.limits = limits;
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
            Entry entry = Entry.of(known == null ? nextIndex++ : known.index(), file);
            byPath.put(file.file().path(), entry);
            add(entry);
            records.add(entry.published());
        }
        published = null;
        return records.build();
    }

    /** Some of a content is here and may be told of; returns what {@link #apply} returns. */
    public ImmutableList<IndexRecord> begin(ComingFile file) {
        if (coming.containsKey(file.sha1())) {
            return ImmutableList.of();
        }
        Entry entry = Entry.of(nextIndex++, file);
        coming.put(file.sha1(), entry);
        add(entry);
        published = null;
        return ImmutableList.of(entry.published());
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
                : Optional.of(new ComingFile(sha1, entry.infohash(), entry.size(), entry.name()));
    }

    /** The file that a hit of ours named by this index. */
    public Optional<SharedFile> at(long index) {
        Entry entry = byIndex.get(index);
        return entry == null ? Optional.empty() : Optional.ofNullable(entry.file());
    }

    /** A file with this content; of several, the one that has been shared for longest. */
    public Optional<SharedFile> find(Sha1 sha1) {
        return bySha1.getOrDefault(sha1, Collections.emptyNavigableSet()).stream()
                .flatMap(index -> at(index).stream())
                .findFirst();
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
        NavigableSet<Long> candidates = new TreeSet<>();
        Sha1 sha1 = terms.sha1();
        if (sha1 != null && bySha1.containsKey(sha1)) {
            candidates.addAll(bySha1.get(sha1));
        }
        if (!terms.tellingWords().isEmpty()) {
            addMatching(terms.tellingWords(), candidates);
        }
        Set<Sha1> contents = new LinkedHashSet<>();
        ImmutableList.Builder<HitRecord> hits = ImmutableList.builder();
        for (long index : candidates) {
            if (contents.size() == limit) {
                break;
            }
            Entry entry = entry(index);
            if (contents.add(entry.sha1())) {
                hits.add(entry.hit());
            }
        }
        return hits.build();
    }

    @Override
    public ImmutableList<IndexRecord.Add> published() {
        if (published == null) {
            published = byIndex.values().stream().map(Entry::published).collect(ImmutableList.toImmutableList());
        }
        return published;
    }

    @Override
    public int fileCount() {
        return byPath.size();
    }

    @Override
    public long kibibytes() {
        return (bytes + 1_023) / 1_024;
    }

    private void add(Entry entry) {
        byIndex.put(entry.index(), entry);
        bySha1.computeIfAbsent(entry.sha1(), sha1 -> new TreeSet<>()).add(entry.index());
        contentOfTorrent.put(entry.infohash(), entry.sha1());
        for (String word : entry.words()) {
            byWord.computeIfAbsent(word, none -> new TreeSet<>()).add(entry.index());
        }
        bytes += entry.file() == null ? 0 : entry.size();
    }

    private void remove(Entry entry) {
        byIndex.remove(entry.index());
        removeFrom(bySha1, entry.sha1(), entry.index());
        if (!bySha1.containsKey(entry.sha1())) {
            contentOfTorrent.remove(entry.infohash());
        }
        for (String word : entry.words()) {
            removeFrom(byWord, word, entry.index());
        }
        bytes -= entry.file() == null ? 0 : entry.size();
    }

    private static <K> void removeFrom(Map<K, NavigableSet<Long>> map, K key, long index) {
        NavigableSet<Long> indexes = map.get(key);
        if (indexes != null && indexes.remove(index) && indexes.isEmpty()) {
            map.remove(key);
        }
    }

    private void addMatching(List<String> words, Set<Long> matching) {
        for (NavigableSet<Long> indexes : rarest(words)) {
            for (long index : indexes) {
                if (Keywords.match(entry(index).words(), words)) {
                    matching.add(index);
                }
            }
        }
    }

    /** Of each query word, the files that hold a word which it begins; those of the word that has the fewest. */
    private List<NavigableSet<Long>> rarest(List<String> words) {
        List<NavigableSet<Long>> rarest = List.of();
        long fewest = Long.MAX_VALUE;
        for (String word : words) {
            List<NavigableSet<Long>> begun = begunBy(word);
            long count = begun.stream().mapToLong(Collection::size).sum();
            if (count < fewest) {
                fewest = count;
                rarest = begun;
            }
        }
        return rarest;
    }

    private List<NavigableSet<Long>> begunBy(String prefix) {
        List<NavigableSet<Long>> begun = new ArrayList<>();
        for (Map.Entry<String, NavigableSet<Long>> word : byWord.tailMap(prefix).entrySet()) {
            if (!word.getKey().startsWith(prefix)) {
                break;
            }
            begun.add(word.getValue());
        }
        return begun;
    }

    private Entry entry(long index) {
        Entry entry = byIndex.get(index);
        if (entry == null) {
            throw new IllegalStateException("a word or hash leads to file " + index + ", which is not shared");
        }
        return entry;
    }
}
