package praline.protocol;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a limit is: written on each component of a record of limits, read by {@link Limits} (spec/hardening.md L1).
 *
 * <p>The component is an {@code int} or a {@code long}. Both ends of the range must work: a node runs with every limit
 * at its minimum and with every limit at its maximum (L6).
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Limit {

    /** The value when nobody sets another. */
    long standard();

    /** The smallest value that may be set. */
    long min();

    /** The largest value that may be set. */
    long max();

    /** What is counted: {@code bytes}, {@code ms}, {@code lines}, … */
    String unit();

    /** Why there is a bound, or why it is this one: one line, for the table that {@code praline limits} prints. */
    String reason();
}
