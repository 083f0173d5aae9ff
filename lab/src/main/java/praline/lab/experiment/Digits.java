package praline.lab.experiment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as result files hold them: six digits that matter, so that no machine and no version of Java writes them in
 * another way.
 */
final class Digits {

    private static final MathContext SIX = new MathContext(6, RoundingMode.HALF_EVEN);

    private Digits() {}

    /** {@code value} to six digits; what is not finite stays as it is. */
    static double six(double value) {
        return Double.isFinite(value) ? exactly(value).doubleValue() : value;
    }

    /** The same as a decimal fraction without needless noughts; {@code value} is finite. */
    static BigDecimal exactly(double value) {
        BigDecimal rounded = new BigDecimal(value, SIX).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0, RoundingMode.UNNECESSARY) : rounded;
    }
}
