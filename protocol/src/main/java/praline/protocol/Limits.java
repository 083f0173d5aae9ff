package praline.protocol;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Builds records of limits and lists what is in them (spec/hardening.md section 0).
 *
 * <p>Such a record has one component for each group, itself a record; the group's components are numbers with
 * {@link Limit}. The names of both make the key, so that no key is ever written down twice:
 *
 * <pre>{@code
 * record WireLimits(Frame frame, …) {
 *     record Frame(@Limit(standard = 1_024, …) int query, …) {}      // limits.frame.query
 * }
 * WireLimits limits = Limits.with(WireLimits.class, Map.of("limits.frame.query", 512L));
 * }</pre>
 */
public final class Limits {

    private static final String PREFIX = "limits.";

    private Limits() {}

    /** All limits of {@code type} in the order of their declaration. */
    public static ImmutableList<LimitSpec> specsOf(Class<? extends Record> type) {
        ImmutableList.Builder<LimitSpec> specs = ImmutableList.builder();
        for (RecordComponent group : type.getRecordComponents()) {
            for (RecordComponent component : group.getType().getRecordComponents()) {
                specs.add(specOf(group, component));
            }
        }
        return specs.build();
    }

    /** Every limit at its standard value. */
    public static <R extends Record> R standard(Class<R> type) {
        return build(type, LimitSpec::standard);
    }

    /** Every limit at its minimum: such a node meets its rare paths all the time (L6). */
    public static <R extends Record> R minimum(Class<R> type) {
        return build(type, LimitSpec::min);
    }

    /** Every limit at its maximum. */
    public static <R extends Record> R maximum(Class<R> type) {
        return build(type, LimitSpec::max);
    }

    /**
     * Standard values but for those in {@code overrides}, from key to value. Keys of other records are passed over, so
     * that one configuration serves several.
     *
     * @throws IllegalArgumentException if a value lies outside its range; the message names key and range
     */
    public static <R extends Record> R with(Class<R> type, Map<String, Long> overrides) {
        return build(type, spec -> {
            Long value = overrides.get(spec.key());
            return value == null ? spec.standard() : spec.checked(value);
        });
    }

    private static <R extends Record> R build(Class<R> type, ToLongFunction<LimitSpec> value) {
        RecordComponent[] groups = type.getRecordComponents();
        Object[] arguments = new Object[groups.length];
        for (int i = 0; i < groups.length; i++) {
            arguments[i] = buildGroup(groups[i], value);
        }
        return construct(type, arguments);
    }

    private static Object buildGroup(RecordComponent group, ToLongFunction<LimitSpec> value) {
        RecordComponent[] components = group.getType().getRecordComponents();
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            long chosen = value.applyAsLong(specOf(group, components[i]));
            arguments[i] = components[i].getType() == int.class ? (Object) Ints.checkedCast(chosen) : (Object) chosen;
        }
        return construct(group.getType(), arguments);
    }

    private static LimitSpec specOf(RecordComponent group, RecordComponent component) {
        String key = PREFIX + group.getName() + "." + component.getName();
        Limit limit = component.getAnnotation(Limit.class);
        if (limit == null) {
            throw new IllegalStateException(key + " has no @Limit");
        }
        return new LimitSpec(key, limit.standard(), limit.min(), limit.max(), limit.unit(), limit.reason());
    }

    private static <T> T construct(Class<T> type, Object[] arguments) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] parameters = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            parameters[i] = components[i].getType();
        }
        try {
            return type.getDeclaredConstructor(parameters).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " is no public record of limits", e);
        }
    }
}
