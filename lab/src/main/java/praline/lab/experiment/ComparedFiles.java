package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import praline.lab.cluster.Corpus;
import praline.node.library.HashCache;
import praline.node.library.LibraryChange;
import praline.node.library.LibraryLimits;
import praline.node.library.LibraryScanner;
import praline.node.library.ScanListener;
import praline.node.library.ScanProgress;
import praline.node.library.ShareFolders;
import praline.node.library.SharedFile;
import praline.protocol.Sha1;
import praline.protocol.UserError;

/** The files of a comparison: those of a folder, or the corpus; sorted by name, each content once. */
final class ComparedFiles {

    private ComparedFiles() {}

    /**
     * Finds and hashes them.
     *
     * @param share a folder; null: the corpus
     * @throws UserError if there is nothing to share
     */
    static ImmutableList<SharedFile> of(@Nullable Path share, Comparison.ProgressListener listener) {
        return share == null ? corpus(listener) : scanned(share, listener);
    }

    private static ImmutableList<SharedFile> corpus(Comparison.ProgressListener listener) {
        try {
            Path folder = Files.createTempDirectory("praline-corpus");
            try {
                Corpus.writeTo(folder);
                return scanned(folder, listener);
            } finally {
                MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
            }
        } catch (IOException e) {
            throw new UserError(
                    UserError.Kind.FAILED, "the corpus cannot be unpacked", System.getProperty("java.io.tmpdir"));
        }
    }

    private static ImmutableList<SharedFile> scanned(Path folder, Comparison.ProgressListener listener) {
        List<SharedFile> found = new ArrayList<>();
        ImmutableList<Path> folders = ShareFolders.of(List.of(folder.toString()));
        LibraryLimits limits = LibraryLimits.STANDARD;
        new LibraryScanner(folders, HashCache.inMemory(limits), limits).scan(new ScanListener() {
            @Override
            public void onProgress(ScanProgress progress) {
                listener.onScan(progress);
            }

            @Override
            public void onChange(LibraryChange change) {
                found.addAll(change.present());
            }

            @Override
            public void onProblem(Path path, String why) {
                listener.onUnshared(path, why);
            }
        });
        if (found.isEmpty()) {
            throw new UserError(UserError.Kind.BAD_INPUT, "the share folder has no file to share", folder.toString());
        }
        found.sort(Comparator.comparing((SharedFile file) -> file.name().utf8()).thenComparing(SharedFile::sha1));
        Map<Sha1, SharedFile> byContent = new LinkedHashMap<>();
        found.forEach(file -> byContent.putIfAbsent(file.sha1(), file));
        return ImmutableList.copyOf(byContent.values());
    }
}
