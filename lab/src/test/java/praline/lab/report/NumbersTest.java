package praline.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as a person would write them. */
class NumbersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | NUMBER | 0",
                "2 | NUMBER | 2",
                "2.5 | NUMBER | 2.5",
                "12.345 | NUMBER | 12.3",
                "99.96 | NUMBER | 100",
                "999.6 | NUMBER | 1,000",
                "1234.5 | NUMBER | 1,235",
                "-1234567.8 | NUMBER | -1,234,568",
                "0.07 | NUMBER | 0.07",
                "0.00123456 | NUMBER | 0.00123",
                "0.0000123456 | NUMBER | 1.23e-05",
                "4e18 | NUMBER | 4.00e+18",
                "NaN | NUMBER | \u2013",
                "Infinity | NUMBER | \u221E",
                "1 | BYTES | 1 B",
                "999 | BYTES | 999 B",
                "999.7 | BYTES | 1 kB",
                "38211 | BYTES | 38.2 kB",
                "1500000 | BYTES | 1.5 MB",
                "7e15 | BYTES | 7,000 TB",
                "0.4 | MILLIS | 0.4 ms",
                "999.4 | MILLIS | 999 ms",
                "1911 | MILLIS | 1.91 s",
                "119000 | MILLIS | 119 s",
                "180000 | MILLIS | 3 min",
                "0 | SHARE | 0 %",
                "0.5 | SHARE | 50 %",
                "0.9999 | SHARE | 99.9 %",
                "1 | SHARE | 100 %",
                "0.00001 | SHARE | 0.1 %",
                "1.5 | SHARE | 150 %",
            })
    void aNumberIsWrittenInFewDigitsWithItsUnit(double value, NumberStyle style, String shown) {
        assertThat(Numbers.of(value, style)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "412.53 | 9.17 | NUMBER | 413 \u00B1 9",
                "2 | 0.05 | NUMBER | 2.00 \u00B1 0.05",
                "38211.4 | 811 | BYTES | 38.2 \u00B1 0.8 kB",
                "0.95 | 0.012 | SHARE | 95.0 \u00B1 1.2 %",
                "0 | 0.5 | NUMBER | 0.000 \u00B1 0.500",
                "4e18 | 1e17 | NUMBER | 4.00e+18 \u00B1 1.00e+17",
                "3 | NaN | NUMBER | 3",
                "NaN | 1 | NUMBER | \u2013",
            })
    void anIntervalHasTheUnitAndTheDecimalsOfItsValue(double value, double plusMinus, NumberStyle style, String shown) {
        assertThat(Numbers.of(value, plusMinus, style)).isEqualTo(shown);
    }
}
