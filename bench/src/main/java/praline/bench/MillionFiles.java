package praline.bench;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import praline.node.overlay.LeafIndex;
import praline.node.overlay.Question;
import praline.protocol.Bytes;
import praline.protocol.Guid;
import praline.protocol.Sha1;
import praline.protocol.SplitMix64;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.IndexBatch;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.gnutella.IndexStatus;
import praline.protocol.gnutella.Query;
import praline.supernode.index.IndexLimits;
import praline.supernode.index.KeywordIndex;

/**
 * The leader's index with a million records of 5,000 leaves (spec/hardening.md I7): how long it takes to build, what it
 * weighs, how many queries it answers, how long a leaf's departure takes. Beside it stands the time of a SHA-1 over 1
 * MiB on the same machine.
 *
 * <pre>java -Xmx2g -cp … praline.bench.MillionFiles</pre>
 *
 * <p>Names have four to eight words of a vocabulary of 100,000, the popular ones as popular as words are (Zipf), a
 * number in every fourth name, and an ending. A query asks for two words of a name that is there.
 */
public final class MillionFiles {

    private static final int LEAVES = 5_000;
    private static final int FILES_PER_LEAF = 200;
    private static final int VOCABULARY = 100_000;
    private static final int QUERIES = 200_000;
    private static final String[] ENDINGS = {".mp3", ".avi", ".txt", ".jpg", ".pdf"};

    private final SplitMix64 random = SplitMix64.stream(1, 1);
    private final String[] vocabulary = vocabulary();
    private final double[] popularity = popularity();
    private final KeywordIndex index = new KeywordIndex(IndexLimits.STANDARD, WireLimits.STANDARD, 7);
    private final List<String> someNames = new ArrayList<>();
    private final StringBuilder report = new StringBuilder();
    private long nameBytes;
    private long found;
    private long someNamesBytes;

    private MillionFiles() {}

    public static void main(String[] arguments) {
        MillionFiles measurement = new MillionFiles();
        measurement.run();
        System.out.print(measurement.report);
    }

    private void run() {
        note("SHA-1 over 1 MiB", "%.2f ms", millis(50, i -> sha1OfMebibyte()));
        long before = usedBytes();
        long building = 0;
        for (int leaf = 0; leaf < LEAVES; leaf++) {
            ImmutableList<IndexRecord> files = files(leaf);
            long start = cpuNanos();
            publish(files);
            building += cpuNanos() - start;
        }
        note("records", "%,.0f", index.size());
        note("bytes of a name, mean", "%.1f", (double) nameBytes / index.size());
        note("building", "%.2f s", building / 1e9);
        note("heap", "%.1f MiB", (usedBytes() - before - someNamesBytes) / (double) (1 << 20));
        askTwoWords();
        leave();
    }

    private void askTwoWords() {
        Query[] queries = new Query[QUERIES];
        for (int i = 0; i < QUERIES; i++) {
            queries[i] = query(someNames.get(random.below(someNames.size())));
        }
        ask(queries);
        long[] nanos = ask(queries);
        double sum = Arrays.stream(nanos).sum();
        Arrays.sort(nanos);
        note("two-word queries a second", "%,.0f", QUERIES / (sum / 1e9));
        note("median", "%.1f µs", nanos[QUERIES / 2] / 1e3);
        note("99th of 100", "%.1f µs", nanos[QUERIES / 100 * 99] / 1e3);
        note("slowest", "%.1f µs", nanos[QUERIES - 1] / 1e3);
        note("records in an answer, mean", "%.1f", (double) found / (2 * QUERIES));
    }

    private long[] ask(Query[] queries) {
        long[] nanos = new long[queries.length];
        for (int i = 0; i < queries.length; i++) {
            long start = cpuNanos();
            ImmutableList<LeafIndex.Match> matches = index.match(new Question(queries[i]), 10, LeafIndex.NO_LEAF);
            nanos[i] = cpuNanos() - start;
            for (LeafIndex.Match match : matches) {
                found += match.records().size();
            }
        }
        return nanos;
    }

    private void leave() {
        double close = millis(1_000, leaf -> index.close(leaf));
        long start = cpuNanos();
        long longest = 0;
        boolean more = true;
        while (more) {
            long step = cpuNanos();
            more = index.purge();
            longest = Math.max(longest, cpuNanos() - step);
        }
        note("a leaf of 200 is out of the answers after", "%.4f ms", close);
        note("and its memory given back after another", "%.2f ms", (cpuNanos() - start) / 1e6 / 1_000);
        note("longest step of that", "%.2f ms", longest / 1e6);
    }

    private void publish(ImmutableList<IndexRecord> files) {
        IndexBatch batch = new IndexBatch(Guid.ZERO, 1, 0, 1, 1, true, true, files);
        if (index.apply(index.open(), batch, 0) != IndexStatus.Status.OK) {
            throw new IllegalStateException("refused");
        }
    }

    private ImmutableList<IndexRecord> files(int leaf) {
        ImmutableList.Builder<IndexRecord> files = ImmutableList.builder();
        for (int i = 1; i <= FILES_PER_LEAF; i++) {
            String name = name();
            if (i % 20 == 0) {
                someNames.add(name);
                someNamesBytes += 56 + (name.length() + 7) / 8 * 8;
            }
            Bytes bytes = Bytes.ofUtf8(name);
            nameBytes += bytes.size();
            Sha1 sha1 = new Sha1(random.nextLong(), random.nextLong(), leaf);
            Sha1 infohash = new Sha1(random.nextLong(), random.nextLong(), i);
            files.add(new IndexRecord.Add(i, 1 + random.below(1 << 30), sha1, infohash, false, bytes));
        }
        return files.build();
    }

    private String name() {
        StringBuilder name = new StringBuilder();
        for (int i = 4 + random.below(5); i > 0; i--) {
            name.append(word()).append(' ');
        }
        if (random.below(4) == 0) {
            name.append(random.below(100_000));
        }
        return name.toString().strip() + ENDINGS[random.below(ENDINGS.length)];
    }

    private String word() {
        int at = Arrays.binarySearch(popularity, random.unit());
        return vocabulary[Math.min(at < 0 ? ~at : at, VOCABULARY - 1)];
    }

    /** Two different words of a name, but for its ending. */
    private Query query(String name) {
        List<String> words = Splitter.on(CharMatcher.anyOf(" .")).splitToList(name);
        List<String> distinct = new ArrayList<>(new LinkedHashSet<>(words.subList(0, words.size() - 1)));
        String first = distinct.remove(random.below(distinct.size()));
        String text = first + " " + (distinct.isEmpty() ? "" : distinct.get(random.below(distinct.size())));
        return new Query(Guid.random(random), 1, 0, 0x8000, Bytes.ofUtf8(text), Bytes.EMPTY);
    }

    private String[] vocabulary() {
        String[] words = new String[VOCABULARY];
        for (int i = 0; i < VOCABULARY; i++) {
            StringBuilder word = new StringBuilder();
            for (int j = 2 + random.below(3); j > 0; j--) {
                word.append("bcdfghklmnprstvw".charAt(random.below(16))).append("aeiou".charAt(random.below(5)));
            }
            words[i] = word.toString();
        }
        return words;
    }

    private static double[] popularity() {
        double[] sums = new double[VOCABULARY];
        double sum = 0;
        for (int i = 0; i < VOCABULARY; i++) {
            sum += 1.0 / (i + 1);
            sums[i] = sum;
        }
        for (int i = 0; i < VOCABULARY; i++) {
            sums[i] /= sum;
        }
        return sums;
    }

    private static double millis(int times, IntConsumer action) {
        long start = cpuNanos();
        for (int i = 0; i < times; i++) {
            action.accept(i);
        }
        return (cpuNanos() - start) / 1e6 / times;
    }

    /** Of this thread: others may use the machine too. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void sha1OfMebibyte() {
        if (Sha1.digestOf(new byte[1 << 20]).first() == 0) {
            throw new IllegalStateException("no such luck");
        }
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private void note(String what, String format, double value) {
        report.append(String.format(Locale.ROOT, "%-45s " + format + "%n", what, value));
    }
}
