package praline.node.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import praline.node.library.FoundFile;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;
import praline.protocol.text.SafeName;

/**
 * Where finished downloads go, each under the name that its source gave it, made safe (spec/hardening.md section 7). No
 * file that is there is ever touched: a name is taken by an operation that fails if it exists.
 */
final class FinalFolder {

    private static final Logger LOG = LoggerFactory.getLogger(FinalFolder.class);

    private final Path folder;
    private final Room room;
    private final RandomGenerator random = new SecureRandom();

    /** Makes {@code folder} when it is not there. A link that leads to it is followed now, and never again (N6). */
    FinalFolder(Path folder, FreeSpace space) throws IOException {
        this.folder = Files.createDirectories(folder).toRealPath();
        this.room = new Room(this.folder, space);
    }

    /** Fails when a file of {@code size} bytes from {@code source} would not fit; on one file system it always does. */
    void requireRoom(Path source, long size, long reserve) throws IOException {
        if (!room.isOnSameFileSystemAs(source)) {
            room.require(size + reserve);
        }
    }

    /** Hears the name that is going to be taken, and may write it down first. */
    @FunctionalInterface
    interface Claim {
        void on(String name) throws IOException;
    }

    /** Gives {@code data}, of {@code size} bytes, a name here that nobody has, and returns the path. */
    Path take(Path data, long size, RemoteText remoteName, Sha1 sha1) throws IOException {
        return take(data, size, remoteName, sha1, name -> {});
    }

    /**
     * The same for a file or a folder with all that is in it.
     *
     * @param claim hears each name before it is tried
     */
    Path take(Path data, long size, RemoteText remoteName, Sha1 sha1, Claim claim) throws IOException {
        requireUnmoved();
        try {
            return place(data, SafeName.of(remoteName.tainted(), WireLimits.STANDARD), sha1, claim);
        } catch (IOException e) {
            throw room.explained(e, size);
        }
    }

    /** The files of {@code torrent}, if they stand here under {@code name}, which is one element of a path. */
    Optional<StandingFiles> find(String name, TorrentInfo torrent) throws IOException {
        return StandingFiles.find(TreePaths.resolve(folder, name), torrent);
    }

    /** The files of {@code torrent}, if they stand here under its own name, as it is or made safe. */
    Optional<StandingFiles> find(TorrentInfo torrent) throws IOException {
        Optional<String> plain = StandingFiles.plain(torrent.name());
        Optional<StandingFiles> found = plain.isPresent() ? find(plain.get(), torrent) : Optional.empty();
        return found.isPresent() ? found : find(SafeName.of(torrent.name().tainted(), WireLimits.STANDARD), torrent);
    }

    /**
     * Removes what a killed process had put in the place of a name that it was about to take: nothing but emptiness.
     */
    void release(String name) throws IOException {
        Path path = TreePaths.resolve(folder, name);
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.delete(path);
            } catch (DirectoryNotEmptyException somebodysFiles) {
                LOG.debug("{} is not empty and stays", path);
            }
        } else if (FoundFile.at(path).filter(file -> file.size() == 0).isPresent()) {
            Files.delete(path);
        }
    }

    /** Somebody else may take a name between the look into the folder and ours; then the next one is tried. */
    private Path place(Path data, String name, Sha1 sha1, Claim claim) throws IOException {
        Set<String> taken = takenKeys();
        while (true) {
            String free = SafeName.free(name, taken::contains, random, WireLimits.STANDARD);
            Path target = TreePaths.resolve(folder, free);
            claim.on(target.getFileName().toString());
            boolean isFolder = Files.isDirectory(data, LinkOption.NOFOLLOW_LINKS);
            if (isFolder ? placeFolder(data, target, sha1) : place(data, target, sha1)) {
                return target;
            }
            taken.add(SafeName.key(free));
        }
    }

    /** Whether {@code target} was free and holds the data now. */
    private boolean place(Path data, Path target, Sha1 sha1) throws IOException {
        try {
            Files.createLink(target, data);
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            return placeByCopy(data, target, sha1);
        }
        Files.delete(data);
        forceEntries();
        return true;
    }

    /**
     * For another file system, or one without hard links: the bytes come under a name of ours first, then the wanted
     * name is reserved by an empty file, and a move replaces that.
     */
    private boolean placeByCopy(Path data, Path target, Sha1 sha1) throws IOException {
        Path near = nearby(sha1);
        try {
            Files.copy(data, near, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            try (FileChannel channel = FileChannel.open(near, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                channel.force(true);
            }
            Files.createFile(target);
            moveOver(near, target);
        } catch (FileAlreadyExistsException taken) {
            return false;
        } finally {
            Files.deleteIfExists(near);
        }
        Files.delete(data);
        forceEntries();
        return true;
    }

    /** A folder cannot have two names: an empty one reserves the name, and the move replaces that. */
    private boolean placeFolder(Path data, Path target, Sha1 sha1) throws IOException {
        try {
            Files.createDirectory(target);
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
        try {
            moveOver(data, target);
        } catch (AtomicMoveNotSupportedException otherFileSystem) {
            Path near = nearby(sha1);
            TreePaths.delete(near);
            TreePaths.copy(data, near);
            Files.createDirectory(target);
            moveOver(near, target);
            TreePaths.delete(data);
        }
        forceEntries();
        return true;
    }

    private Path nearby(Sha1 sha1) {
        return folder.resolve(".praline-" + sha1.base32() + ".part");
    }

    /** Makes the new name itself durable. */
    private void forceEntries() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void moveOver(Path near, Path reserved) throws IOException {
        try {
            Files.move(near, reserved, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.delete(reserved);
            throw e;
        }
    }

    /** Somebody may have put a link in the folder's place since the start; then nothing is written through it. */
    private void requireUnmoved() throws IOException {
        Path real = folder.toRealPath();
        if (!real.equals(folder)) {
            throw new IOException("the download folder " + folder + " leads to " + real + " since the start");
        }
    }

    private Set<String> takenKeys() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> SafeName.key(file.getFileName().toString()))
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }
}
