package praline.cli;

import org.jspecify.annotations.Nullable;

/**
 * What a cluster in the background tells the command that started it, one JSON object a line.
 *
 * @param standing nodes that accept connections by now; null in the last line
 * @param up all of them do, and the cluster has taken over its own care; null in all other lines
 */
record StartLine(@Nullable Integer standing, @Nullable ClusterSummary up) {

    /** Asks for these lines; never given by a person. */
    static final String OPTION = "--report-start";

    static StartLine of(int standing) {
        return new StartLine(standing, null);
    }

    static StartLine of(ClusterSummary up) {
        return new StartLine(null, up);
    }
}
