package praline.node.overlay;

import java.util.Arrays;
import java.util.Optional;
import praline.protocol.Endpoint;

/**
 * Where others say that we are: each handshake tells by {@code Remote-IP} what IPv4 address we have there. One teller
 * may lie, and so may all of one network; so what counts is how many networks agree (spec/hardening.md F10). The oldest
 * word is forgotten first. Immutable.
 */
final class OwnAddress {

    static final OwnAddress UNKNOWN = new OwnAddress();

    /** Networks whose word is kept. */
    private static final int TELLERS_MAX = 16;
    /** Networks that must agree before they are believed. */
    private static final int TELLERS_MIN = 3;

    private static final int HALF = 32;

    /** By age; each the upper half of a teller's address, and in the low half the address that it sees. */
    private final long[] words;

    private OwnAddress(long... words) {
        this.words = words;
    }

    /** After {@code teller} said that our address is {@code address}, whatever that text is. */
    OwnAddress told(Endpoint teller, String address) {
        Endpoint seen = Endpoint.parse(address + ":0").filter(Endpoint::isIpv4).orElse(null);
        if (seen == null || !teller.isIpv4()) {
            return this;
        }
        long word = ((long) networkOf(teller) << HALF) | Integer.toUnsignedLong(seen.ipv4());
        if (contains(word)) {
            return this;
        }
        long[] others = Arrays.stream(words)
                .filter(other -> (int) (other >>> HALF) != networkOf(teller))
                .toArray();
        int from = Math.max(0, others.length + 1 - TELLERS_MAX);
        long[] newWords = Arrays.copyOfRange(others, from, others.length + 1);
        newWords[newWords.length - 1] = word;
        return new OwnAddress(newWords);
    }

    /** The address, with port 0, that most networks see; empty while fewer than three agree. */
    Optional<Endpoint> believed() {
        Endpoint best = null;
        long most = TELLERS_MIN - 1;
        for (long word : words) {
            int seen = (int) word;
            long agreeing =
                    Arrays.stream(words).filter(other -> (int) other == seen).count();
            if (agreeing > most) {
                most = agreeing;
                best = Endpoint.ofIpv4(seen, 0);
            }
        }
        return Optional.ofNullable(best);
    }

    private boolean contains(long word) {
        return Arrays.stream(words).anyMatch(other -> other == word);
    }

    /** Its /16. */
    private static int networkOf(Endpoint teller) {
        return teller.ipv4() & 0xFFFF_0000;
    }
}
