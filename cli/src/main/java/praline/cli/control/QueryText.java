package praline.cli.control;

import java.util.Locale;
import praline.node.overlay.Role;
import praline.node.overlay.Search;
import praline.protocol.Sha1;
import praline.protocol.Urn;
import praline.protocol.UserError;
import praline.protocol.text.Keywords;

/** What the user typed after {@code search} or {@code get}, understood. */
public final class QueryText {

    private static final int TTL_MAX = 255;
    private static final int WORD_LETTERS_MIN = 2;
    private static final String URN = "urn:";

    private QueryText() {}

    /**
     * The search that {@code request} asks a node of this role for; throws {@link UserError} when nobody could answer
     * it.
     */
    public static Search search(SearchRequest request, Role role) {
        int ttl = request.ttl() == null ? Search.farthest(role) : request.ttl();
        if (ttl < 1 || ttl > TTL_MAX) {
            throw usage("a TTL lies in 1 to " + TTL_MAX, Integer.toString(ttl));
        }
        String query = request.query().strip();
        if (query.toLowerCase(Locale.ROOT).startsWith(URN)) {
            return new Search("", sha1(query), ttl, Search.Spread.FLOOD);
        }
        if (Keywords.of(query).stream().noneMatch(word -> word.length() >= WORD_LETTERS_MIN)) {
            throw usage("a search needs a word of two letters or more", query);
        }
        return new Search(query, null, ttl, Search.Spread.FLOOD);
    }

    /** The hash that {@code urn:sha1:BASE32} names; throws {@link UserError} for anything else. */
    public static Sha1 sha1(String urn) {
        return Urn.parse(urn)
                .filter(parsed -> parsed.kind() == Urn.Kind.SHA1)
                .map(Urn::hash)
                .orElseThrow(() -> usage("this is no urn:sha1: with 32 letters and digits of base 32", urn));
    }

    private static UserError usage(String what, String where) {
        return new UserError(UserError.Kind.USAGE, what, where);
    }
}
