package praline.protocol.text;

import com.google.errorprone.annotations.Immutable;
import praline.protocol.Bytes;

/**
 * Text that a stranger wrote: a name, a vendor, a reason. It cannot reach a person unescaped by accident, because its
 * {@link #toString} is {@link Printable} (spec/hardening.md W17, O1).
 */
@Immutable
public final class RemoteText implements Comparable<RemoteText> {

    public static final RemoteText EMPTY = new RemoteText("");

    private final String tainted;

    private RemoteText(String tainted) {
        this.tainted = tainted;
    }

    public static RemoteText of(String text) {
        return text.isEmpty() ? EMPTY : new RemoteText(text);
    }

    /** The bytes as UTF-8, with U+FFFD for what is none. */
    public static RemoteText of(Bytes utf8) {
        return of(utf8.utf8());
    }

    public boolean isEmpty() {
        return tainted.isEmpty();
    }

    /**
     * The text as it came, for code that makes it safe by itself: a JSON writer, a text node of a page,
     * {@link SafeName}, {@link Keywords}. Never for a path, a log pattern, a command or markup.
     */
    public String tainted() {
        return tainted;
    }

    /** Escaped and cut, for a cell of a table. */
    public String cut(int columns) {
        return Printable.cut(tainted, columns);
    }

    @Override
    public int compareTo(RemoteText other) {
        return tainted.compareTo(other.tainted);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RemoteText that && tainted.equals(that.tainted);
    }

    @Override
    public int hashCode() {
        return tainted.hashCode();
    }

    /** Escaped. */
    @Override
    public String toString() {
        return Printable.of(tainted);
    }
}
