package praline.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import praline.cli.control.HitLine;
import praline.protocol.text.Printable;

/**
 * Prints hits as they come: for machines one JSON object a line; for people the name, and below it the hit's number,
 * what fetches the file and who has it. A hit that follows one of the same name has no name line of its own.
 */
final class HitTable {

    /** {@code urn:sha1:} and 32 letters. */
    private static final int URN_COLUMNS = 41;

    private static final int NUMBER_COLUMNS = 3;

    private final Output output;
    private final Set<String> contents = new HashSet<>();
    private final List<HitLine> hits = new ArrayList<>();
    private @Nullable String lastName;

    HitTable(Output output) {
        this.output = output;
    }

    void add(HitLine hit) {
        hits.add(hit);
        if (hit.sha1() != null) {
            contents.add(hit.sha1());
        }
        if (output.isJson()) {
            output.json(hit);
            return;
        }
        if (hits.size() == 1) {
            output.heading(row("NAME / URN", "SIZE", "FROM", "HOPS"));
        }
        if (!hit.name().equals(lastName)) {
            lastName = hit.name();
            output.line(Printable.cut(hit.name(), Output.COLUMNS));
        }
        String urn = hit.sha1() == null ? "-" : "urn:sha1:" + hit.sha1();
        String sharer = hit.host() + ":" + hit.port();
        output.faint(row(
                String.format(Locale.ROOT, "%2d %s", hits.size(), urn),
                Sizes.shown(hit.size()),
                sharer,
                Integer.toString(hit.hops())));
    }

    /** What was printed; the first one is number 1. */
    List<HitLine> hits() {
        return hits;
    }

    /** How many different contents were found; hits without a hash are not counted. */
    int contents() {
        return contents.size();
    }

    private static String row(String urn, String size, String sharer, String hops) {
        return String.format(
                Locale.ROOT, "%-" + (NUMBER_COLUMNS + URN_COLUMNS) + "s %8s %-21s %2s", urn, size, sharer, hops);
    }
}
