package praline.node.disk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.node.engine.JobResult;
import praline.protocol.testing.Seeds;

/** Several threads at one torrent, more files than may be open, and where the bytes of a torrent lie. */
class TorrentThreadsTest {

    @TempDir
    private Path folder;

    @Test
    void threadsStoreAndReadSideBySide() throws IOException, InterruptedException, ExecutionException {
        MadeTorrent torrent = manyFiles();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try (TorrentBench bench = new TorrentBench(folder)) {
            bench.restart(Map.of("limits.download.openFiles", 4L, "limits.download.syncMillis", 1L));
            bench.open(torrent);
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int piece = 0; piece < torrent.info().pieceCount(); piece++) {
                int mine = piece;
                work.add(() ->
                        bench.store(torrent, mine).equals(JobResult.PieceStored.PLAIN) && bench.check(torrent, mine));
            }

            for (Future<Boolean> done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }

            assertThat(bench.finish(torrent)).isInstanceOf(JobResult.Finished.class);
            assertThat(bench.read(torrent, 0, torrent.content().length)).isEqualTo(torrent.content());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void filesAreClosedForOthersButNeverUnderTheirUsers() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        OpenFiles.Opener opener = () -> FileChannel.open(file, StandardOpenOption.READ);
        Object owner = new Object();
        try (OpenFiles files = new OpenFiles(2)) {
            OpenFiles.Lease used = files.lease(owner, 0, opener);
            files.lease(owner, 1, opener).close();
            OpenFiles.Lease third = files.lease(owner, 2, opener);
            assertThat(files.count()).isEqualTo(2);
            OpenFiles.Lease fourth = files.lease(owner, 3, opener);
            assertThat(files.count()).isEqualTo(3);
            assertThat(used.channel().isOpen()).isTrue();

            files.forget(owner);

            assertThat(used.channel().isOpen()).isTrue();
            for (OpenFiles.Lease lease : ImmutableList.of(used, third, fourth)) {
                lease.close();
                assertThat(lease.channel().isOpen()).isFalse();
            }
        }
    }

    @Test
    void thePartsOfARangeAreTheBytesOfTheFiles() {
        Seeds.check(300, random -> {
            MadeTorrent.Builder builder = MadeTorrent.folder("layout");
            int count = 1 + random.nextInt(9);
            builder.file(1, "first");
            for (int i = 0; i < count; i++) {
                builder.file(random.nextInt(4) * random.nextInt(20_000), "f" + i);
            }
            MadeTorrent torrent = builder.build();
            int size = torrent.content().length;
            int from = random.nextInt(size);
            int length = random.nextInt(size - from + 1);

            int at = from;
            for (TorrentLayout.Part part : new TorrentLayout(torrent.info()).range(from, length)) {
                assertThat(torrent.info().files().get(part.file()).offset() + part.position())
                        .isEqualTo(at);
                assertThat(part.position() + part.size())
                        .isLessThanOrEqualTo(
                                torrent.info().files().get(part.file()).length());
                at += part.size();
            }
            assertThat(at).isEqualTo(from + length);
        });
    }

    private static MadeTorrent manyFiles() {
        MadeTorrent.Builder torrent = MadeTorrent.folder("many");
        for (int i = 0; i < 60; i++) {
            torrent.file(i * 997, "folder " + i % 7, "file " + i);
        }
        return torrent.build();
    }
}
