package praline.supernode.index;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets of documents by small numbers, for those who keep a number where most have need of a single document. */
final class DocSets {

    private final List<@Nullable DocSet> sets = new ArrayList<>(0);
    private final DocSet free = new DocSet();

    /** Keeps a set, and returns its number: the lowest that is free. */
    int keep(DocSet set) {
        if (free.isEmpty()) {
            sets.add(set);
            return sets.size() - 1;
        }
        int number = free.first();
        free.remove(number);
        sets.set(number, set);
        return number;
    }

    DocSet get(int number) {
        DocSet set = sets.get(number);
        if (set == null) {
            throw new IllegalStateException("set " + number + " is free");
        }
        return set;
    }

    void free(int number) {
        sets.set(number, null);
        free.add(number);
    }
}
