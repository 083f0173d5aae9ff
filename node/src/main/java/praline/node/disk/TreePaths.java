package praline.node.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import praline.protocol.WireLimits;
import praline.protocol.text.SafeName;

/** Paths below a folder of ours, and what is done with all of them. Links are never followed. */
final class TreePaths {

    private TreePaths() {}

    static Path resolve(Path folder, List<String> names) {
        Path path = folder;
        for (String name : names) {
            path = resolve(path, name);
        }
        return path;
    }

    /** In a locale without UTF-8, Java makes no path of other letters than ASCII (N7): they are written as numbers. */
    static Path resolve(Path folder, String name) {
        try {
            return folder.resolve(name);
        } catch (InvalidPathException notInThisLocale) {
            return folder.resolve(SafeName.of(inAscii(name), WireLimits.STANDARD));
        }
    }

    static Path folderOf(Path path) {
        Path folder = path.getParent();
        if (folder == null) {
            throw new IllegalArgumentException(path + " lies in no folder");
        }
        return folder;
    }

    /** Removes a file, or a folder and all that is in it; nothing, when it is not there. */
    static void delete(Path root) throws IOException {
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(root, new Deletion());
        }
    }

    /** Copies a folder of ours with all that is in it, and brings the copy to the disk. Times stay as they are. */
    static void copy(Path source, Path target) throws IOException {
        Files.walkFileTree(source, new Copying(source, target));
    }

    private static final class Copying extends SimpleFileVisitor<Path> {

        private final Path source;
        private final Path target;

        Copying(Path source, Path target) {
            this.source = source;
            this.target = target;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            Files.createDirectory(target.resolve(source.relativize(folder)));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Path copy = target.resolve(source.relativize(file));
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                channel.force(true);
            }
            return FileVisitResult.CONTINUE;
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
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
