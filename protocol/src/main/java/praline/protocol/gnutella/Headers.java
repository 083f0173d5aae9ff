package praline.protocol.gnutella;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import java.util.Optional;
import praline.protocol.Endpoint;

/**
 * The header lines of a handshake block, in order. Names compare without case; a repeated name joins with {@code ", "}.
 * Values are a stranger's text: escape them before a person sees them.
 */
@Immutable
public record Headers(ImmutableList<Line> lines) {

    private static final CharMatcher NAME = CharMatcher.inRange('!', '~').and(CharMatcher.isNot(':'));
    private static final CharMatcher VALUE =
            CharMatcher.inRange(' ', '~').or(CharMatcher.is('\t')).or(CharMatcher.inRange('\u0080', '\u00FF'));
    private static final Splitter COMMA = Splitter.on(',').trimResults().omitEmptyStrings();
    private static final int DEFAULT_PORT = 6346;

    public static final Headers NONE = new Headers(ImmutableList.of());

    /**
     * One header.
     *
     * @param name ASCII without blanks and colons
     * @param value ISO-8859-1 without control characters, and without blanks around it
     */
    @Immutable
    public record Line(String name, String value) {

        public Line {
            if (name.isEmpty() || !NAME.matchesAllOf(name) || !isValue(value)) {
                throw new IllegalArgumentException("no header: " + name + ": " + value);
            }
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Whether {@code text} can stand in one line of a block: ISO-8859-1 without control characters. */
    public static boolean isValue(String text) {
        return VALUE.matchesAllOf(text);
    }

    /** All values of {@code name}, joined by {@code ", "}; empty when the header is absent. */
    public Optional<String> get(String name) {
        String joined = null;
        for (Line line : lines) {
            if (line.name().equalsIgnoreCase(name)) {
                joined = joined == null ? line.value() : joined + ", " + line.value();
            }
        }
        return Optional.ofNullable(joined);
    }

    /** How many lines have {@code name}. */
    public int count(String name) {
        int count = 0;
        for (Line line : lines) {
            if (line.name().equalsIgnoreCase(name)) {
                count++;
            }
        }
        return count;
    }

    /** Whether {@code name} is there and says {@code value}, both without case. */
    public boolean says(String name, String value) {
        return get(name).filter(value::equalsIgnoreCase).isPresent();
    }

    /** Whether {@code token} is one of the comma-separated values of {@code name}, without case. */
    public boolean lists(String name, String token) {
        for (String listed : COMMA.split(get(name).orElse(""))) {
            if (listed.equalsIgnoreCase(token)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The first {@code max} addresses among the comma-separated values of {@code name}, as {@code X-Try-Ultrapeers}
     * lists them; the port is 6346 where none is given. What is no address is passed over; whether one is worth
     * dialling is not judged here.
     */
    public ImmutableList<Endpoint> endpoints(String name, int max) {
        return endpointsOf(get(name).orElse(""), max);
    }

    /** The same of a list that stands elsewhere. */
    public static ImmutableList<Endpoint> endpointsOf(String list, int max) {
        ImmutableList.Builder<Endpoint> endpoints = ImmutableList.builder();
        int taken = 0;
        for (String listed : COMMA.split(list)) {
            if (taken == max) {
                break;
            }
            Optional<Endpoint> endpoint = Endpoint.parse(listed).or(() -> Endpoint.parse(listed + ":" + DEFAULT_PORT));
            if (endpoint.isPresent()) {
                endpoints.add(endpoint.get());
                taken++;
            }
        }
        return endpoints.build();
    }

    /** Collects header lines in the order in which they shall be sent. */
    public static final class Builder {
        private final ImmutableList.Builder<Line> lines = ImmutableList.builder();

        private Builder() {}

        public Builder add(String name, String value) {
            lines.add(new Line(name, value));
            return this;
        }

        public Headers build() {
            return new Headers(lines.build());
        }
    }
}
