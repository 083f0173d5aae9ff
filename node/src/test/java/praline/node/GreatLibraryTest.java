package praline.node;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.node.library.ScanProgress;
import praline.node.overlay.OverlayObserver;

/** A node that shares a folder tree of some thousand files, and notices what changes in it while it runs. */
class GreatLibraryTest {

    private static final int FILES = 5_000;
    private static final int FILES_PER_FOLDER = 100;

    @TempDir
    private Path folder;

    private final NodeRig rig = new NodeRig();

    /** How many files the last scan that ended has shared, and how many were hashed in all. */
    private static final class Scans implements NodeListener {
        final AtomicInteger shared = new AtomicInteger(-1);
        final List<ScanProgress> progress = new CopyOnWriteArrayList<>();

        @Override
        public void onScan(ScanProgress step) {
            progress.add(step);
        }

        @Override
        public void onScanned(int fileCount) {
            shared.set(fileCount);
        }

        boolean hashed() {
            return progress.stream().anyMatch(step -> step.filesTotal() > 0);
        }
    }

    @AfterEach
    void endAll() {
        rig.close();
    }

    @Test
    void allOfATreeIsSharedAndALaterStartHashesNothing() throws IOException {
        Path root = tree();
        Scans first = new Scans();
        PeerVerticle peer = start(root, first);
        await().atMost(60, SECONDS).until(() -> first.shared.get() == FILES);
        assertThat(first.hashed()).isTrue();
        NodeRig.await(rig.vertx.undeploy(peer.deploymentID()));

        Scans later = new Scans();
        PeerVerticle again = start(root, later);
        await().atMost(60, SECONDS).until(() -> later.shared.get() == FILES);
        assertThat(later.hashed()).isFalse();
        assertThat(NodeRig.status(again.control()).overlay().filesShared()).isEqualTo(FILES);
    }

    @Test
    void whatComesGoesAndChangesIsNoticedWhileTheNodeRuns() throws IOException {
        Path root = tree();
        Scans scans = new Scans();
        NodeControl node = start(root, scans).control();
        await().atMost(60, SECONDS).until(() -> scans.shared.get() == FILES);

        Path deep = Files.createDirectories(root.resolve("new/deep"));
        Files.writeString(deep.resolve("a file that came later.txt"), "came later");
        Files.delete(root.resolve("folder 7/file 700.txt"));
        Files.delete(root.resolve("folder 8/file 800.txt"));

        await().atMost(60, SECONDS).until(() -> NodeRig.status(node).overlay().filesShared() == FILES - 1);
    }

    private PeerVerticle start(Path root, NodeListener news) {
        NodeConfig config =
                rig.flat().shares(List.of(root)).state(folder.resolve("state")).build();
        return rig.deploy(new PeerVerticle(config, null, new Watchers(news, OverlayObserver.NONE)));
    }

    private Path tree() throws IOException {
        Path root = folder.resolve("share");
        for (int i = 0; i < FILES; i++) {
            Path inside = root.resolve("folder " + i / FILES_PER_FOLDER);
            if (i % FILES_PER_FOLDER == 0) {
                Files.createDirectories(inside);
            }
            Files.writeString(inside.resolve("file " + i + ".txt"), "content " + i);
        }
        return root;
    }
}
