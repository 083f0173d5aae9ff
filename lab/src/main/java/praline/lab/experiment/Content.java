package praline.lab.experiment;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.IntStream;
import praline.lab.cluster.FileSpread;
import praline.node.engine.Profile;
import praline.node.library.Library;
import praline.node.library.LibraryChange;
import praline.node.library.SharedFile;
import praline.node.overlay.LeafIndex;
import praline.node.overlay.Question;
import praline.node.overlay.Search;
import praline.node.overlay.SharedFiles;
import praline.protocol.Bytes;
import praline.protocol.Guid;
import praline.protocol.SplitMix64;
import praline.protocol.Urn;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.Query;
import praline.supernode.index.IndexLimits;
import praline.supernode.index.KeywordIndex;

/**
 * Which node shares which files: the same in every network of a comparison, spread as a cluster spreads them. There is
 * no disk behind it, since nothing is fetched.
 */
public final class Content implements Equipment {

    /** What stands for "no words" in a query. */
    private static final String NO_WORDS = "\\";

    private final ImmutableList<SharedFile> files;
    /** By node, its files by their place in the list. */
    private final ImmutableList<ImmutableList<Integer>> filesOf;

    private final long seed;
    /** Every copy, by its file's place in the list. */
    private final int[] copies;
    /** All files, as one node would share them; the index of each is one more than its place in the list. */
    private final Library everything;

    private Content(ImmutableList<SharedFile> files, ImmutableList<ImmutableList<Integer>> filesOf, long seed) {
        this.files = files;
        this.filesOf = filesOf;
        this.seed = seed;
        this.copies = filesOf.stream()
                .flatMap(List::stream)
                .mapToInt(Integer::intValue)
                .toArray();
        this.everything = library(files);
    }

    /**
     * Spreads {@code files} over {@code nodes} as {@code seed} draws it.
     *
     * @param files one at least; in an order that is the same each time
     */
    public static Content spread(List<SharedFile> files, int nodes, long seed) {
        FileSpread spread = FileSpread.draw(files.size(), nodes, seed);
        return new Content(
                ImmutableList.copyOf(files),
                IntStream.range(0, nodes).mapToObj(node -> spread.of(node + 1)).collect(toImmutableList()),
                seed);
    }

    @Override
    public SharedFiles files(int node) {
        return library(filesOf.get(node).stream().map(files::get).collect(toImmutableList()));
    }

    @Override
    public LeafIndex index() {
        return new KeywordIndex(IndexLimits.of(Profile.EXPERIMENT), WireLimits.STANDARD, seed);
    }

    /** Different files. */
    public int fileCount() {
        return files.size();
    }

    /** Files of all nodes together. */
    public int copyCount() {
        return copies.length;
    }

    /** Files that {@code node} shares. */
    public int fileCountOf(int node) {
        return filesOf.get(node).size();
    }

    /** A file that users ask for: those of which there are many copies more often. */
    SharedFile wanted(SplitMix64 random) {
        return files.get(copies[random.below(copies.length)]);
    }

    /** The nodes that share something which matches, in ascending order. */
    ImmutableList<Integer> holders(Search search) {
        String words = search.words().isEmpty() ? NO_WORDS : search.words();
        Bytes extensions = search.sha1() == null
                ? Bytes.EMPTY
                : Bytes.ofUtf8(Urn.sha1(search.sha1()).toString());
        Query query = new Query(Guid.ZERO, 1, 0, 0, Bytes.ofUtf8(words), extensions);
        List<Integer> matching = everything.match(new Question(query), Integer.MAX_VALUE).stream()
                .map(record -> (int) record.index() - 1)
                .toList();
        return IntStream.range(0, filesOf.size())
                .filter(node -> filesOf.get(node).stream().anyMatch(matching::contains))
                .boxed()
                .collect(toImmutableList());
    }

    private static Library library(ImmutableList<SharedFile> files) {
        Library library = new Library(WireLimits.STANDARD);
        library.apply(new LibraryChange(ImmutableList.of(), files));
        return library;
    }
}
