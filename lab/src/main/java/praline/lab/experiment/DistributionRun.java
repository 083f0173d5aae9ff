package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import java.util.stream.IntStream;

/**
 * One way of giving a file to so many peers, measured.
 *
 * @param boundMillis no way of this manner is faster
 * @param firstMillis when the first peer had the file, from the moment at which all began
 * @param meanMillis when a peer had it on average
 * @param lastMillis when the last one had it; not a number if somebody never did
 * @param serverCopies how often the server sent the file, in whole copies
 * @param serverUse the share of what the server's uplink could have carried that it carried, until the end
 * @param peerUse the same of the peers' uplinks
 * @param wastedCopies bytes that came twice, in whole copies
 * @param fairness Jain's index over what each peer gave: 1 if all gave alike, 1/peers if one gave all
 * @param byPeer in the order of their numbers
 */
public record DistributionRun(
        Manner manner,
        int peers,
        double boundMillis,
        double firstMillis,
        double meanMillis,
        double lastMillis,
        double serverCopies,
        double serverUse,
        double peerUse,
        double wastedCopies,
        double fairness,
        ImmutableList<Peer> byPeer) {

    /**
     * One peer.
     *
     * @param given bytes
     * @param taken bytes
     */
    public record Peer(double finishedMillis, long given, long taken) {}

    static DistributionRun of(DistributionOptions options, Manner manner, int peers, Handout seen) {
        double last = seen.finishedMillis().stream().reduce(0, Math::max);
        double[] gave = seen.given().stream().skip(1).asDoubleStream().toArray();
        double peersGave = seen.given().stream().skip(1).sum();
        double seconds = last / 1_000;
        return new DistributionRun(
                manner,
                peers,
                manner.boundMillis(options, peers),
                seen.finishedMillis().stream().reduce(Double.POSITIVE_INFINITY, Math::min),
                seen.finishedMillis().stream().average().orElse(Double.NaN),
                last,
                (double) seen.given().get(0) / options.size(),
                seen.given().get(0) / (options.serverUp() * seconds),
                peersGave / (options.peerUp() * peers * seconds),
                (double) seen.wasted() / options.size(),
                jain(gave),
                IntStream.range(0, peers)
                        .mapToObj(i -> new Peer(
                                seen.finishedMillis().get(i),
                                seen.given().get(i + 1),
                                seen.taken().get(i)))
                        .collect(ImmutableList.toImmutableList()));
    }

    /** How many times the bound it took; 1 is perfect. */
    public double ratio() {
        return lastMillis / boundMillis;
    }

    /** Jain, Chiu, Hawe 1984; not a number if nobody has anything. */
    static double jain(double[] shares) {
        double sum = 0;
        double squares = 0;
        for (double share : shares) {
            sum += share;
            squares += share * share;
        }
        return sum * sum / (shares.length * squares);
    }
}
