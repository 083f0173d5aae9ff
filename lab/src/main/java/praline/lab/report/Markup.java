package praline.lab.report;

import com.google.common.html.HtmlEscapers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import praline.protocol.text.Printable;

/**
 * Writes elements, attributes and text that read the same as HTML and as XML. The only way into it for text is escaped,
 * first what could deceive a reader, then what could be markup (spec/hardening.md A6); elements always close in order.
 */
final class Markup {

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Begins an element; {@code attributes} are names and values in turn. */
    Markup open(String element, String... attributes) {
        start(element, attributes).append('>');
        open.push(element);
        return this;
    }

    /** Ends the element that was begun last. */
    Markup close() {
        out.append("</").append(open.pop()).append(">\n");
        return this;
    }

    /** An element without content. */
    Markup empty(String element, String... attributes) {
        start(element, attributes).append("/>\n");
        return this;
    }

    /** An element that holds nothing but text. */
    Markup element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close();
    }

    Markup text(String text) {
        out.append(escaped(text));
        return this;
    }

    /** Text of this program that is no markup for the reader, such as a style sheet: without {@code <}. */
    Markup verbatim(String own) {
        if (own.indexOf('<') >= 0 || own.indexOf('&') >= 0) {
            throw new IllegalArgumentException("only text without markup is written as it is: " + own);
        }
        out.append(own);
        return this;
    }

    /** The document; every element must be closed. */
    String document() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("still open: " + open);
        }
        return "<!DOCTYPE html>\n" + out;
    }

    /** A coordinate, to a hundredth of a pixel, so that pages stay small. */
    static String number(double value) {
        String shown = String.format(Locale.ROOT, "%.2f", value);
        String bare = shown.replaceAll("\\.?0+$", "");
        return bare.equals("-0") ? "0" : bare;
    }

    private StringBuilder start(String element, String... attributes) {
        if (attributes.length % 2 != 0) {
            throw new IllegalArgumentException("an attribute of " + element + " has no value");
        }
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1]))
                    .append('"');
        }
        return out;
    }

    private static String escaped(String text) {
        return HtmlEscapers.htmlEscaper().escape(Printable.of(text));
    }
}
