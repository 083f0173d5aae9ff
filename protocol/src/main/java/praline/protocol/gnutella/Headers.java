package praline.protocol.gnutella;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import java.util.Optional;

/**
 * The header lines of a handshake block, in order. Names compare without case; a repeated name joins with {@code ", "}.
 * Values are a stranger's text: escape them before a person sees them.
 */
@Immutable
public record Headers(ImmutableList<Line> lines) {

    public static final Headers NONE = new Headers(ImmutableList.of());

    /** One header. */
    @Immutable
    public record Line(String name, String value) {}

    public static Builder builder() {
        return new Builder();
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

    /** Whether {@code name} is there and says {@code value}, both without case. */
    public boolean says(String name, String value) {
        return get(name).filter(value::equalsIgnoreCase).isPresent();
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
