package praline.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import praline.protocol.testing.Seeds;
import praline.protocol.text.Printable;

/** Tables in a terminal: aligned, never too wide, and no place for tricks. */
class TextTableTest {

    @Test
    void aTableLooksLikeOne() {
        Table table = Table.of(
                        "Cost",
                        Column.text("way"),
                        Column.number("messages", "per query"),
                        Column.bytes("traffic"),
                        Column.share("recall"))
                .row(Cell.of("flat"), Cell.of(412.53, 9.17), Cell.of(38_211), Cell.of(0.991))
                .row(
                        Cell.of("directory"),
                        Cell.of(2),
                        Cell.absent(),
                        Cell.of(17).as(NumberStyle.NUMBER))
                .build();

        assertThat(TextTable.render(table, 80))
                .isEqualTo("""
                        Cost
                                    messages
                        way        per query  traffic  recall
                        ---------  ---------  -------  ------
                        flat         413 + 9  38.2 kB  99.1 %
                        directory          2        ~      17
                        """.replace('-', '\u2500').replace('+', '\u00B1').replace('~', '\u2013'));
    }

    @Test
    void columnsThatFindNoRoomFollowBelowBehindTheFirst() {
        Table table = Table.of("", Column.text("way"), Column.number("aaaaaaaaaa"), Column.number("bbbbbbbbbb"))
                .row(Cell.of("flat"), Cell.of(1), Cell.of(2))
                .build();

        assertThat(TextTable.render(table, 20).lines())
                .containsExactly(
                        "way   aaaaaaaaaa",
                        "\u2500\u2500\u2500\u2500  \u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500",
                        "flat           1",
                        "",
                        "way   bbbbbbbbbb",
                        "\u2500\u2500\u2500\u2500  \u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500",
                        "flat           2");
    }

    @Test
    void whateverIsInATableItsLinesFitAndItsNumbersStayWhole() {
        Seeds.check(300, random -> {
            int width = random.nextInt(40, 121);
            List<Column> columns = new ArrayList<>();
            List<Cell> row = new ArrayList<>();
            for (int i = random.nextInt(1, 12); i > 0; i--) {
                boolean isText = random.nextBoolean();
                columns.add(isText ? Column.text(hard(random.nextInt(30))) : Column.millis("n".repeat(1 + i)));
                row.add(isText ? Cell.of(hard(random.nextInt(200))) : Cell.of(random.nextDouble(1e6)));
            }
            Table table = Table.of(hard(90), columns.toArray(Column[]::new))
                    .row(row)
                    .row(row)
                    .build();

            String shown = TextTable.render(table, width);

            assertThat(shown.lines()).allSatisfy(line -> {
                assertThat(Printable.width(line)).isLessThanOrEqualTo(width);
                assertThat(Printable.of(line)).isEqualTo(line);
            });
            for (int i = 0; i < row.size(); i++) {
                if (row.get(i) instanceof Cell.Real) {
                    assertThat(shown).contains(row.get(i).shown(columns.get(i).style()));
                }
            }
        });
    }

    @Test
    void aRowThatDoesNotFitItsColumnsIsRefused() {
        Table.Builder table =
                Table.of("Cost", Column.text("way"), Column.number("n")).row(Cell.of("flat"));

        assertThatThrownBy(table::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 0 of \"Cost\" has 1 cells for 2 columns");
    }

    /** Names that would move the cursor, end the line or look wider than they are. */
    private static String hard(int length) {
        String tricks = "\u001B[2J\r\nflat  0\u202E\u6F22\u5B57 \t\uD83D\uDE00e\u0301 a";
        return tricks.repeat(1 + length / tricks.length()).substring(0, length);
    }
}
