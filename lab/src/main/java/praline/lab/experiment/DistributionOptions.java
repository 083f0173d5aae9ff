package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import java.util.stream.Collectors;
import praline.lab.sim.Capacity;
import praline.protocol.UserError;

/**
 * What the user of the distribution experiment chooses. Rates are in bytes of payload a second.
 *
 * @param peers how many want the file; one run of each manner for each number
 * @param size of the file in bytes
 * @param serverUp what the server, the first seed, gives
 * @param peerUp what each peer gives
 * @param peerDown what each peer takes; {@link Capacity#UNBOUNDED}
 * @param pieceLength of the torrent, a power of two
 * @param delayMillis of each hop in virtual time
 * @param seed of every decision that chance makes
 * @param world where it runs
 */
public record DistributionOptions(
        ImmutableList<Integer> peers,
        long size,
        long serverUp,
        long peerUp,
        long peerDown,
        int pieceLength,
        int delayMillis,
        long seed,
        World world) {

    private static final int MEGA = 1_000_000;

    /** What {@code praline compare --distribution} does when nothing is said. */
    public static final DistributionOptions DEFAULT = new DistributionOptions(
            ImmutableList.of(5, 10, 20), 20L * MEGA, MEGA, MEGA, Capacity.UNBOUNDED, 65_536, 5, 1, World.TCP);

    private static final int PEERS_MAX_TCP = 30;
    private static final int PEERS_MAX_SIM = 2_000;
    private static final int PIECE_MIN = 16_384;
    private static final int PIECE_MAX = 1 << 24;
    private static final int PIECES_MAX = 100_000;
    private static final long RATE_MIN = 1_024;
    private static final int DELAY_MAX = 10_000;

    /**
     * Checks that there is such an experiment.
     *
     * @throws UserError if there is none
     */
    public DistributionOptions {
        int most = world == World.TCP ? PEERS_MAX_TCP : PEERS_MAX_SIM;
        require(!peers.isEmpty(), "there must be a number of peers", "--peers");
        require(
                peers.stream().allMatch(count -> 1 <= count && count <= most),
                "there may be 1 to " + most + " peers on " + world.id(),
                "--peers");
        require(serverUp >= RATE_MIN, "a rate is " + RATE_MIN + " bytes a second at least", "--us");
        require(peerUp >= RATE_MIN, "a rate is " + RATE_MIN + " bytes a second at least", "--ui");
        require(peerDown >= RATE_MIN, "a rate is " + RATE_MIN + " bytes a second at least", "--down");
        require(
                PIECE_MIN <= pieceLength && pieceLength <= PIECE_MAX && Integer.bitCount(pieceLength) == 1,
                "a piece has a power of two of bytes, 16K to 16M",
                "--piece");
        require(1 <= size && size <= (long) PIECES_MAX * pieceLength, "a file has 1 to 100000 pieces", "--size");
        require(1 <= delayMillis && delayMillis <= DELAY_MAX, "a hop takes 1 to 10000 ms", "--delay");
    }

    public DistributionOptions withWorld(World other) {
        return new DistributionOptions(peers, size, serverUp, peerUp, peerDown, pieceLength, delayMillis, seed, other);
    }

    public DistributionOptions withPeers(Integer... counts) {
        return new DistributionOptions(
                ImmutableList.copyOf(counts), size, serverUp, peerUp, peerDown, pieceLength, delayMillis, seed, world);
    }

    public DistributionOptions withRates(long newServerUp, long newPeerUp) {
        return new DistributionOptions(
                peers, size, newServerUp, newPeerUp, peerDown, pieceLength, delayMillis, seed, world);
    }

    public DistributionOptions withFile(long newSize, int newPieceLength) {
        return new DistributionOptions(
                peers, newSize, serverUp, peerUp, peerDown, newPieceLength, delayMillis, seed, world);
    }

    public DistributionOptions withSeed(long other) {
        return new DistributionOptions(peers, size, serverUp, peerUp, peerDown, pieceLength, delayMillis, other, world);
    }

    /** The command that does the same again. */
    public String command() {
        String counts = peers.stream().map(String::valueOf).collect(Collectors.joining(","));
        String down = peerDown == Capacity.UNBOUNDED ? "" : " --down " + peerDown;
        String delay = world == World.SIM ? " --delay " + delayMillis : "";
        return "praline compare --distribution --on " + world.id() + " --peers " + counts + " --size " + size
                + " --us " + serverUp + " --ui " + peerUp + down + " --piece " + pieceLength + delay + " --seed "
                + seed;
    }

    int pieceCount() {
        return (int) ((size + pieceLength - 1) / pieceLength);
    }

    private static void require(boolean condition, String what, String where) {
        if (!condition) {
            throw new UserError(UserError.Kind.USAGE, what, where);
        }
    }
}
