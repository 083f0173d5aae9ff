package praline.cli;

import com.google.common.primitives.Doubles;
import java.util.Locale;
import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * How long what is had is given to others; whichever bound is reached first ends it.
 *
 * @param seconds since all was had; infinite for no such bound
 * @param ratio bytes given by the bytes that there are; infinite for no such bound
 */
record Stay(double seconds, double ratio) {

    /** Not at all. */
    static final Stay NOT = new Stay(0, Double.POSITIVE_INFINITY);

    /** Until it is interrupted; what the option says without a value. */
    static final String FOREVER = "forever";

    private static final String RATIO = "ratio:";

    /** Whether it is long enough. */
    boolean isOver(double secondsStayed, long uploaded, long size) {
        return secondsStayed >= seconds || uploaded >= ratio * size;
    }

    private static @Nullable Stay parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals(FOREVER)) {
            return new Stay(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        boolean isRatio = lower.startsWith(RATIO);
        Double number = Doubles.tryParse(isRatio ? lower.substring(RATIO.length()) : lower);
        if (number == null || !Double.isFinite(number) || number < 0) {
            return null;
        }
        return isRatio ? new Stay(Double.POSITIVE_INFINITY, number) : new Stay(number, Double.POSITIVE_INFINITY);
    }

    /** Reads {@code forever}, {@code 60} or {@code ratio:1.5}. */
    static final class Converter implements ITypeConverter<Stay> {
        @Override
        public Stay convert(String text) {
            Stay stay = parse(text);
            if (stay == null) {
                throw new TypeConversionException(
                        "\"" + text + "\" is no number of seconds and no ratio like ratio:1.5");
            }
            return stay;
        }
    }

    /** The option may come without a value: what follows it is only its own if it reads like one. */
    static final class Optionally implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            boolean isAttached = "=".equals(info.get("separator"));
            if (!isAttached && (arguments.isEmpty() || parse(arguments.peek()) == null)) {
                arguments.push(FOREVER);
            }
            return false;
        }
    }
}
