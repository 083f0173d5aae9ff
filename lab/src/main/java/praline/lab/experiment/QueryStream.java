package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.io.Files;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import praline.lab.experiment.PlannedQuery.Phase;
import praline.node.library.SharedFile;
import praline.node.overlay.Search;
import praline.protocol.Sha1;
import praline.protocol.SplitMix64;
import praline.protocol.text.Keywords;

/**
 * An open Poisson stream of questions: when each is asked does not depend on how others fare. Two in three ask by words
 * of a file's name, the others by its hash; one in ten asks for what nobody has (spec/experiments.md section 3). Who
 * asks leads nobody in any network and has no copy of the file.
 */
final class QueryStream {

    private static final int STREAM = 3;
    private static final double HASH_SHARE = 1 / 3.0;
    private static final double MISSING_SHARE = 0.1;
    /** Cumulated shares of queries with 1, 2, … words. */
    private static final ImmutableList<Double> WORDS = ImmutableList.of(0.08, 0.25, 0.50, 0.75, 0.88, 0.96, 1.0);

    private static final int ORIGIN_TRIES = 100;

    private final Content content;
    private final int firstOrigin;
    private final int nodes;
    private final int ttl;
    private final double rate;
    private final long seed;
    private final SplitMix64 random;

    /**
     * @param firstOrigin the first of the nodes that ask, which lead nobody; the others follow up to {@code nodes}
     * @param ttl of all queries
     * @param rate queries a second
     */
    QueryStream(Content content, int firstOrigin, int nodes, int ttl, double rate, long seed) {
        this.content = content;
        this.firstOrigin = firstOrigin;
        this.nodes = nodes;
        this.ttl = ttl;
        this.rate = rate;
        this.seed = seed;
        this.random = SplitMix64.stream(seed, STREAM);
    }

    /** The next {@code count} queries, from {@code begin} on in time and {@code firstNumber} on in number. */
    ImmutableList<PlannedQuery> draw(Phase phase, int firstNumber, long begin, int count) {
        ImmutableList.Builder<PlannedQuery> queries = ImmutableList.builder();
        double at = begin;
        for (int i = 0; i < count; i++) {
            at += -StrictMath.log(1 - random.unit()) / rate * 1_000;
            queries.add(next(phase, firstNumber + i, at));
        }
        return queries.build();
    }

    private PlannedQuery next(Phase phase, int number, double at) {
        boolean isMissing = random.unit() < MISSING_SHARE;
        boolean isHash = random.unit() < HASH_SHARE;
        SharedFile wanted = content.wanted(random);
        Search search =
                isHash ? byHash(isMissing ? missing(number) : wanted.sha1()) : byWords(wanted, isMissing, number);
        ImmutableList<Integer> holders = content.holders(search);
        int origin = origin(holders);
        return new PlannedQuery(
                number,
                phase,
                at,
                origin,
                search,
                holders.stream()
                        .filter(holder -> holder != origin)
                        .collect(ImmutableSortedSet.toImmutableSortedSet(Integer::compare)));
    }

    /** A node that leads nobody and, if there is one, shares nothing that matches. */
    private int origin(List<Integer> holders) {
        int origin = 0;
        for (int tries = 0; tries < ORIGIN_TRIES; tries++) {
            origin = firstOrigin + random.below(nodes - firstOrigin);
            if (!holders.contains(origin)) {
                break;
            }
        }
        return origin;
    }

    private Search byHash(Sha1 sha1) {
        return new Search("", sha1, ttl, Search.Spread.FLOOD);
    }

    private Search byWords(SharedFile wanted, boolean isMissing, int number) {
        List<String> words = new ArrayList<>(words(wanted));
        List<String> chosen = new ArrayList<>();
        int count = wordCount();
        while (chosen.size() < count && !words.isEmpty()) {
            chosen.add(words.remove(random.below(words.size())));
        }
        if (isMissing || chosen.isEmpty()) {
            chosen.add("nowhere" + seed + "x" + number);
        }
        return new Search(String.join(" ", chosen), null, ttl, Search.Spread.FLOOD);
    }

    private int wordCount() {
        double drawn = random.unit();
        int count = 1;
        while (count < WORDS.size() && drawn >= WORDS.get(count - 1)) {
            count++;
        }
        return count;
    }

    /** The different words of a file's name, without its ending. */
    private static Set<String> words(SharedFile file) {
        return new LinkedHashSet<>(
                Keywords.of(Files.getNameWithoutExtension(file.name().utf8())));
    }

    /** A content that nobody has. */
    private Sha1 missing(int number) {
        return Sha1.digestOf(("missing " + seed + " " + number).getBytes(StandardCharsets.US_ASCII));
    }
}
