package praline.lab.report;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a {@link Page} as one file that needs nothing else: no network, no script, no font. It is well-formed XML too.
 * A content security policy in it allows its own style sheet and nothing more (spec/hardening.md A6, A12).
 */
public final class HtmlPage {

    private static final Splitter PARAGRAPHS = Splitter.on("\n\n").trimResults().omitEmptyStrings();

    /** A page with fewer sections is seen at a glance. */
    private static final int CONTENTS_MIN = 3;

    private final Page page;
    private final Markup out = new Markup();
    private final Exhibits exhibits = new Exhibits(out);

    private HtmlPage(Page page) {
        this.page = page;
    }

    /** Writes {@code page} to {@code file}, which is replaced if it is there. */
    public static void write(Page page, Path file) throws IOException {
        Files.writeString(file, render(page));
    }

    /** {@code page} as HTML in UTF-8. */
    public static String render(Page page) {
        return new HtmlPage(page).document();
    }

    private String document() {
        out.open("html", "lang", "en");
        head(styleSheet());
        out.open("body").open("main");
        masthead();
        lines("aside", "warnings", "Before you read on", page.warnings());
        keyFigures();
        lines("section", "findings", "What the numbers show", page.findings());
        contents();
        for (int i = 0; i < page.sections().size(); i++) {
            section(i);
        }
        definitions();
        footer();
        out.close().close().close();
        return out.document();
    }

    private void head(String style) {
        String digest = BaseEncoding.base64()
                .encode(Hashing.sha256()
                        .hashString(style, StandardCharsets.UTF_8)
                        .asBytes());
        out.open("head");
        out.empty("meta", "charset", "utf-8");
        out.empty(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; style-src 'sha256-" + digest + "'; base-uri 'none'; form-action 'none'");
        out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        out.empty("meta", "name", "color-scheme", "content", "light dark");
        out.empty("meta", "name", "referrer", "content", "no-referrer");
        out.element("title", page.title());
        out.open("style").verbatim(style).close();
        out.close();
    }

    private static String styleSheet() {
        try {
            return Resources.toString(Resources.getResource(HtmlPage.class, "report.css"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the style sheet of reports cannot be read", e);
        }
    }

    private void masthead() {
        out.open("header").element("h1", page.title());
        if (!page.subtitle().isEmpty()) {
            out.element("p", page.subtitle(), "class", "subtitle");
        }
        out.close();
    }

    private void lines(String element, String name, String heading, ImmutableList<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        out.open(element, "class", name).element("h2", heading).open("ul");
        lines.forEach(line -> out.element("li", line));
        out.close().close();
    }

    private void keyFigures() {
        if (page.keyFigures().isEmpty()) {
            return;
        }
        out.open("dl", "class", "figures");
        for (Page.KeyFigure figure : page.keyFigures()) {
            out.open("div").element("dt", figure.label()).element("dd", figure.value(), "class", "large");
            if (!figure.remark().isEmpty()) {
                out.element("dd", figure.remark());
            }
            out.close();
        }
        out.close();
    }

    private void contents() {
        if (page.sections().size() < CONTENTS_MIN) {
            return;
        }
        out.open("nav", "aria-label", "Contents").open("ol");
        for (int i = 0; i < page.sections().size(); i++) {
            out.open("li")
                    .element("a", page.sections().get(i).heading(), "href", "#" + anchor(i))
                    .close();
        }
        out.close().close();
    }

    private void section(int number) {
        Section section = page.sections().get(number);
        out.open("section", "id", anchor(number)).element("h2", section.heading());
        paragraphs(section.explanation());
        section.exhibits().forEach(exhibits::show);
        out.close();
    }

    private static String anchor(int number) {
        return "section-" + (number + 1);
    }

    private void paragraphs(String text) {
        for (String paragraph : PARAGRAPHS.split(text)) {
            out.element("p", CharMatcher.whitespace().collapseFrom(paragraph, ' '));
        }
    }

    private void definitions() {
        if (page.definitions().isEmpty()) {
            return;
        }
        out.open("details", "class", "definitions")
                .element("summary", "What the words mean")
                .open("dl");
        for (Page.Definition definition : page.definitions()) {
            out.element("dt", definition.word()).element("dd", definition.meaning());
        }
        out.close().close();
    }

    private void footer() {
        if (page.command().isEmpty() && page.footer().isEmpty()) {
            return;
        }
        out.open("footer");
        if (!page.command().isEmpty()) {
            out.element("p", "The same again:")
                    .open("pre")
                    .element("code", page.command())
                    .close();
        }
        page.footer().forEach(line -> out.element("p", line));
        out.close();
    }
}
