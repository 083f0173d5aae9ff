package praline.supernode.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import praline.protocol.text.Keywords;

/**
 * Finds the documents whose names hold all words of a query, each as the beginning of some word of the name
 * (spec/gnutella.md 6.4).
 *
 * <p>A word of the query stands for all words of the dictionary that it begins: one to a few dozen as a rule. The word
 * that fewest documents hold gives the candidates, and each further word thins them out: by its whole set of documents,
 * or, when that is much larger than what is left, candidate by candidate. What the dictionary cannot decide is read
 * from the candidates' names: a word that is given several times, one that is longer than the dictionary's words, and a
 * vague one, which begins so many words that putting their documents together would cost more than reading names. How
 * many names are read is bounded, so a query of vague words alone may find less than there is (spec/hardening.md I7).
 */
final class KeywordSearch {

    /**
     * One distinct word of a query and the documents of the words that it begins.
     *
     * @param needsNames whether the documents may be more than hold it
     */
    private record Term(List<DocSet> sets, int sum, boolean isVague, boolean needsNames) {

        /** The same word, and of its documents those in the range around {@code first}. */
        Term within(int first) {
            int from = first - first % RANGE;
            List<DocSet> nearby = new ArrayList<>(sets.size());
            for (DocSet set : sets) {
                DocSet part = set.within(from, from + RANGE);
                if (!part.isEmpty()) {
                    nearby.add(part);
                }
            }
            return new Term(nearby, DocSet.sum(nearby), isVague, needsNames);
        }
    }

    /** When even the rarest word has so many documents, a part of them is likely to be answer enough. */
    private static final int FREQUENT = 8_192;

    /** That part: as many documents as one container of a bitmap stands for. */
    private static final int RANGE = 1 << 16;

    private final Dictionary dictionary;
    private final IntFunction<List<String>> wordsOf;
    private final IndexLimits limits;

    /** @param wordsOf the words of a document's name, as many as are in the dictionary */
    KeywordSearch(Dictionary dictionary, IntFunction<List<String>> wordsOf, IndexLimits limits) {
        this.dictionary = dictionary;
        this.wordsOf = wordsOf;
        this.limits = limits;
    }

    /**
     * Shows the documents that pass {@code isWanted} and hold all {@code words}, in the order of {@link DocSet#visit},
     * until {@code visitor} says false.
     *
     * @param words at least one; one that is there twice must be in the name twice
     */
    void visit(List<String> words, IntPredicate isWanted, int first, IntPredicate visitor) {
        List<Term> terms = terms(words);
        boolean needsNames = terms.stream().anyMatch(Term::needsNames);
        int[] namesLeft = {limits.recordsRead()};
        IntPredicate check = document -> {
            if (!isWanted.test(document)) {
                return true;
            }
            if (needsNames && namesLeft[0]-- == 0) {
                return false;
            }
            boolean isMatch = !needsNames || Keywords.match(wordsOf.apply(document), words);
            return !isMatch || visitor.test(document);
        };
        boolean wantsMore = true;
        if (terms.get(0).sum() >= FREQUENT) {
            List<Term> nearby = terms.stream().map(term -> term.within(first)).toList();
            wantsMore = candidates(nearby).visit(first, check);
        }
        if (wantsMore) {
            candidates(terms).visit(first, check);
        }
    }

    /** The distinct words, rarest first, vague ones at the end. */
    private List<Term> terms(List<String> words) {
        Map<String, Integer> times = new LinkedHashMap<>();
        words.forEach(word -> times.merge(word, 1, Integer::sum));
        List<Term> terms = new ArrayList<>(times.size());
        times.forEach((word, count) -> terms.add(term(word, count)));
        terms.sort(Comparator.comparing(Term::isVague).thenComparing(Term::sum));
        return terms;
    }

    private Term term(String text, int times) {
        Word word = Word.of(text, limits.word());
        List<DocSet> sets = dictionary.withPrefix(word, limits.expansion() + 1);
        boolean isVague = sets.size() > limits.expansion();
        return new Term(sets, DocSet.sum(sets), isVague, isVague || times > 1 || word.isCut());
    }

    private static DocSet candidates(List<Term> terms) {
        DocSet candidates = DocSet.union(terms.get(0).sets());
        for (Term term : terms.subList(1, terms.size())) {
            if (term.isVague()) {
                break;
            }
            candidates = candidates.andAny(term.sets());
        }
        return candidates;
    }
}
