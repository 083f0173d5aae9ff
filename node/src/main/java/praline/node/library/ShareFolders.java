package praline.node.library;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import praline.protocol.UserError;

/** The folders that the user wants to share, checked before anything is scanned. */
public final class ShareFolders {

    private ShareFolders() {}

    /**
     * The real paths of the folders that {@code texts} names, in the same order.
     *
     * @throws UserError if one of them is not there, is no folder or cannot be read, or is no path under this locale
     */
    public static ImmutableList<Path> of(List<String> texts) {
        return texts.stream().map(ShareFolders::folder).distinct().collect(ImmutableList.toImmutableList());
    }

    private static Path folder(String text) {
        Path path;
        try {
            path = Path.of(text).toRealPath();
        } catch (InvalidPathException e) {
            throw unusable("is no path under the locale in use", text);
        } catch (IOException e) {
            throw unusable(Files.exists(Path.of(text)) ? Problems.inWords(e) : "is not there", text);
        }
        if (!Files.isDirectory(path)) {
            throw unusable("is not a folder", text);
        }
        if (!Files.isReadable(path)) {
            throw unusable("cannot be read: permission denied", text);
        }
        return path;
    }

    private static UserError unusable(String what, String text) {
        return new UserError(UserError.Kind.BAD_INPUT, "the share folder " + what, text);
    }
}
