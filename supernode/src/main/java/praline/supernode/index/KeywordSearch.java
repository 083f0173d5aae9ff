package praline.supernode.index;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import praline.protocol.text.Keywords;

/**
 * Finds the documents whose names hold all words of a query, each as the beginning of some word of the name
 * (spec/gnutella.md 6.4).
 *
 * <p>A word of the query stands for all words of the dictionary that it begins: one to a few dozen as a rule. The word
 * that fewest documents hold gives the {@link Candidates}, and each further word thins them out. Words that all are
 * frequent would give many candidates, of which an answer needs few: so these are looked for in a window of the
 * documents first, and the window moves on and grows until there is answer enough. What the dictionary cannot decide is
 * read from the candidates' names: a word that is given several times, one that is longer than the dictionary's words,
 * and a vague one, which begins so many words that putting their documents together would cost more than reading names.
 * How many names are read is bounded, so a query of vague words alone may find less than there is (spec/hardening.md
 * I7).
 */
final class KeywordSearch {

    /** How many candidates the first window is to give: most of them are dropped, and an answer is ten or so. */
    private static final int CANDIDATES_WANTED = 1_024;

    /** One distinct word: its documents, and whether these may be more than hold it. */
    private record Asked(Term term, boolean isVague, boolean needsNames) {
        long sum() {
            return term.sum();
        }
    }

    private final Dictionary dictionary;
    private final IntFunction<List<String>> wordsOf;
    private final IndexLimits limits;
    private final Candidates candidates = new Candidates();

    /** @param wordsOf the words of a document's name, as many as are in the dictionary */
    KeywordSearch(Dictionary dictionary, IntFunction<List<String>> wordsOf, IndexLimits limits) {
        this.dictionary = dictionary;
        this.wordsOf = wordsOf;
        this.limits = limits;
    }

    /**
     * Shows the documents that pass {@code isWanted} and hold all {@code words}, from {@code first} upwards, then those
     * below it, until {@code visitor} says false.
     *
     * @param words at least one; one that is there twice must be in the name twice
     * @param end all documents are below
     */
    void visit(List<String> words, IntPredicate isWanted, int first, int end, IntPredicate visitor) {
        List<Asked> asked = asked(words);
        IntPredicate check = asked.stream().anyMatch(Asked::needsNames)
                ? new NameCheck(words, isWanted, visitor)
                : document -> !isWanted.test(document) || visitor.test(document);
        candidates.prepare(end);
        long wanted = Math.max(1, asked.get(0).sum() / CANDIDATES_WANTED);
        int done = 0;
        int size = (int) (end / wanted) + 1;
        boolean goesOn = true;
        while (goesOn && done < end) {
            int window = Math.min(size, end - done);
            int from = (int) (((long) first + done) % end);
            find(asked, from, window, end);
            goesOn = show(from, check);
            done += window;
            size = (int) Math.min(end, 2L * size);
        }
    }

    /** The distinct words, rarest first, vague ones at the end. */
    private List<Asked> asked(List<String> words) {
        List<Asked> asked = new ArrayList<>(words.size());
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (words.indexOf(word) == i) {
                asked.add(asked(word, Collections.frequency(words, word)));
            }
        }
        asked.sort(Comparator.comparing(Asked::isVague).thenComparing(Asked::sum));
        return asked;
    }

    private Asked asked(String text, int times) {
        Word word = Word.of(text, limits.word());
        Term term = new Term();
        dictionary.expand(word, limits.expansion() + 1, term);
        boolean isVague = term.wordCount() > limits.expansion();
        return new Asked(term, isVague, isVague || times > 1 || word.isCut());
    }

    /** Puts the documents of a window, which may go on at 0 behind the end, among the candidates. */
    private void find(List<Asked> asked, int from, int window, int end) {
        int start = window == end ? 0 : from;
        int to = Math.min(start + window, end);
        int toAtStart = start + window - to;
        double share = (double) window / end;
        asked.get(0).term().addTo(candidates, start, to);
        asked.get(0).term().addTo(candidates, 0, toAtStart);
        for (int i = 1;
                i < asked.size() && candidates.count() > 0 && !asked.get(i).isVague();
                i++) {
            asked.get(i).term().keepIn(candidates, start, to, share);
            asked.get(i).term().keepIn(candidates, 0, toAtStart, share);
            candidates.dropOthers();
        }
    }

    /** Shows the candidates, from {@code first} on and then those below, and forgets them. False: it is enough. */
    private boolean show(int first, IntPredicate check) {
        candidates.sort();
        int below = 0;
        while (below < candidates.count() && candidates.get(below) < first) {
            below++;
        }
        boolean goesOn = true;
        for (int i = 0; goesOn && i < candidates.count(); i++) {
            goesOn = check.test(candidates.get((below + i) % candidates.count()));
        }
        candidates.clear();
        return goesOn;
    }

    /** Reads names, a bounded number of them, where the dictionary cannot decide. */
    private final class NameCheck implements IntPredicate {
        private final List<String> words;
        private final IntPredicate isWanted;
        private final IntPredicate visitor;
        private int namesLeft = limits.recordsRead();

        NameCheck(List<String> words, IntPredicate isWanted, IntPredicate visitor) {
            this.words = words;
            this.isWanted = isWanted;
            this.visitor = visitor;
        }

        @Override
        public boolean test(int document) {
            if (!isWanted.test(document)) {
                return true;
            }
            if (namesLeft-- == 0) {
                return false;
            }
            return !Keywords.match(wordsOf.apply(document), words) || visitor.test(document);
        }
    }
}
