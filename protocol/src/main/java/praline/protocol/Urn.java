package praline.protocol;

import com.google.common.base.Ascii;
import com.google.errorprone.annotations.Immutable;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The name of a content: {@code urn:sha1:BASE32} for the bytes of a file, {@code urn:btih:BASE32} for the torrent that
 * follows from them (HUGE 0.94; spec/praline.md section 3).
 */
@Immutable
public record Urn(Kind kind, Sha1 hash) {

    /** What the hash is taken over. */
    public enum Kind {
        SHA1("urn:sha1:"),
        BTIH("urn:btih:");

        private final String prefix;
        private final Bytes prefixBytes;

        Kind(String prefix) {
            this.prefix = prefix;
            this.prefixBytes = Bytes.ofUtf8(prefix);
        }
    }

    private static final Kind[] KINDS = Kind.values();
    private static final String BITPRINT = "urn:bitprint:";

    public static Urn sha1(Sha1 hash) {
        return new Urn(Kind.SHA1, hash);
    }

    public static Urn btih(Sha1 hash) {
        return new Urn(Kind.BTIH, hash);
    }

    /**
     * Reads a URN in either case. Of {@code urn:bitprint:SHA1.TIGER} the SHA-1 is kept. Empty for an unknown namespace,
     * a wrong length or characters outside base 32.
     */
    public static Optional<Urn> parse(String text) {
        for (Kind kind : KINDS) {
            if (startsWith(text, kind.prefix)) {
                return Sha1.parseBase32(text.substring(kind.prefix.length())).map(hash -> new Urn(kind, hash));
            }
        }
        int dot = text.indexOf('.');
        if (dot > 0 && startsWith(text, BITPRINT)) {
            return Sha1.parseBase32(text.substring(BITPRINT.length(), dot)).map(Urn::sha1);
        }
        return Optional.empty();
    }

    /** ASCII letters of either case are equal. */
    private static boolean startsWith(String text, String prefix) {
        if (text.length() < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (Ascii.toLowerCase(text.charAt(i)) != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** How many bytes it takes as text. */
    public int size() {
        return kind.prefixBytes.size() + Sha1.BASE32_LENGTH;
    }

    /** Puts what {@link #toString} says, without making a string of it: each record of a hit has one or two. */
    public void writeTo(ByteBuffer target) {
        kind.prefixBytes.writeTo(target);
        hash.writeBase32To(target);
    }

    @Override
    public String toString() {
        return kind.prefix + hash.base32();
    }
}
