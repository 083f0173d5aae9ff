package praline.node.overlay;

import java.util.OptionalInt;
import praline.protocol.gnutella.Headers;

/**
 * What a servent says in its handshake that it can do (spec/gnutella.md 2.2). Nothing in it is proven.
 *
 * @param degree its links to other supernodes, 0..65535; 8 when it said none (14.5)
 * @param ttlMax the farthest it wants a query to travel from here, 1..255
 * @param routesQueries whether it sends or takes query routing tables
 * @param routesLastHop whether supernodes exchange such tables, too
 * @param queriesDynamically whether it asks its neighbours one by one
 * @param takesProbes whether queries of TTL 1 may probe it
 * @param inflates whether it reads a deflated stream
 * @param isPraline whether it is a node like us
 */
record Abilities(
        int degree,
        int ttlMax,
        boolean routesQueries,
        boolean routesLastHop,
        boolean queriesDynamically,
        boolean takesProbes,
        boolean inflates,
        boolean isPraline) {

    static final String PRALINE = "X-Praline";
    static final String QUERY_ROUTING = "X-Query-Routing";
    static final String LAST_HOP_ROUTING = "X-Ultrapeer-Query-Routing";
    static final String DEGREE = "X-Degree";
    static final String MAX_TTL = "X-Max-TTL";
    static final String DYNAMIC_QUERYING = "X-Dynamic-Querying";
    static final String PROBES = "X-Ext-Probes";
    static final String ACCEPT_ENCODING = "Accept-Encoding";
    static final String DEFLATE = "deflate";

    /** Of a servent that says nothing of itself. */
    static final Abilities NONE = new Abilities(8, 255, false, false, false, false, false, false);

    private static final int DEGREE_MAX = 65_535;
    private static final int TTL_LIMIT = 255;

    /** Reads a block; a number that is none, or out of range, counts as not said. Equal blocks without any give one. */
    static Abilities read(Headers headers) {
        Abilities read = new Abilities(
                number(headers, DEGREE, DEGREE_MAX).orElse(NONE.degree),
                number(headers, MAX_TTL, TTL_LIMIT).orElse(NONE.ttlMax),
                headers.get(QUERY_ROUTING).isPresent(),
                headers.get(LAST_HOP_ROUTING).isPresent(),
                headers.get(DYNAMIC_QUERYING).isPresent(),
                headers.get(PROBES).isPresent(),
                headers.lists(ACCEPT_ENCODING, DEFLATE),
                headers.get(PRALINE).isPresent());
        return read.equals(NONE) ? NONE : read;
    }

    private static OptionalInt number(Headers headers, String name, int max) {
        String text = headers.get(name).orElse("");
        boolean isNumber = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!isNumber) {
            return OptionalInt.empty();
        }
        int value = Integer.parseInt(text);
        return value >= 1 && value <= max ? OptionalInt.of(value) : OptionalInt.empty();
    }
}
