package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import praline.lab.sim.Capacity;
import praline.node.engine.Profile;
import praline.node.swarm.SwarmConfig;
import praline.node.swarm.SwarmLimits;
import praline.node.transfer.TransferConfig;
import praline.node.transfer.TransferLimits;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Limits;
import praline.protocol.Sha1;
import praline.protocol.SplitMix64;
import praline.protocol.bittorrent.Bencode;
import praline.protocol.bittorrent.TorrentFile;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/**
 * What each node of one handout is told and allowed, in either world: node 0 has the file, nodes 1 to N want it. A pure
 * function of the options.
 */
record HandoutPlan(DistributionOptions options, int peers) {

    /** As many as a tracker names when nobody says how many. */
    private static final int NEIGHBOURS = 50;

    /**
     * Everybody begins at once and is done within a few of the usual rounds of 10 s; while they stand still, peers fall
     * apart into groups that want nothing of each other. With rounds of 1 s, 30 peers need 1.09 times the bound instead
     * of 1.16. The server has a slot for everybody: its uplink sends what is rarest, and so finds more to choose from.
     */
    private static final int ROUND_MILLIS = 1_000;

    /** More than any of these takes: nobody loses a slot because there are many. */
    private static final long PATIENCE_MILLIS = 600_000;

    private static final int LINKS_SPARE = 8;

    /** Who is known to each peer when it begins: some of those with lower numbers, as a tracker would name them. */
    ImmutableList<ImmutableList<Integer>> neighbours() {
        SplitMix64 random = SplitMix64.stream(options.seed(), 1);
        ImmutableList.Builder<ImmutableList<Integer>> all = ImmutableList.builder();
        for (int number = 1; number <= peers; number++) {
            all.add(some(number, random));
        }
        return all.build();
    }

    private static ImmutableList<Integer> some(int below, SplitMix64 random) {
        List<Integer> left = new ArrayList<>();
        for (int number = 0; number < below; number++) {
            left.add(number);
        }
        for (int i = 0; below > NEIGHBOURS && i < NEIGHBOURS; i++) {
            int chosen = i + random.below(below - i);
            int other = left.set(chosen, left.get(i));
            left.set(i, other);
        }
        return ImmutableList.copyOf(left.subList(0, Math.min(below, NEIGHBOURS)));
    }

    Capacity capacity(int number) {
        return number == 0 ? Capacity.up(options.serverUp()) : new Capacity(options.peerUp(), options.peerDown());
    }

    SwarmConfig swarm(int number, Endpoint self) {
        SwarmConfig standard = SwarmConfig.standard(self, Profile.EXPERIMENT);
        return new SwarmConfig(
                self,
                standard.profile(),
                standard.picker(),
                standard.choker(),
                number == 0 ? peers : standard.slots(),
                standard.optimisticSlots(),
                ROUND_MILLIS,
                ROUND_MILLIS,
                capacity(number).up(),
                capacity(number).down(),
                SwarmLimits.STANDARD);
    }

    TransferConfig transfer(int number, Endpoint self) {
        Map<String, Long> limits = Map.of(
                "limits.upload.active",
                (long) Math.min(peers, 1_000),
                "limits.upload.links",
                (long) peers + LINKS_SPARE,
                "limits.upload.stallMillis",
                PATIENCE_MILLIS,
                "limits.upload.stallBytes",
                1L,
                "limits.download.stallMillis",
                PATIENCE_MILLIS,
                "limits.download.stallBytes",
                1L);
        return new TransferConfig(
                self, Profile.EXPERIMENT, capacity(number).up(), Limits.with(TransferLimits.class, limits));
    }

    /** No handout takes longer, unless somebody is forgotten. */
    long limitMillis() {
        return (long) (60_000 + 5 * Manner.CLIENT_SERVER.boundMillis(options, peers));
    }

    /** The torrent of a file whose pieces have these hashes, one after another. */
    TorrentInfo torrent(String name, Bytes hashes) {
        Bytes info = new Bencode.Dictionary.Builder()
                .put("length", options.size())
                .put("name", name)
                .put("piece length", options.pieceLength())
                .put("pieces", hashes)
                .build()
                .encode();
        return new TorrentInfo(
                Sha1.digestOf(info.toArray()),
                info,
                RemoteText.of(name),
                options.pieceLength(),
                options.size(),
                hashes,
                ImmutableList.of(new TorrentFile(ImmutableList.of(), 0, options.size(), false)),
                false);
    }
}
