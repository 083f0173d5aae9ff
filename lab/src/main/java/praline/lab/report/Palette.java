package praline.lab.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gives each name one colour for the whole page, so that what is blue in one plot is blue in the next. Things compared
 * and the parts they are made of have colours of their own. The colours stand in the style sheet; they differ in
 * lightness too, so that they survive printing in grey and most kinds of colour blindness.
 */
final class Palette {

    static final int COLOURS = 8;

    private final Map<String, Integer> things = new LinkedHashMap<>();
    private final Map<String, Integer> parts = new LinkedHashMap<>();

    /** The class for a thing compared: a line, or a bar without parts. */
    String thing(String name) {
        return "c" + number(things, name);
    }

    /** The class for a part of a bar. */
    String part(String name) {
        return "p" + number(parts, name);
    }

    private static int number(Map<String, Integer> names, String name) {
        names.putIfAbsent(name, names.size());
        return names.getOrDefault(name, 0) % COLOURS;
    }
}
