package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;

/**
 * What a comparison found out. In virtual time it is a function of the options, the files and the version of the
 * program.
 *
 * @param files different ones
 * @param copies of them on all nodes
 * @param queriesByHash of the steady phase, as all that is counted here
 * @param queriesForNothing whose file no other node has
 * @param rate queries a second
 */
public record ComparisonResult(
        CompareOptions options,
        int files,
        int copies,
        int queriesByHash,
        int queriesForNothing,
        double rate,
        ImmutableList<WayResult> ways,
        Timing timing) {

    /** Of the program: the same version, options and files give the same result in virtual time. */
    public static final String VERSION = "0.1.0";

    /**
     * How long it took on this machine; no part of the result proper.
     *
     * @param seconds on the wall clock
     */
    public record Timing(double seconds) {}

    public WayResult of(Way way) {
        return ways.stream().filter(result -> result.way() == way).findFirst().orElseThrow();
    }

    /**
     * Keys of the limits that acted in some network though the user did not allow it: the comparison measured them too
     * (spec/hardening.md L4).
     */
    public ImmutableSortedSet<String> limitsHit() {
        return ways.stream()
                .flatMap(way -> way.limitHits().keySet().stream())
                .filter(key -> key.startsWith("limits."))
                .filter(key -> !options.allowedLimits().contains(key))
                .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
    }
}
