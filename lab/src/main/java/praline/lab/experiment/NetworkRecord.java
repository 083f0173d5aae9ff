package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/**
 * What happened in one network, as it was noted. Times are in milliseconds on the network's clock.
 *
 * @param traces of all queries, by number
 * @param joinedAt when all links stood and all files were published
 * @param begin of the measurement
 * @param joining what each node handled before it
 * @param steady what each node handled in the steady phase
 * @param steadyMillis how long that was
 * @param samples of the second phase, one a second
 * @param killedAt when the victim died
 * @param rejoinings leaves that found a supernode, from the beginning on
 * @param recordsBackAt when, after that, the leaders held the files of all leaves again; NaN: never
 * @param limitHits how often each limit acted, by key
 */
record NetworkRecord(
        NetworkPlan plan,
        ImmutableList<QueryTrace> traces,
        double joinedAt,
        double begin,
        ImmutableList<Tally> joining,
        ImmutableList<Tally> steady,
        double steadyMillis,
        ImmutableList<Sample> samples,
        double killedAt,
        ImmutableList<NetworkNotes.Rejoining> rejoinings,
        double recordsBackAt,
        ImmutableMap<String, Long> limitHits) {

    /** What all nodes together had sent by some moment. */
    record Sample(double at, long maintenanceBytes, long publicationBytes) {}
}
