package praline.house;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Old offenders: what was untidy before its rule came. Each may shrink and none may grow, so the list gets shorter and
 * at last empty.
 *
 * <p>A line of the file is {@code rule place size}, as the finding prints them; {@code #} begins a comment.
 */
final class Ratchet {
    private final ImmutableMap<String, Integer> sizes;

    private Ratchet(ImmutableMap<String, Integer> sizes) {
        this.sizes = sizes;
    }

    static Ratchet parse(Collection<String> lines) {
        return new Ratchet(lines.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> Splitter.on(' ').limit(3).splitToList(line))
                .collect(toImmutableMap(
                        words -> words.get(0) + " " + words.get(1), words -> Integer.valueOf(words.get(2)))));
    }

    /** What is left to complain about: what is new, what has grown, and the lines that are no longer needed. */
    ImmutableList<String> complaints(Collection<Finding> findings) {
        List<String> complaints = new ArrayList<>();
        for (Finding finding : findings) {
            if (finding.size() > sizes.getOrDefault(key(finding), 0)) {
                complaints.add(finding.toString());
            }
        }
        sizes.forEach((key, size) -> {
            int largest = findings.stream()
                    .filter(finding -> key(finding).equals(key))
                    .mapToInt(Finding::size)
                    .max()
                    .orElse(0);
            if (largest < size) {
                complaints.add("ratchet.txt: " + key + " has shrunk from " + size + " to " + largest
                        + ": write the new number, or delete the line");
            }
        });
        return ImmutableList.copyOf(complaints);
    }

    private static String key(Finding finding) {
        return finding.rule() + " " + finding.place();
    }
}
