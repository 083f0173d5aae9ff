package praline.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** One page with everything in it: well-formed, self-contained, and harmless whatever strangers wrote. */
class HtmlPageTest {

    private static final Pattern DECEIVING = Pattern.compile("[\\x00-\\x09\\x0B-\\x1F\\x7F-\\x9F\\u061C\\u200E\\u200F"
            + "\\u2028-\\u202E\\u2066-\\u2069\\uD800-\\uDFFF]");

    @TempDir
    private Path folder;

    @Test
    void equalPagesAreEqualBytes() throws IOException {
        Path once = folder.resolve("once.html");
        Path again = folder.resolve("again.html");

        HtmlPage.write(DemoPage.page(), once);
        HtmlPage.write(DemoPage.page(), again);

        assertThat(once).hasSameBinaryContentAs(again);
        assertThat(Files.size(once)).isBetween(20_000L, 200_000L);
    }

    @Test
    void aPageIsWellFormedAndAsksForNothing() throws Exception {
        String html = HtmlPage.render(DemoPage.page());

        List<Element> elements = elements(html);

        assertThat(elements).hasSizeGreaterThan(300);
        for (Element element : elements) {
            assertThat(element.getTagName())
                    .isNotIn("script", "img", "link", "iframe", "object", "form", "foreignObject");
            assertThat(attributes(element)).noneMatch(name -> name.startsWith("on") || name.equals("src"));
            assertThat(element.getAttribute("href")).matches("|#section-\\d+");
        }
        assertThat(html)
                .contains("default-src &#39;none&#39;")
                .doesNotContain("url(")
                .doesNotContain("@import");
    }

    @Test
    void strangersTextStaysText() throws Exception {
        String hostile = DemoPage.HOSTILE;
        BarPlot bars = BarPlot.of(hostile, Axis.of(hostile, hostile), hostile, hostile + 2)
                .bar(hostile, 1, 2);
        LinePlot lines = LinePlot.of(hostile, Axis.of(hostile), Axis.of(hostile))
                .line(hostile, new double[] {1, 2}, new double[] {3, 4})
                .marker(1, hostile)
                .span(1, 2, hostile)
                .guide(3, hostile)
                .dot(hostile, 1, 3, hostile);
        CdfPlot cdf = CdfPlot.of(hostile, Axis.millis(hostile)).sample(hostile, 1, 2, 3);
        Table table = Table.of(hostile, new Column(hostile, hostile, Column.Alignment.START, NumberStyle.NUMBER))
                .row(Cell.of(hostile))
                .build();
        Page page = Page.titled(hostile)
                .subtitle(hostile)
                .warning(hostile)
                .keyFigure(hostile, hostile, hostile)
                .finding(hostile)
                .section(hostile, hostile, bars, lines, cdf, table)
                .definition(hostile, hostile)
                .command(hostile)
                .footer(hostile)
                .build();

        String html = HtmlPage.render(page);

        assertThat(html).doesNotContain("<img").doesNotContainPattern(DECEIVING);
        assertThat(elements(html)).noneMatch(element -> element.getTagName().equals("img"));
        assertThat(document(html).getElementsByTagName("h1").item(0).getTextContent())
                .isEqualTo("<img src=x onerror=\"alert('1')\">\\u202egpj.exe\\x1b]0;x\\x07 & \\ud800");
    }

    @Test
    void everyPlotSaysInWordsWhatItShows() throws Exception {
        for (Element element : elements(HtmlPage.render(DemoPage.page()))) {
            if (element.getTagName().equals("svg")) {
                assertThat(element.getAttribute("aria-label") + element.getAttribute("aria-hidden"))
                        .isNotEmpty();
            }
        }
    }

    @Test
    void anEmptyPageIsAPage() throws Exception {
        String html = HtmlPage.render(Page.titled("Nothing")
                .section(
                        "Empty",
                        "",
                        CdfPlot.of("a", Axis.of("x")),
                        LinePlot.of("b", Axis.of("x"), Axis.of("y").log()))
                .section(
                        "Empty",
                        "",
                        BarPlot.of("c", Axis.of("x")),
                        Table.of("d", Column.text("e")).build())
                .build());

        assertThat(elements(html)).isNotEmpty();
        assertThat(html).doesNotContain("NaN").doesNotContain("Infinity");
    }

    private static List<Element> elements(String html) throws Exception {
        NodeList all = document(html).getElementsByTagName("*");
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            elements.add((Element) all.item(i));
        }
        return elements;
    }

    private static Document document(String html) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }

    private static List<String> attributes(Element element) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            names.add(element.getAttributes().item(i).getNodeName());
        }
        return names;
    }
}
