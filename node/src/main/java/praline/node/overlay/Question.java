package praline.node.overlay;

import org.jspecify.annotations.Nullable;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.QueryTerms;

/**
 * A query that is being answered, with what it asks for, which is read once for all who look for it here, and only when
 * somebody does: a node that has no files and no tables passes a query on without knowing what it says.
 */
public final class Question {

    private final Query query;
    private @Nullable QueryTerms terms;
    private @Nullable LookUp lookUp;

    public Question(Query query) {
        this.query = query;
    }

    public Query query() {
        return query;
    }

    /**
     * The words and the hash that are asked for.
     *
     * @param limits how much of the query is read; all who ask in one node give the same
     */
    public QueryTerms terms(WireLimits limits) {
        if (terms == null) {
            terms = QueryTerms.of(query, limits);
        }
        return terms;
    }

    /** The same as it is looked up in query routing tables. */
    LookUp lookUp(WireLimits limits) {
        if (lookUp == null) {
            lookUp = LookUp.of(terms(limits));
        }
        return lookUp;
    }
}
