package praline.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files for spreadsheets: RFC 4180, and text that stays text (spec/hardening.md A12). */
class CsvTest {

    @TempDir
    private Path folder;

    @Test
    void numbersAreBareAndUnitsStandInTheirNames() throws IOException {
        Table table = Table.of("", Column.text("way"), Column.number("messages", "per query"), Column.bytes("traffic"))
                .row(Cell.of("flat, 0.4"), Cell.of(412.53, 9.17), Cell.of(1_234_567))
                .row(Cell.of("say \"hub\""), Cell.of(1e-7), Cell.absent())
                .row(Cell.of(-5), Cell.of(Double.NaN), Cell.of(1e9))
                .build();

        assertThat(written(table))
                .isEqualTo("way,messages (per query),messages \u00B1,traffic (bytes)\r\n"
                        + "\"flat, 0.4\",412.53,9.17,1234567\r\n"
                        + "\"say \"\"hub\"\"\",0.0000001,,\r\n"
                        + "-5,,,1000000000\r\n");
    }

    @Test
    void textThatLooksLikeAFormulaIsMarkedAsText() throws IOException {
        Table table = Table.of("", Column.text("=name"))
                .row(Cell.of("=HYPERLINK(\"x\")"))
                .row(Cell.of("+1"))
                .row(Cell.of("-1"))
                .row(Cell.of("@SUM(A1)"))
                .row(Cell.of("\t=1"))
                .row(Cell.of("a\r\nb,\u202E"))
                .row(Cell.of("a=b"))
                .build();

        assertThat(written(table).split("\r\n"))
                .containsExactly(
                        "'=name",
                        "\"'=HYPERLINK(\"\"x\"\")\"",
                        "'+1",
                        "'-1",
                        "'@SUM(A1)",
                        "\\x09=1",
                        "\"a\\x0d\\x0ab,\\u202e\"",
                        "a=b");
    }

    private String written(Table table) throws IOException {
        Path file = folder.resolve("table.csv");
        Csv.write(table, file);
        return Files.readString(file);
    }
}
