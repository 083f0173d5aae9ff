package praline.node.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.node.state.StateFolder;
import praline.protocol.UserError;
import praline.protocol.testing.Seeds;

/** Scans a folder again and again while it changes. */
class LibraryScannerTest {

    @TempDir
    private Path temporary;

    @Test
    void aFileIsSharedWithTheHashesOfItsContent() throws IOException {
        Shelf shelf = new Shelf(folder());
        shelf.write("hello.txt", "hello gnutella world\n".repeat(5_000));

        shelf.scan();

        SharedFile file = Iterables.getOnlyElement(shelf.shared.values());
        assertThat(file.name().utf8()).isEqualTo("hello.txt");
        assertThat(file.file().size()).isEqualTo(105_000);
        assertThat(file.sha1().hex()).isEqualTo("cd6882a18a0d8de08517dc245d3946373cbd11d5");
        assertThat(file.infohash().hex()).isEqualTo("79a2cff71ac332b0903d5b1576cfd66acd4fa650");
    }

    @Test
    void aSecondScanFindsWhatCameChangedAndWentAndHashesNoMoreThanThat() throws IOException {
        Shelf shelf = new Shelf(folder());
        shelf.write("stays", "a");
        Path changes = shelf.write("changes", "b");
        Path goes = shelf.write("goes", "c");
        shelf.scan();
        assertThat(shelf.hashed()).isEqualTo(3);
        shelf.changes.clear();
        shelf.progress.clear();

        Files.delete(goes);
        shelf.write("changes", "B");
        Path comes = shelf.write("comes", "d");
        shelf.scan();

        assertThat(shelf.names()).containsExactly("changes", "comes", "stays");
        assertThat(shelf.hashed()).isEqualTo(2);
        assertThat(shelf.changes).hasSize(2);
        assertThat(shelf.changes.get(0).gone()).containsExactlyInAnyOrder(changes, goes);
        assertThat(shelf.changes.get(1).present())
                .extracting(file -> file.file().path())
                .containsExactlyInAnyOrder(changes, comes);
    }

    @Test
    void aScanOfAnUnchangedFolderSaysNothing() throws IOException {
        Shelf shelf = new Shelf(folder());
        shelf.write("a", "a");
        shelf.scan().changes.clear();

        assertThat(shelf.scan().changes).isEmpty();
    }

    @Test
    void aFileThatIsStillBeingWrittenWaitsUntilItStandsStill() throws IOException {
        Shelf shelf = new Shelf(folder());
        shelf.scan();
        Path growing = shelf.write("growing", "some");
        Files.setLastModifiedTime(growing, FileTime.from(Instant.now()));
        assertThat(shelf.scan().names()).as("written just now").isEmpty();
        assertThat(shelf.isSettled()).isFalse();

        Files.setLastModifiedTime(growing, FileTime.from(Instant.now().minusSeconds(10)));
        assertThat(shelf.scan().names()).containsExactly("growing");
        assertThat(shelf.isSettled()).isTrue();
    }

    @Test
    void hashesAreRememberedAcrossRestarts() throws IOException {
        Shelf before = new Shelf(folder(), loadedCache(), LibraryLimits.STANDARD);
        before.write("a.txt", "a");
        before.write("b.txt", "b");
        before.scan();

        Shelf after = new Shelf(folder(), loadedCache(), LibraryLimits.STANDARD);
        after.scan();

        assertThat(after.hashed()).as("files read again").isZero();
        assertThat(after.shared).isEqualTo(before.shared);
    }

    @Test
    void aFileThatChangedWhileTheNodeWasDownIsHashedAgain() throws IOException {
        Shelf before = new Shelf(folder(), loadedCache(), LibraryLimits.STANDARD);
        Path sameSize = before.write("same-size", "a");
        Path sameTime = before.write("same-time", "b");
        FileTime time = Files.getLastModifiedTime(sameTime);
        before.scan();

        before.write("same-size", "A");
        Files.writeString(sameTime, "bb");
        Files.setLastModifiedTime(sameTime, time);
        Shelf after = new Shelf(folder(), loadedCache(), LibraryLimits.STANDARD);
        after.scan();

        assertThat(after.hashed()).isEqualTo(2);
        assertThat(after.shared.get(sameSize).sha1())
                .isNotEqualTo(before.shared.get(sameSize).sha1());
        assertThat(after.shared.get(sameTime).sha1())
                .isNotEqualTo(before.shared.get(sameTime).sha1());
    }

    @Test
    void progressGrowsUpToItsTotals() throws IOException {
        Shelf shelf = new Shelf(folder());
        shelf.write("small", "12345");
        shelf.write("large", "x".repeat(3_000_000));

        shelf.scan();

        assertThat(shelf.progress).isSortedAccordingTo((a, b) -> Long.compare(a.bytesDone(), b.bytesDone()));
        assertThat(shelf.progress)
                .filteredOn(step -> step.bytesTotal() == 3_000_005)
                .hasSizeGreaterThan(4);
        assertThat(Iterables.getLast(shelf.progress)).isEqualTo(new ScanProgress(2, 2, 2, 3_000_005, 3_000_005));
    }

    @Test
    void manyFilesGoOutInSeveralChanges() throws IOException {
        Shelf shelf = new Shelf(folder());
        for (int i = 0; i < 1_100; i++) {
            shelf.write("folder/" + i, "file " + i);
        }

        shelf.scan();

        assertThat(shelf.shared).hasSize(1_100);
        assertThat(shelf.changes)
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(change -> assertThat(change.present()).hasSizeLessThanOrEqualTo(500));
    }

    @Test
    void whatCannotBeReadToTheEndIsNamedAndTheRestIsShared() throws IOException {
        Shelf shelf = new Shelf(folder());
        Path vanishes = shelf.write("vanishes", "a");
        Path grows = shelf.write("grows", "b");
        shelf.write("stays", "c");

        ScanListener saboteur = new ScanListener() {
            @Override
            public void onChange(LibraryChange change) {
                shelf.onChange(change);
            }

            @Override
            public void onProgress(ScanProgress progress) {
                if (progress.filesTotal() == 3 && progress.bytesDone() == 0) {
                    sabotage(vanishes, grows);
                }
            }

            @Override
            public void onProblem(Path path, String why) {
                shelf.onProblem(path, why);
            }
        };
        new LibraryScanner(
                        ImmutableList.of(shelf.root),
                        HashCache.inMemory(LibraryLimits.STANDARD),
                        LibraryLimits.STANDARD)
                .scan(saboteur);

        assertThat(shelf.names()).containsExactly("stays");
        assertThat(shelf.problems)
                .containsExactlyInAnyOrder("vanishes has vanished", "grows cannot be read: changed since it was found");
    }

    @Test
    void aStoppedScanEndsEarlyAndKeepsWhatItHas() throws IOException {
        Shelf shelf = new Shelf(folder());
        shelf.write("a", "a");
        shelf.write("b", "b");
        LibraryScanner scanner = new LibraryScanner(
                ImmutableList.of(shelf.root), HashCache.inMemory(LibraryLimits.STANDARD), LibraryLimits.STANDARD);

        boolean isComplete = scanner.scan(new ScanListener() {
            @Override
            public void onChange(LibraryChange change) {
                shelf.onChange(change);
            }

            @Override
            public void onProgress(ScanProgress progress) {
                if (progress.filesDone() == 1) {
                    scanner.stop();
                }
            }
        });

        assertThat(isComplete).isFalse();
        assertThat(shelf.shared).hasSize(1);
    }

    @Test
    void aFileIsOpenedOnlyWhileItIsTheOneThatWasFound() throws IOException {
        Shelf shelf = new Shelf(folder());
        Path path = shelf.write("below/file", "a");
        shelf.scan();
        FoundFile file = shelf.shared.get(path).file();
        try (FileChannel channel = file.open()) {
            assertThat(channel.size()).isEqualTo(1);
        }

        Path moved = Files.move(path.getParent(), temporary.resolve("elsewhere"));
        Files.createSymbolicLink(path.getParent(), moved);
        assertThatThrownBy(file::open).as("a link in its way").isInstanceOf(IOException.class);

        Files.delete(path.getParent());
        shelf.write("below/file", "b");
        assertThatThrownBy(file::open).as("another time of change").isInstanceOf(IOException.class);
    }

    @Test
    void aDamagedCacheMeansHashingAgainAndNothingWorse() throws IOException {
        Shelf before = new Shelf(folder(), loadedCache(), LibraryLimits.STANDARD);
        before.write("a.txt", "a");
        before.scan();
        byte[] whole = Files.readAllBytes(temporary.resolve("state/hashes"));

        Seeds.check(3, random -> {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            Files.write(temporary.resolve("state/hashes"), damaged);
            Files.deleteIfExists(temporary.resolve("state/hashes.previous"));

            Shelf after = new Shelf(folder(), loadedCache(), LibraryLimits.STANDARD);
            after.scan();

            assertThat(after.hashed()).isEqualTo(1);
            assertThat(after.shared).isEqualTo(before.shared);
        });
    }

    @Test
    void aCacheThatIsFullForgetsWhatWasNotSeenForLongest() throws IOException {
        LibraryLimits few = new LibraryLimits(2, 32, 1_000, 0);
        HashCache cache = HashCache.inMemory(few);
        Shelf shelf = new Shelf(folder());
        Path a = shelf.write("a", "a");
        Path b = shelf.write("b", "b");
        Path c = shelf.write("c", "c");
        shelf.scan();
        cache.remember(shelf.shared.get(a));
        cache.remember(shelf.shared.get(b));
        assertThat(cache.find(shelf.shared.get(a).file())).isPresent();

        cache.remember(shelf.shared.get(c));

        assertThat(cache.find(shelf.shared.get(a).file())).hasValue(shelf.shared.get(a));
        assertThat(cache.find(shelf.shared.get(b).file())).isEmpty();
        assertThat(cache.find(shelf.shared.get(c).file())).hasValue(shelf.shared.get(c));
    }

    @Test
    void aShareFolderThatIsNoneIsTheUsersErrorAndSaysWhich() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "text");
        Path missing = temporary.resolve("missing");

        assertThatThrownBy(() -> ShareFolders.of(List.of(missing.toString())))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.BAD_INPUT))
                .hasMessage("the share folder is not there: " + missing);
        assertThatThrownBy(() -> ShareFolders.of(List.of(temporary.toString(), file.toString())))
                .isInstanceOf(UserError.class)
                .hasMessage("the share folder is not a folder: " + file);
        assertThatThrownBy(() -> ShareFolders.of(List.of("a\0b"))).isInstanceOf(UserError.class);
    }

    private Path folder() throws IOException {
        return Files.createDirectories(temporary.resolve("shelf"));
    }

    /** Opens the state folder as a node does at its start, and closes it at once. */
    private HashCache loadedCache() throws IOException {
        try (StateFolder folder = StateFolder.open(temporary.resolve("state"))) {
            return HashCache.load(folder.file("hashes"), PieceHashes.none(), LibraryLimits.STANDARD);
        }
    }

    private static void sabotage(Path vanishes, Path grows) {
        try {
            Files.deleteIfExists(vanishes);
            Files.writeString(grows, "more than before");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
