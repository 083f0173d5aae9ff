package praline.protocol;

import com.google.errorprone.annotations.Immutable;

/**
 * One line of the table of limits.
 *
 * @param key {@code limits.GROUP.NAME}, as a configuration writes it
 * @param standard the value when nobody sets another
 * @param min the smallest value that may be set
 * @param max the largest value that may be set
 * @param unit what is counted
 * @param reason why there is a bound, or why it is this one
 */
@Immutable
public record LimitSpec(String key, long standard, long min, long max, String unit, String reason) {

    /**
     * {@code value} itself; throws {@link IllegalArgumentException} with the key and the range when it lies outside.
     */
    public long checked(long value) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(key + " lies in " + min + ".." + max + " " + unit + ", but is " + value);
        }
        return value;
    }
}
