package praline.lab.report;

import com.google.common.collect.ImmutableList;

/**
 * Maps the values of an axis to its length and says where the ticks are: multiples of 1, 2 or 5 times a power of ten,
 * in the unit that suits the largest value.
 */
final class Scale {

    /** About as many as the eye counts at a glance. */
    private static final int TICKS = 6;

    private static final int DECADES_MAX = 8;
    private static final double[] LEADERS = {1, 2, 5};

    /** A place with its number. */
    record Tick(double value, String label) {}

    private final Axis axis;
    private final double low;
    private final double high;
    private final Numbers.Unit unit;
    private final ImmutableList<Tick> ticks;

    private Scale(Axis axis, double low, double high, Numbers.Unit unit, ImmutableList<Tick> ticks) {
        this.axis = axis;
        this.low = low;
        this.high = high;
        this.unit = unit;
        this.ticks = ticks;
    }

    /**
     * The scale on which {@code min} to {@code max} have room. A linear one begins at zero unless that would waste most
     * of it; {@code isRound}: it ends at ticks.
     */
    static Scale of(Axis axis, double min, double max, boolean isRound) {
        return axis.isLog() ? log(axis, min, max, isRound) : linear(axis, min, max, isRound);
    }

    private static Scale linear(Axis axis, double min, double max, boolean isRound) {
        double low = min >= 0 && (isRound || min < 0.5 * max) ? 0 : min;
        double high = max > low ? max : low + 1;
        Numbers.Unit unit = Numbers.unit(axis.style(), Math.max(Math.abs(low), Math.abs(high)));
        double step = niceStep((high - low) / unit.factor() / TICKS);
        double first = low / unit.factor() / step;
        double last = high / unit.factor() / step;
        if (isRound) {
            first = Math.floor(first + 1e-9);
            last = Math.ceil(last - 1e-9);
            low = first * step * unit.factor();
            high = last * step * unit.factor();
        }
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        ImmutableList.Builder<Tick> ticks = ImmutableList.builder();
        for (long i = (long) Math.ceil(first - 1e-9); i <= last + 1e-9; i++) {
            ticks.add(new Tick(i * step * unit.factor(), Numbers.fixed(i * step, decimals)));
        }
        return new Scale(axis, low, high, unit, ticks.build());
    }

    private static Scale log(Axis axis, double min, double max, boolean isRound) {
        double positive = min > 0 ? min : 1;
        int firstPower = (int) Math.floor(Math.log10(positive) + 1e-9);
        int lastPower = (int) Math.ceil(Math.log10(Math.max(positive, max)) - 1e-9);
        lastPower = Math.max(lastPower, firstPower + 1);
        double low = isRound ? Math.pow(10, firstPower) : niceBelow(positive);
        double high = isRound ? Math.pow(10, lastPower) : Math.max(niceStep(max), 2 * low);
        int decades = lastPower - firstPower;
        int stride = 1 + (decades - 1) / DECADES_MAX;
        ImmutableList.Builder<Tick> ticks = ImmutableList.builder();
        for (int power = firstPower; power <= lastPower; power += stride) {
            for (double leader : LEADERS) {
                double value = leader * Math.pow(10, power);
                boolean isShown = leader == 1 || high < low * 101;
                if (isShown && value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) {
                    ticks.add(new Tick(value, logLabel(axis, value)));
                }
            }
        }
        return new Scale(axis, low, high, new Numbers.Unit(1, ""), ticks.build());
    }

    /** With the unit, because it changes along the axis; without the decimals that only measured values deserve. */
    private static String logLabel(Axis axis, double value) {
        Numbers.Unit unit = Numbers.unit(axis.style(), value * (1 + 1e-9));
        double shown = value / unit.factor();
        if (shown >= 1e7) {
            return Numbers.of(shown);
        }
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(shown) + 1e-9));
        return Numbers.fixed(shown, decimals) + unit.suffix();
    }

    private static double niceBelow(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
        double below = power;
        for (double leader : LEADERS) {
            below = leader * power <= value * (1 + 1e-9) ? leader * power : below;
        }
        return below;
    }

    private static double niceStep(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double leader : LEADERS) {
            if (leader * power >= rough * (1 - 1e-9)) {
                return leader * power;
            }
        }
        return 10 * power;
    }

    /** Where {@code value} is between the ends, 0 to 1; what lies outside is at the end. */
    double at(double value) {
        double fraction = axis.isLog()
                ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
                : (value - low) / (high - low);
        return Math.min(1, Math.max(0, fraction));
    }

    /** Whether it has a place of its own for {@code value}. */
    boolean has(double value) {
        return Double.isFinite(value) && (!axis.isLog() || value > 0);
    }

    ImmutableList<Tick> ticks() {
        return ticks;
    }

    /** What stands beside the axis: its label and the unit of the numbers at the ticks. */
    String title() {
        String shown = unit.name().isEmpty() ? axis.unit() : unit.name();
        String scale = axis.isLog() ? "logarithmic" : "";
        String remark = shown + (shown.isEmpty() || scale.isEmpty() ? "" : ", ") + scale;
        return remark.isEmpty() ? axis.label() : axis.label() + " (" + remark + ")";
    }
}
