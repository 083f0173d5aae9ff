package praline.lab.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import praline.lab.report.Csv;
import praline.lab.report.HtmlPage;
import praline.lab.report.TextTable;
import praline.protocol.UserError;

/** What becomes of a distribution: a folder of files, and text for a terminal. */
public final class DistributionReport {

    /** The page for people, in the result's folder. */
    public static final String PAGE = ComparisonReport.PAGE;

    private static final int COLUMNS = 80;

    private DistributionReport() {}

    /**
     * Writes {@code result.json}, {@code timing.json}, two tables and {@link #PAGE} into {@code folder}, which is made
     * when it is not there. Files of an earlier experiment are replaced.
     *
     * @throws UserError if that is not possible
     */
    public static void write(DistributionResult result, Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("result.json"), json(result));
            Files.writeString(folder.resolve("timing.json"), ResultJson.timing(result.seconds()));
            Csv.write(DistributionTables.runs(result), folder.resolve("distribution.csv"));
            Csv.write(DistributionTables.peers(result), folder.resolve("peers.csv"));
            HtmlPage.write(DistributionPage.of(result), folder.resolve(PAGE));
        } catch (IOException e) {
            throw new UserError(UserError.Kind.FAILED, "the result cannot be written", folder.toString());
        }
    }

    /** The numbers and what they show, in lines of 80 characters at most, each with its line feed. */
    public static String text(DistributionResult result) {
        StringBuilder text = new StringBuilder();
        for (String warning : DistributionPage.warnings(result)) {
            text.append(ComparisonReport.wrapped(warning)).append('\n');
        }
        text.append(ComparisonReport.wrapped(DistributionPage.subtitle(result.options())))
                .append('\n');
        text.append(TextTable.render(DistributionTables.summary(result), COLUMNS));
        for (String finding : DistributionPage.findings(result)) {
            text.append('\n').append(ComparisonReport.wrapped(finding));
        }
        return text.toString();
    }

    /** What {@code result.json} holds. */
    public static String json(DistributionResult result) {
        return DistributionJson.result(result);
    }
}
