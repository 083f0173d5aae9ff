package praline.bench;

import com.google.common.collect.ImmutableList;
import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import praline.node.disk.ByteBlock;
import praline.node.engine.Block;
import praline.node.engine.CloseReason;
import praline.node.engine.DialFailure;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.Link;
import praline.node.engine.LinkEngine;
import praline.node.engine.LinkPurpose;
import praline.node.engine.Profile;
import praline.node.net.HostConfig;
import praline.node.net.NetLimits;
import praline.node.net.NodeDisk;
import praline.node.net.TcpHost;
import praline.node.swarm.SwarmFrame;
import praline.node.swarm.SwarmFrame.OwnBlock;
import praline.node.swarm.SwarmFrame.ReceivedBlock;
import praline.node.swarm.SwarmFrame.Said;
import praline.node.transfer.SharedFile;
import praline.protocol.Bytes;
import praline.protocol.Defect;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.PeerMessage;
import praline.protocol.bittorrent.PeerMessage.Hello;

/**
 * What the host alone takes for a torrent on its way from file to file over loopback: blocks pushed as fast as the link
 * takes them, hashed and written as pieces. Two processes, so that each side's CPU time is its own.
 *
 * <pre>SwarmSpeed [MIB]          default 1024</pre>
 *
 * <p>Beside it, the cost of what cannot be left out: hashing and writing the same bytes in one thread.
 */
public final class SwarmSpeed {

    private static final int PIECE = 1 << 20;
    private static final Sha1 TORRENT = Sha1.digestOf(new byte[] {1});
    private static final Endpoint ANYWHERE = Endpoint.ofIpv4(0x7F000001, 0);
    private static final double NANOS = 1e9;
    private static final double MEBI = 1 << 20;

    private SwarmSpeed() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("seed")) {
            seed(Path.of(arguments[1]), System.out::println);
            return;
        }
        int mebibytes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_024;
        Path folder = Files.createTempDirectory("swarm-speed");
        try {
            measure(folder, mebibytes, System.out::println);
        } finally {
            for (Path file : List.of(folder.resolve("own"), folder.resolve("got"), folder)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void measure(Path folder, int mebibytes, Consumer<String> out) throws Exception {
        Path own = folder.resolve("own");
        Path got = folder.resolve("got");
        long before = cpuNanos();
        write(own, mebibytes);
        out.accept(format(
                "floor   %.2f CPU-s per GiB to hash and write", (cpuNanos() - before) / NANOS * 1_024 / mebibytes));

        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SwarmSpeed.class.getName(), "seed"));
        command.add(own.toString());
        Process seed = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = seed.inputReader()) {
            Endpoint from = Endpoint.parse(said.readLine()).orElseThrow();
            long cpuBefore = cpuNanos();
            long began = System.nanoTime();
            fetch(from, got, mebibytes);
            double seconds = (System.nanoTime() - began) / NANOS;
            out.accept(format("rate    %.0f MB/s", mebibytes * MEBI / 1e6 / seconds));
            out.accept(format("leecher %.2f CPU-s per GiB", (cpuNanos() - cpuBefore) / NANOS * 1_024 / mebibytes));
            seed.outputWriter().append("end\n").close();
            out.accept(format("seed    %.2f CPU-s per GiB", Double.parseDouble(said.readLine()) * 1_024 / mebibytes));
        } finally {
            seed.destroy();
        }
        if (Files.mismatch(own, got) != -1) {
            throw new IllegalStateException("the bytes differ");
        }
    }

    /** Gives {@code file} to whoever comes, until a line is read; prints where, and at the end the CPU time it took. */
    private static void seed(Path file, Consumer<String> out) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (FileDisk disk = new FileDisk(file)) {
            Seed seed = new Seed((int) (Files.size(file) / PeerMessage.BLOCK));
            out.accept(start(vertx, disk, seed).toString());
            long before = cpuNanos();
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII)).readLine();
            out.accept(Double.toString((cpuNanos() - before) / NANOS));
        } finally {
            vertx.close().await();
        }
    }

    private static void fetch(Endpoint from, Path file, int mebibytes) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (FileDisk disk = new FileDisk(file)) {
            Leech leech = new Leech(mebibytes * (int) (MEBI / PIECE));
            start(vertx, disk, leech);
            leech.dial(from);
            leech.done.await();
        } finally {
            vertx.close().await();
        }
    }

    private static Endpoint start(Vertx vertx, NodeDisk disk, Peer peer) {
        HostConfig config = new HostConfig(ANYWHERE, Profile.LAB, NetLimits.STANDARD, WireLimits.STANDARD, 1);
        CompletableFuture<Endpoint> where = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(onLoop -> {
            TcpHost host = new TcpHost(vertx, config, disk);
            peer.livesOn(host);
            host.swarm().install(peer);
            host.listen().onSuccess(where::complete);
        });
        return where.join();
    }

    private static void write(Path file, int mebibytes) throws IOException {
        byte[] piece = new byte[PIECE];
        MessageDigest digest = Sha1.newDigest();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; i < mebibytes; i++) {
                digest.update(piece);
                System.arraycopy(digest.digest(), 0, piece, 0, Sha1.SIZE);
                ByteBuffer bytes = ByteBuffer.wrap(piece);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** What both sides have in common: a hello. */
    private abstract static class Peer implements LinkEngine<SwarmFrame> {

        private @Nullable TcpHost host;

        void livesOn(TcpHost itsHost) {
            host = itsHost;
        }

        TcpHost host() {
            return Objects.requireNonNull(host, "a peer lives on a host before anything happens to it");
        }

        @Override
        public void onStart() {}

        @Override
        public void onLinkOpen(Link<SwarmFrame> link, long ticket) {
            Hello hello = new Hello(Hello.OURS, TORRENT, Bytes.ofUtf8("-XX0000-123456789012"));
            if (!link.send(new Said(hello))) {
                throw new IllegalStateException("no room for a hello");
            }
        }

        @Override
        public void onDialFailed(long ticket, DialFailure why) {
            throw new IllegalStateException("nobody answers: " + why);
        }

        @Override
        public void onDefect(Link<SwarmFrame> link, Defect defect) {
            throw new IllegalStateException("no message: " + defect);
        }

        @Override
        public void onWritable(Link<SwarmFrame> link) {}

        @Override
        public void onLinkClosed(Link<SwarmFrame> link, CloseReason why) {}

        @Override
        public void onJobDone(long ticket, JobResult result) {}

        @Override
        public void onWake() {}

        @Override
        public long nextWake() {
            return Long.MAX_VALUE;
        }
    }

    /** Pushes all blocks in their order. */
    private static final class Seed extends Peer {

        private final int blockCount;
        private int next;

        Seed(int blockCount) {
            this.blockCount = blockCount;
        }

        @Override
        public void onMessage(Link<SwarmFrame> link, SwarmFrame frame) {
            onWritable(link);
        }

        @Override
        public void onWritable(Link<SwarmFrame> link) {
            int perPiece = PIECE / PeerMessage.BLOCK;
            while (next < blockCount) {
                int begin = next % perPiece * PeerMessage.BLOCK;
                if (!link.send(new OwnBlock(TORRENT, next / perPiece, begin, PeerMessage.BLOCK))) {
                    return;
                }
                next++;
            }
        }
    }

    /** Has each piece stored as soon as it is whole. */
    private static final class Leech extends Peer {

        final CountDownLatch done = new CountDownLatch(1);
        private ImmutableList.Builder<Block> blocks = ImmutableList.builder();
        private int left;

        Leech(int pieceCount) {
            this.left = pieceCount;
        }

        void dial(Endpoint to) {
            host().run(() -> host().swarm().dial(to, LinkPurpose.SWARM));
        }

        @Override
        public void onMessage(Link<SwarmFrame> link, SwarmFrame frame) {
            if (frame instanceof ReceivedBlock received) {
                blocks.add(received.block());
                if (received.begin() + PeerMessage.BLOCK == PIECE) {
                    host().swarm().submit(new Job.StorePiece(TORRENT, received.piece(), blocks.build(), false));
                    blocks = ImmutableList.builder();
                }
            }
        }

        @Override
        public void onJobDone(long ticket, JobResult result) {
            if (!(result instanceof JobResult.PieceStored)) {
                throw new IllegalStateException("not stored: " + result);
            }
            left--;
            if (left == 0) {
                done.countDown();
            }
        }
    }

    /** One file as a torrent. */
    private static final class FileDisk implements NodeDisk, AutoCloseable {

        private final FileChannel channel;

        FileDisk(Path file) throws IOException {
            this.channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }

        @Override
        public JobResult run(Job job) {
            Job.StorePiece store = (Job.StorePiece) job;
            MessageDigest digest = Sha1.newDigest();
            long offset = (long) store.piece() * PIECE;
            try {
                for (Block block : store.blocks()) {
                    ByteBuffer bytes = ((ByteBlock) block).bytes();
                    digest.update(bytes.duplicate());
                    offset += channel.write(bytes, offset);
                }
            } catch (IOException e) {
                return new JobResult.Failed(JobResult.Problem.IO_ERROR, e.toString());
            }
            if (digest.digest().length != Sha1.SIZE) {
                throw new IllegalStateException("no hash");
            }
            return new JobResult.PieceStored(ImmutableList.of());
        }

        @Override
        public byte[] read(SharedFile file, long offset, int size) throws IOException {
            throw new IOException("there is no " + file);
        }

        @Override
        public void readTorrent(Sha1 torrent, int piece, int begin, ByteBuffer into) throws IOException {
            for (long offset = (long) piece * PIECE + begin; into.hasRemaining(); ) {
                int size = channel.read(into, offset);
                if (size < 0) {
                    throw new IOException("the file ends at " + offset);
                }
                offset += size;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
