package praline.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What plots say and where they say it. */
class PlotsTest {

    private static final Pattern NOTE =
            Pattern.compile("<text x=\"([\\d.]+)\" y=\"([\\d.]+)\" class=\"(end note|note)\">([^<]+)<");

    @Test
    void missingObservationsLowerTheCurveAndMoveTheQuantiles() {
        CdfPlot.Sample sample = CdfPlot.of("t", Axis.of("x"))
                .sample("s", new double[] {4, 1, 3, 2}, 4)
                .samples()
                .get(0);

        assertThat(sample.count()).isEqualTo(8);
        assertThat(sample.quantile(0.5)).isEqualTo(4);
        assertThat(sample.quantile(0.25)).isEqualTo(2);
        assertThat(sample.quantile(0)).isEqualTo(1);
        assertThat(sample.quantile(0.51)).isNaN();
    }

    @Test
    void aDistributionIsAStaircaseFromNothingToItsShare() {
        LinePlot lines = CdfPlot.of("t", Axis.of("x"))
                .sample("all", 1, 2)
                .sample("some", new double[] {5}, 1)
                .lines();

        assertThat(lines.series().get(0).xs().asList()).containsExactly(1.0, 1.0, 2.0, 5.0);
        assertThat(lines.series().get(0).ys().asList()).containsExactly(0.0, 0.5, 1.0, 1.0);
        assertThat(lines.series().get(1).ys().asList()).containsExactly(0.0, 0.5, 0.5);
        assertThat(lines.dots())
                .extracting(LinePlot.Dot::label)
                .containsExactly("median of all: 1", "95th percentile of all: 2", "median of some: 5");
    }

    @Test
    void aLineOfManyPointsIsDrawnWithFewAndKeepsItsPeak() {
        double[] xs = IntStream.range(0, 200_000).mapToDouble(i -> i).toArray();
        double[] ys = IntStream.range(0, 200_000).mapToDouble(i -> i % 100).toArray();
        ys[77_777] = 1_000;
        LinePlot plot = LinePlot.of("t", Axis.of("x"), Axis.of("y")).line("s", xs, ys);

        String path = between(html(plot), "<path d=\"", "\"");

        assertThat(path).hasSizeLessThan(60_000).contains(" 30L");
    }

    @Test
    void aLineBreaksWhereThereIsNoValue() {
        LinePlot plot = LinePlot.of("t", Axis.of("x"), Axis.of("y"))
                .line("s", new double[] {0, 1, 2, 3, 4}, new double[] {1, 1, Double.NaN, 1, 1});

        assertThat(between(html(plot), "<path d=\"", "\"").replaceAll("[^ML]", ""))
                .isEqualTo("MLML");
    }

    @Test
    void wordsAboveAPlotDoNotCoverEachOther() {
        LinePlot plot = LinePlot.of("t", Axis.of("x"), Axis.of("y"))
                .line("s", new double[] {0, 100}, new double[] {0, 1})
                .marker(10, "leader killed")
                .marker(12, "first leaf has moved")
                .span(11, 50, "nobody leads")
                .marker(60, "back")
                .marker(99, "end of measuring")
                .marker(98, "nearly the end");

        List<double[]> boxes = new ArrayList<>();
        Matcher notes = NOTE.matcher(html(plot));
        while (notes.find()) {
            double x = Double.parseDouble(notes.group(1));
            double width = Svg.widthOf(notes.group(4));
            double from = notes.group(3).equals("note") ? x : x - width;
            boxes.add(new double[] {from, from + width, Double.parseDouble(notes.group(2))});
        }

        assertThat(boxes).hasSize(6);
        for (double[] one : boxes) {
            assertThat(boxes)
                    .filteredOn(other -> other[2] == one[2] && other[0] < one[1] && one[0] < other[1])
                    .containsExactly(one);
        }
    }

    @Test
    void theSameNameHasTheSameColourInEveryPlot() {
        String html = HtmlPage.render(Page.titled("p")
                .section(
                        "s",
                        "",
                        BarPlot.of("a", Axis.of("n")).bar("flat", 1).bar("leaders", 2),
                        LinePlot.of("b", Axis.of("x"), Axis.of("y"))
                                .line("leaders", new double[] {1, 2}, new double[] {1, 2}))
                .build());

        assertThat(html)
                .contains("class=\"c1 fill bar\"><title>leaders: 2<")
                .contains("class=\"c1 stroke\"><title>leaders<");
    }

    @Test
    void stackedPartsAddUpInTheNumbersAndPartsOnALogarithmicAxisDoNot() {
        BarPlot stacked = BarPlot.of("t", Axis.of("n"), "a", "b").bar("x", 1, 2).bar("y", 3, Double.NaN);
        BarPlot beside = BarPlot.of("t", Axis.of("n").log(), "a", "b").bar("x", 1, 2);

        assertThat(TextTable.render(stacked.data(), 40)).contains("total").contains("x  1  2      3");
        assertThat(TextTable.render(beside.data(), 40)).doesNotContain("total");
        assertThat(stacked.bars().get(1).total()).isEqualTo(3);
    }

    @Test
    void aBarThatCannotBeDrawnIsRefused() {
        BarPlot plot = BarPlot.of("t", Axis.of("n"), "a", "b");

        assertThatThrownBy(() -> plot.bar("x", 1)).hasMessageContaining("\"x\" has 1 values for the parts [a, b]");
        assertThatThrownBy(() -> plot.bar("x", 1, -2)).hasMessageContaining("has -2.0");
    }

    private static String html(Exhibit exhibit) {
        return HtmlPage.render(Page.titled("p").section("s", "", exhibit).build());
    }

    private static String between(String text, String before, String after) {
        int from = text.indexOf(before) + before.length();
        return text.substring(from, text.indexOf(after, from));
    }
}
