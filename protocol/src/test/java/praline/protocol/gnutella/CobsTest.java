package praline.protocol.gnutella;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import praline.protocol.testing.Seeds;

/** The table of spec/gnutella.md 8.2, and the way there and back for any bytes. */
class CobsTest {

    private static final String ONE_TO_254 = oneTo254();

    @Test
    void theTableOfTheSpecificationHoldsBothWays() {
        String[][] table = {
            {"", "01"},
            {"00", "0101"},
            {"0000", "010101"},
            {"11", "0211"},
            {"1100", "021101"},
            {"110022", "02110222"},
            {ONE_TO_254, "ff" + ONE_TO_254},
            {ONE_TO_254 + "00", "ff" + ONE_TO_254 + "0101"},
            {"07".repeat(255), "ff" + "07".repeat(254) + "0207"},
        };
        for (String[] row : table) {
            assertThat(Cobs.encode(hex(row[0]))).as(row[0]).isEqualTo(hex(row[1]));
            assertThat(Cobs.decode(hex(row[1]))).as(row[1]).isEqualTo(hex(row[0]));
        }
    }

    @Test
    void anyBytesComeBackAndAreFreeOfZerosOnTheWay() {
        Seeds.check(5_000, random -> {
            byte[] data = new byte[random.nextInt(1_000)];
            int values = random.nextBoolean() ? 256 : 2;
            for (int i = 0; i < data.length; i++) {
                data[i] = (byte) (random.nextInt(50) == 0 ? 0 : random.nextInt(values));
            }
            byte[] encoded = Cobs.encode(data);
            assertThat(encoded).doesNotContain(0);
            assertThat(Cobs.decode(encoded)).isEqualTo(data);
        });
    }

    @Test
    void aZeroAndAnOverrunAreErrors() {
        for (String bad : new String[] {"00", "0100", "03", "0311", "021100", "02000101", "ff01"}) {
            assertThat(Cobs.decode(hex(bad))).as(bad).isNull();
        }
    }

    private static String oneTo254() {
        StringBuilder hex = new StringBuilder();
        for (int i = 1; i <= 254; i++) {
            hex.append(HexFormat.of().toHexDigits((byte) i));
        }
        return hex.toString();
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
