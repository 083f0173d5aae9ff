package praline.lab.experiment;

import com.google.common.collect.ImmutableList;

/**
 * What an experiment of giving a file to many found out.
 *
 * @param runs by number of peers, in the order asked for, and then by manner
 * @param seconds that it took on this machine; no part of the result
 */
public record DistributionResult(DistributionOptions options, ImmutableList<DistributionRun> runs, double seconds) {

    /** Whether everybody got the file in every run. */
    public boolean isComplete() {
        return runs.stream().allMatch(run -> Double.isFinite(run.lastMillis()));
    }

    ImmutableList<DistributionRun> of(Manner manner) {
        return runs.stream().filter(run -> run.manner() == manner).collect(ImmutableList.toImmutableList());
    }
}
