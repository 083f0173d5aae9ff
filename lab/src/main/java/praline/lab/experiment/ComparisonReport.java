package praline.lab.experiment;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import praline.lab.report.Csv;
import praline.lab.report.HtmlPage;
import praline.lab.report.TextTable;
import praline.protocol.UserError;

/** What becomes of a comparison: a folder of files, and text for a terminal. */
public final class ComparisonReport {

    /** The page for people, in the result's folder. */
    public static final String PAGE = "report.html";

    private static final int COLUMNS = 80;

    private ComparisonReport() {}

    /**
     * Writes {@code result.json}, {@code timing.json}, four tables and {@link #PAGE} into {@code folder}, which is made
     * when it is not there. Files of an earlier comparison are replaced.
     *
     * @throws UserError if that is not possible
     */
    public static void write(ComparisonResult result, Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("result.json"), ResultJson.result(result));
            Files.writeString(
                    folder.resolve("timing.json"),
                    ResultJson.timing(result.timing().seconds()));
            Csv.write(ResultTables.metrics(result), folder.resolve("compare.csv"));
            Csv.write(ResultTables.queries(result), folder.resolve("queries.csv"));
            Csv.write(ResultTables.loads(result), folder.resolve("load.csv"));
            Csv.write(ResultTables.courses(result), folder.resolve("failure.csv"));
            HtmlPage.write(ComparisonPage.of(result), folder.resolve(PAGE));
        } catch (IOException e) {
            throw new UserError(UserError.Kind.FAILED, "the result cannot be written", folder.toString());
        }
    }

    /** The numbers and what they show, in lines of 80 characters at most, each with its line feed. */
    public static String text(ComparisonResult result) {
        StringBuilder text = new StringBuilder();
        for (String warning : ComparisonPage.warnings(result)) {
            text.append(wrapped(warning)).append('\n');
        }
        text.append(wrapped(ComparisonPage.subtitle(result))).append('\n');
        text.append(TextTable.render(SummaryTable.of(result), COLUMNS));
        for (String finding : Findings.of(result)) {
            text.append('\n').append(wrapped(finding));
        }
        return text.toString();
    }

    /** What {@code result.json} holds. */
    public static String json(ComparisonResult result) {
        return ResultJson.result(result);
    }

    /** {@code paragraph} in lines of 80 characters at most, each with its line feed. */
    static String wrapped(String paragraph) {
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (String word : Splitter.on(' ').split(paragraph)) {
            if (column > 0 && column + 1 + word.length() > COLUMNS) {
                text.append('\n');
                column = 0;
            }
            text.append(column == 0 ? "" : " ").append(word);
            column += word.length() + (column == 0 ? 0 : 1);
        }
        return text.append('\n').toString();
    }
}
