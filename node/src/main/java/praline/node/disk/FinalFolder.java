package praline.node.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.text.RemoteText;
import praline.protocol.text.SafeName;

/**
 * Where finished downloads go, each under the name that its source gave it, made safe (spec/hardening.md section 7). No
 * file that is there is ever touched: a name is taken by an operation that fails if it exists.
 */
final class FinalFolder {

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

    /** Gives {@code data}, of {@code size} bytes, a name here that nobody has, and returns the path. */
    Path take(Path data, long size, RemoteText remoteName, Sha1 sha1) throws IOException {
        requireUnmoved();
        try {
            return place(data, SafeName.of(remoteName.tainted(), WireLimits.STANDARD), sha1);
        } catch (IOException e) {
            throw room.explained(e, size);
        }
    }

    /** Somebody else may take a name between the look into the folder and ours; then the next one is tried. */
    private Path place(Path data, String name, Sha1 sha1) throws IOException {
        Set<String> taken = takenKeys();
        while (true) {
            String free = SafeName.free(name, taken::contains, random, WireLimits.STANDARD);
            Path target = resolved(free);
            if (place(data, target, sha1)) {
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
        Path near = folder.resolve(".praline-" + sha1.base32() + ".part");
        try {
            Files.copy(data, near, StandardCopyOption.REPLACE_EXISTING);
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

    /** In a locale without UTF-8, Java makes no path of other letters than ASCII (N7): they are written as numbers. */
    private Path resolved(String name) {
        try {
            return folder.resolve(name);
        } catch (InvalidPathException notInThisLocale) {
            return folder.resolve(SafeName.of(inAscii(name), WireLimits.STANDARD));
        }
    }

    private static String inAscii(String name) {
        StringBuilder ascii = new StringBuilder();
        for (byte unit : name.getBytes(StandardCharsets.UTF_8)) {
            if (unit >= 0) {
                ascii.append((char) unit);
            } else {
                ascii.append('%').append(HexFormat.of().withUpperCase().toHexDigits(unit));
            }
        }
        return ascii.toString();
    }
}
