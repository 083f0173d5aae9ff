package praline.node.overlay;

import praline.protocol.Bytes;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.QueryTerms;

/** Which queries are worth passing on (spec/hardening.md R8): those that ask for something, in few words. Pure. */
final class QueryRules {

    /** Bytes of text, and words in it; gtk-gnutella's figures. */
    private static final int TEXT_SIZE_MAX = 200;

    private static final int WORDS_MAX = 10;
    /** Characters of the longest word at least; shorter ones match nearly everything. */
    private static final int WORD_SIZE_MIN = 2;

    private QueryRules() {}

    static boolean isWorthRelaying(Query query) {
        Bytes text = query.text();
        int size = text.size();
        if (size > TEXT_SIZE_MAX) {
            return false;
        }
        int words = 0;
        int longest = 0;
        int run = 0;
        for (int i = 0; i <= size; i++) {
            if (i < size && isOfWord(text.at(i))) {
                run++;
                continue;
            }
            words += run > 0 ? 1 : 0;
            longest = Math.max(longest, run);
            run = 0;
        }
        return words <= WORDS_MAX && (longest >= WORD_SIZE_MIN || asksForContent(query));
    }

    private static boolean asksForContent(Query query) {
        return !query.extensions().isEmpty()
                && QueryTerms.of(query, WireLimits.STANDARD).sha1() != null;
    }

    /** Letters and digits of ASCII; bytes of other characters count as such, for most are. */
    private static boolean isOfWord(int value) {
        return value >= 0x80
                || (value >= 'a' && value <= 'z')
                || (value >= '0' && value <= '9')
                || (value >= 'A' && value <= 'Z');
    }
}
