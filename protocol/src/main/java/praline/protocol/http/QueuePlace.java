package praline.protocol.http;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.primitives.Ints;
import com.google.errorprone.annotations.Immutable;
import java.util.Optional;

/**
 * A place in a sharer's queue, as {@code X-Queued} says it (spec/gnutella-download.md section 8).
 *
 * <pre>ID=c46592a93512a67b385b3da6575be434; position=1; lifetime=90; length=2; ETA=0</pre>
 *
 * <p>A downloader that comes back says ID and position alone; a sharer that gives says the ID alone.
 *
 * @param id what the sharer calls it: 1 to 64 letters or digits
 * @param position from 1
 * @param length of the whole queue; 0 when it is not said
 * @param lifetimeSeconds after which the place is lost; 0 when it is not said
 */
@Immutable
public record QueuePlace(String id, int position, int length, int lifetimeSeconds) {

    private static final CharMatcher ID =
            CharMatcher.inRange('0', '9').or(CharMatcher.inRange('a', 'z')).or(CharMatcher.inRange('A', 'Z'));
    private static final int ID_SIZE_MAX = 64;
    private static final Splitter PARAMETERS =
            Splitter.on(';').trimResults().omitEmptyStrings().limit(16);

    public QueuePlace {
        if (!isId(id) || position < 1 || length < 0 || lifetimeSeconds < 0) {
            throw new IllegalArgumentException("no place in a queue: " + id + ", position " + position);
        }
    }

    /** Reads the value of the header, whatever the order of its parameters; empty without an ID and a position. */
    public static Optional<QueuePlace> parse(String header) {
        String id = "";
        int position = 0;
        int length = 0;
        int lifetime = 0;
        for (String parameter : PARAMETERS.split(header)) {
            int equals = parameter.indexOf('=');
            String name = Ascii.toLowerCase(equals < 0 ? parameter : parameter.substring(0, equals));
            String value = equals < 0 ? "" : parameter.substring(equals + 1).strip();
            switch (name) {
                case "id" -> id = value;
                case "position" -> position = number(value);
                case "length" -> length = number(value);
                case "lifetime" -> lifetime = number(value);
                default -> {
                    // ETA, and whatever else somebody says.
                }
            }
        }
        return isId(id) && position > 0
                ? Optional.of(new QueuePlace(id, position, length, lifetime))
                : Optional.empty();
    }

    /** As the sharer says it; nobody knows how long it will take, so that the ETA is 0, as gtk-gnutella has it. */
    @Override
    public String toString() {
        return "ID=" + id + "; position=" + position + "; lifetime=" + lifetimeSeconds + "; length=" + length
                + "; ETA=0";
    }

    /** As the downloader says it when it comes back. */
    public String reminder() {
        return "position=" + position + "; ID=" + id;
    }

    private static boolean isId(String id) {
        return !id.isEmpty() && id.length() <= ID_SIZE_MAX && ID.matchesAllOf(id);
    }

    private static int number(String digits) {
        Integer number = Ints.tryParse(digits);
        return number == null || number < 0 ? 0 : number;
    }
}
