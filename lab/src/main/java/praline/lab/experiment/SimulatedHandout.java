package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import praline.lab.sim.ModelDisk;
import praline.lab.sim.NetworkModel;
import praline.lab.sim.Simulation;
import praline.lab.sim.SimulationConfig;
import praline.lab.sim.SwarmWire;
import praline.lab.sim.TransferWire;
import praline.lab.sim.VirtualNode;
import praline.node.engine.Counters;
import praline.node.swarm.SharedTorrents;
import praline.node.swarm.SwarmEngine;
import praline.node.swarm.SwarmListener;
import praline.node.swarm.TorrentOrder;
import praline.node.swarm.TorrentStatus;
import praline.node.transfer.SharedContent;
import praline.node.transfer.SharedFile;
import praline.node.transfer.TransferEngine;
import praline.node.transfer.TransferListener;
import praline.node.transfer.Wanted;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/** A handout in virtual time: uplinks and downlinks are those of the model, and no byte is moved. */
final class SimulatedHandout implements HandoutWorld {

    /** The server is ready long before the gun. */
    private static final int GUN_MILLIS = 1_000;

    @Override
    public Handout handOut(Manner manner, HandoutPlan plan) {
        DistributionOptions options = plan.options();
        NetworkModel network = new NetworkModel.PerMessage(options.delayMillis(), options.delayMillis());
        Simulation sim = new Simulation(SimulationConfig.synchronous(options.seed())
                .withNetwork(network)
                .withBoundedLinks());
        for (int number = 0; number <= plan.peers(); number++) {
            sim.addNode().limit(plan.capacity(number));
        }
        FinishTimes times = new FinishTimes(plan.peers(), sim::now);
        return switch (manner) {
            case CLIENT_SERVER -> new Copies(plan, sim, times).run();
            case SWARM -> new Swarm(plan, sim, times).run();
        };
    }

    private static TorrentInfo torrent(HandoutPlan plan) {
        ByteBuffer hashes = ByteBuffer.allocate(plan.options().pieceCount() * Sha1.SIZE);
        for (int piece = 0; hashes.hasRemaining(); piece++) {
            byte[] number = ByteBuffer.allocate(Integer.BYTES).putInt(piece).array();
            Sha1.digestOf(number).writeTo(hashes);
        }
        return plan.torrent("made up", Bytes.read(hashes.flip(), hashes.remaining()));
    }

    /** A server and its clients. */
    private static final class Copies {
        private final HandoutPlan plan;
        private final Simulation sim;
        private final FinishTimes times;
        private final SharedFile file;
        private final List<TransferEngine> engines = new ArrayList<>();

        Copies(HandoutPlan plan, Simulation sim, FinishTimes times) {
            this.plan = plan;
            this.sim = sim;
            this.times = times;
            TorrentInfo torrent = torrent(plan);
            this.file = new SharedFile(
                    torrent.infohash(), plan.options().size(), Bytes.ofUtf8("made up"), ModelDisk.shared(torrent));
        }

        Handout run() {
            for (int number = 0; number <= plan.peers(); number++) {
                start(sim.node(number));
            }
            sim.runUntil(GUN_MILLIS);
            times.begin();
            Wanted wanted = new Wanted(file.sha1(), file.size(), RemoteText.of("made up"), true);
            ImmutableList<Endpoint> server = ImmutableList.of(sim.node(0).endpoint());
            for (int number = 1; number <= plan.peers(); number++) {
                TransferEngine engine = engines.get(number);
                sim.node(number).run(() -> engine.fetch(wanted, server).ifPresent(SimulatedHandout::refused));
            }
            sim.runUntil(times::isComplete, GUN_MILLIS + plan.limitMillis());
            long sent = engines.get(0).counters().bytes(Counters.Direction.OUT, Counters.Cause.TRANSFER);
            long[] given = new long[plan.peers() + 1];
            given[0] = sent;
            long[] taken = engines.stream()
                    .skip(1)
                    .mapToLong(engine -> engine.counters().bytes(Counters.Direction.IN, Counters.Cause.TRANSFER))
                    .toArray();
            return new Handout(times.all(), ImmutableLongArray.copyOf(given), ImmutableLongArray.copyOf(taken), 0);
        }

        private void start(VirtualNode node) {
            int number = node.number();
            node.work(new ModelDisk(node.endpoint(), null));
            SharedContent shared = number == 0 ? new OneFile(file) : SharedContent.NONE;
            TransferListener listener = number == 0 ? TransferListener.NONE : times.transfer(number - 1);
            engines.add(node.add(
                    TransferWire.INSTANCE,
                    host -> new TransferEngine(plan.transfer(number, node.endpoint()), host, shared, listener)));
            node.start();
        }
    }

    /** A seed and its swarm. */
    private static final class Swarm {
        private final HandoutPlan plan;
        private final Simulation sim;
        private final FinishTimes times;
        private final TorrentInfo torrent;
        private final List<SwarmEngine> engines = new ArrayList<>();

        Swarm(HandoutPlan plan, Simulation sim, FinishTimes times) {
            this.plan = plan;
            this.sim = sim;
            this.times = times;
            this.torrent = torrent(plan);
        }

        Handout run() {
            for (int number = 0; number <= plan.peers(); number++) {
                start(sim.node(number));
            }
            TorrentOrder order = TorrentOrder.of(torrent, ImmutableList.of());
            join(0, order);
            sim.runUntil(GUN_MILLIS);
            times.begin();
            ImmutableList<ImmutableList<Integer>> neighbours = plan.neighbours();
            for (int number = 1; number <= plan.peers(); number++) {
                ImmutableList<Endpoint> known = neighbours.get(number - 1).stream()
                        .map(other -> sim.node(other).endpoint())
                        .collect(ImmutableList.toImmutableList());
                join(number, order.withPeers(known));
            }
            sim.runUntil(times::isComplete, GUN_MILLIS + plan.limitMillis());
            List<TorrentStatus> ends =
                    engines.stream().map(engine -> engine.torrents().get(0)).toList();
            return new Handout(
                    times.all(),
                    ImmutableLongArray.copyOf(ends.stream().mapToLong(TorrentStatus::uploaded)),
                    ImmutableLongArray.copyOf(ends.stream().skip(1).mapToLong(TorrentStatus::downloaded)),
                    ends.stream().mapToLong(TorrentStatus::wasted).sum());
        }

        private void start(VirtualNode node) {
            int number = node.number();
            ModelDisk disk = new ModelDisk(node.endpoint(), null);
            if (number == 0) {
                disk.fill(torrent);
            }
            node.work(disk);
            SwarmListener listener = number == 0 ? SwarmListener.NONE : times.swarm(number - 1);
            engines.add(node.add(
                    SwarmWire.HONEST,
                    host -> new SwarmEngine(plan.swarm(number, node.endpoint()), host, SharedTorrents.NONE, listener)));
            node.start();
        }

        private void join(int number, TorrentOrder order) {
            SwarmEngine engine = engines.get(number);
            sim.node(number).run(() -> engine.start(order).ifPresent(SimulatedHandout::refused));
        }
    }

    private static void refused(String why) {
        throw new IllegalStateException("an engine does not begin: " + why);
    }
}
