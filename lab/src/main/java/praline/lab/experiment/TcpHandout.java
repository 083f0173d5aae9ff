package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import com.google.common.primitives.ImmutableLongArray;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import praline.lab.cluster.LoopbackHosts;
import praline.node.engine.Counters;
import praline.node.library.FoundFile;
import praline.node.net.TcpHost;
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
import praline.protocol.SplitMix64;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/**
 * A handout on real TCP inside this machine, with real files in a folder that is gone afterwards. Only the engines' own
 * limits keep anybody slow.
 */
final class TcpHandout implements HandoutWorld {

    private static final String NAME = "praline-distribution";
    private static final double NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long READY_SECONDS = 60;

    @Override
    public Handout handOut(Manner manner, HandoutPlan plan) {
        try {
            Path folder = Files.createTempDirectory(NAME);
            try (Site site = Site.open(plan, folder)) {
                return switch (manner) {
                    case CLIENT_SERVER -> copies(plan, site);
                    case SWARM -> swarm(plan, site);
                };
            } finally {
                MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the files of the experiment cannot be written", e);
        }
    }

    /** The nodes, their folders, and the file in that of the server. */
    private record Site(LoopbackHosts hosts, List<FolderDisk> disks, Path file, TorrentInfo torrent, Sha1 sha1)
            implements AutoCloseable {

        static Site open(HandoutPlan plan, Path folder) throws IOException {
            List<FolderDisk> disks = new ArrayList<>();
            for (int number = 0; number <= plan.peers(); number++) {
                disks.add(new FolderDisk(Files.createDirectories(folder.resolve("node-" + number))));
            }
            Path file = folder.resolve("node-0").resolve(NAME);
            MessageDigest whole = Sha1.newDigest();
            TorrentInfo torrent = plan.torrent(NAME, write(plan.options(), file, whole));
            int nodes = plan.peers() + 1;
            int links = nodes * plan.peers() / 2;
            LoopbackHosts hosts =
                    LoopbackHosts.open(nodes, links, plan.options().seed(), disks::get);
            return new Site(hosts, disks, file, torrent, Sha1.of(whole.digest()));
        }

        /** Writes bytes that nothing can compress, and returns the hashes of the pieces. */
        private static Bytes write(DistributionOptions options, Path file, MessageDigest whole) throws IOException {
            SplitMix64 random = new SplitMix64(options.seed());
            ByteBuffer hashes = ByteBuffer.allocate(options.pieceCount() * Sha1.SIZE);
            byte[] piece = new byte[options.pieceLength()];
            try (OutputStream out = Files.newOutputStream(file)) {
                for (long left = options.size(); left > 0; left -= piece.length) {
                    random.nextBytes(piece);
                    int size = (int) Math.min(left, piece.length);
                    out.write(piece, 0, size);
                    whole.update(piece, 0, size);
                    MessageDigest digest = Sha1.newDigest();
                    digest.update(piece, 0, size);
                    hashes.put(digest.digest());
                }
            }
            return Bytes.read(hashes.flip(), hashes.remaining());
        }

        ImmutableList<Endpoint> endpoints(List<Integer> numbers) {
            return numbers.stream().map(hosts::endpoint).collect(ImmutableList.toImmutableList());
        }

        /** Gives each node what {@code making} makes of its host. */
        <E> List<E> each(BiFunction<Integer, TcpHost, E> making) {
            List<E> all = new ArrayList<>();
            for (int number = 0; number < disks.size(); number++) {
                int node = number;
                all.add(hosts.askHost(node, host -> making.apply(node, host)));
            }
            return all;
        }

        @Override
        public void close() throws IOException {
            hosts.close();
            for (FolderDisk disk : disks) {
                disk.close();
            }
        }
    }

    private static Handout copies(HandoutPlan plan, Site site) throws IOException {
        FoundFile found = FoundFile.at(site.file.toRealPath()).orElseThrow();
        SharedFile file = new SharedFile(site.sha1, found.size(), Bytes.ofUtf8(NAME), found);
        FinishTimes times = new FinishTimes(plan.peers(), TcpHandout::now);
        List<TransferEngine> engines = site.each((number, host) -> {
            SharedContent shared = number == 0 ? new OneFile(file) : SharedContent.NONE;
            TransferListener listener = number == 0 ? TransferListener.NONE : times.transfer(number - 1);
            TransferEngine engine =
                    new TransferEngine(plan.transfer(number, host.listening()), host.transfer(), shared, listener);
            host.transfer().install(engine);
            return engine;
        });
        Wanted wanted = new Wanted(file.sha1(), file.size(), RemoteText.of(NAME), true);
        ImmutableList<Endpoint> server = site.endpoints(List.of(0));
        times.begin();
        for (int number = 1; number <= plan.peers(); number++) {
            TransferEngine engine = engines.get(number);
            begin(site.hosts.ask(number, () -> engine.fetch(wanted, server)));
        }
        await(times::isComplete, plan.limitMillis());
        long[] given = new long[plan.peers() + 1];
        given[0] = bytes(site, 0, engines, Counters.Direction.OUT);
        long[] taken = new long[plan.peers()];
        for (int peer = 0; peer < taken.length; peer++) {
            taken[peer] = bytes(site, peer + 1, engines, Counters.Direction.IN);
        }
        return new Handout(times.all(), ImmutableLongArray.copyOf(given), ImmutableLongArray.copyOf(taken), 0);
    }

    private static long bytes(Site site, int number, List<TransferEngine> engines, Counters.Direction direction) {
        return site.hosts.ask(number, () -> engines.get(number).counters().bytes(direction, Counters.Cause.TRANSFER));
    }

    private static Handout swarm(HandoutPlan plan, Site site) {
        FinishTimes times = new FinishTimes(plan.peers(), TcpHandout::now);
        List<SwarmEngine> engines = site.each((number, host) -> {
            SwarmListener listener = number == 0 ? SwarmListener.NONE : times.swarm(number - 1);
            SwarmEngine engine =
                    new SwarmEngine(plan.swarm(number, host.listening()), host.swarm(), SharedTorrents.NONE, listener);
            host.swarm().install(engine);
            return engine;
        });
        TorrentOrder order = TorrentOrder.of(site.torrent, ImmutableList.of());
        begin(site.hosts.ask(0, () -> engines.get(0).start(order)));
        await(() -> status(site, engines, 0).phase() == TorrentStatus.Phase.SEEDING, READY_SECONDS * 1_000);
        ImmutableList<ImmutableList<Integer>> neighbours = plan.neighbours();
        times.begin();
        for (int number = 1; number <= plan.peers(); number++) {
            TorrentOrder own = order.withPeers(site.endpoints(neighbours.get(number - 1)));
            SwarmEngine engine = engines.get(number);
            begin(site.hosts.ask(number, () -> engine.start(own)));
        }
        await(times::isComplete, plan.limitMillis());
        List<TorrentStatus> ends = new ArrayList<>();
        for (int number = 0; number <= plan.peers(); number++) {
            ends.add(status(site, engines, number));
        }
        return new Handout(
                times.all(),
                ImmutableLongArray.copyOf(ends.stream().mapToLong(TorrentStatus::uploaded)),
                ImmutableLongArray.copyOf(ends.stream().skip(1).mapToLong(TorrentStatus::downloaded)),
                ends.stream().mapToLong(TorrentStatus::wasted).sum());
    }

    private static TorrentStatus status(Site site, List<SwarmEngine> engines, int number) {
        return site.hosts.ask(number, () -> engines.get(number).torrents().get(0));
    }

    private static void begin(Optional<String> refusal) {
        refusal.ifPresent(why -> {
            throw new IllegalStateException("an engine does not begin: " + why);
        });
    }

    private static double now() {
        return System.nanoTime() / NANOS;
    }

    private static void await(BooleanSupplier condition, long millis) {
        double end = now() + millis;
        while (!condition.getAsBoolean() && now() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
