package praline.lab.report;

import praline.protocol.text.Printable;

/** Shapes and labels of a drawing, at coordinates in pixels from its upper left corner. */
final class Svg {

    /** Of every drawing; the page stretches it. */
    static final double WIDTH = 760;

    /** More than a character of the fonts in use takes on average, at the size of labels. */
    private static final double CHARACTER_WIDTH = 7.6;

    private final Markup out;

    Svg(Markup out) {
        this.out = out;
    }

    /** How much room a label takes, rather too much than too little. */
    static double widthOf(String label) {
        return Printable.width(label) * CHARACTER_WIDTH;
    }

    void begin(double height, String description) {
        out.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 " + Markup.number(WIDTH) + " " + Markup.number(height),
                "role",
                "img",
                "aria-label",
                description);
    }

    void end() {
        out.close();
    }

    void line(double x1, double y1, double x2, double y2, String look) {
        out.empty(
                "line",
                "x1",
                Markup.number(x1),
                "y1",
                Markup.number(y1),
                "x2",
                Markup.number(x2),
                "y2",
                Markup.number(y2),
                "class",
                look);
    }

    /** With a tooltip, unless it is empty. */
    void rectangle(double x, double y, double width, double height, String look, String tooltip) {
        shape(
                "rect",
                tooltip,
                "x",
                Markup.number(x),
                "y",
                Markup.number(y),
                "width",
                Markup.number(width),
                "height",
                Markup.number(height),
                "class",
                look);
    }

    void circle(double x, double y, double radius, String look, String tooltip) {
        shape(
                "circle",
                tooltip,
                "cx",
                Markup.number(x),
                "cy",
                Markup.number(y),
                "r",
                Markup.number(radius),
                "class",
                look);
    }

    void path(String data, String look, String tooltip) {
        shape("path", tooltip, "d", data, "class", look);
    }

    /** {@code look} names classes; {@code start}, {@code middle} or {@code end} among them says what x is. */
    void label(double x, double y, String text, String look) {
        out.element("text", text, "x", Markup.number(x), "y", Markup.number(y), "class", look);
    }

    private void shape(String element, String tooltip, String... attributes) {
        if (tooltip.isEmpty()) {
            out.empty(element, attributes);
        } else {
            out.open(element, attributes).element("title", tooltip).close();
        }
    }
}
