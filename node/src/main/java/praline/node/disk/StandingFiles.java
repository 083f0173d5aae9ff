package praline.node.disk;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import praline.node.library.FoundFile;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.TorrentFile;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/**
 * The files of a torrent as they stand under their names, all there and each of the right size. Whether the bytes are
 * right is another question. Looking for them writes nothing (spec/hardening.md D9), and no link is followed (N6).
 *
 * @param root the file, or the folder of a torrent with many
 * @param files each file by its index in the torrent; without padding and without those that are empty
 */
record StandingFiles(Path root, ImmutableMap<Integer, FoundFile> files) {

    /**
     * Looks for a torrent under a real path.
     *
     * @return empty if something is not there, is of another size or is no regular file
     */
    static Optional<StandingFiles> find(Path root, TorrentInfo torrent) throws IOException {
        ImmutableMap<Integer, FoundFile> found = look(root, torrent);
        ImmutableMap.Builder<Integer, FoundFile> files = ImmutableMap.builder();
        for (int index = 0; index < torrent.files().size(); index++) {
            TorrentFile file = torrent.files().get(index);
            if (!file.isPadding() && file.length() > 0) {
                FoundFile standing = found.get(index);
                if (standing == null || standing.size() != file.length()) {
                    return Optional.empty();
                }
                files.put(index, standing);
            }
        }
        return Optional.of(new StandingFiles(root, files.buildOrThrow()));
    }

    /** Those files of a torrent that are there, whatever their sizes, by their indexes. */
    static ImmutableMap<Integer, FoundFile> look(Path root, TorrentInfo torrent) throws IOException {
        if (torrent.isSingleFile()) {
            return FoundFile.at(root).map(file -> ImmutableMap.of(0, file)).orElse(ImmutableMap.of());
        }
        return Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS) ? new Search(root, torrent).run() : ImmutableMap.of();
    }

    /** A stranger's name, if it is one element of a path: then what has that very name may be meant. */
    static Optional<String> plain(RemoteText name) {
        String text = name.tainted();
        boolean isPlain = !text.isEmpty()
                && !text.equals(".")
                && !text.equals("..")
                && text.chars().noneMatch(unit -> unit == '/' || unit == '\\' || unit == 0);
        return isPlain ? Optional.of(text) : Optional.empty();
    }

    /** Equal as long as no file has another size or time of change. */
    Sha1 stamp() {
        ByteBuffer facts = ByteBuffer.allocate(files.size() * (Integer.BYTES + 2 * Long.BYTES));
        for (Map.Entry<Integer, FoundFile> entry : files.entrySet()) {
            FoundFile file = entry.getValue();
            facts.putInt(entry.getKey()).putLong(file.size()).putLong(file.modifiedNanos());
        }
        return Sha1.digestOf(facts.array());
    }

    /** Looks for each file, first under the name that the torrent gives it and then under the safe one. */
    private static final class Search {

        private final Path root;
        private final TorrentInfo torrent;
        private final ImmutableList<ImmutableList<String>> safe;
        private final Set<Path> realFolders = new HashSet<>();

        Search(Path root, TorrentInfo torrent) throws RefusedException {
            this.root = root;
            this.torrent = torrent;
            this.safe = TorrentNames.of(torrent);
        }

        ImmutableMap<Integer, FoundFile> run() throws IOException {
            ImmutableMap.Builder<Integer, FoundFile> found = ImmutableMap.builder();
            for (int index = 0; index < torrent.files().size(); index++) {
                TorrentFile file = torrent.files().get(index);
                if (!file.isPadding()) {
                    Optional<FoundFile> plain = standing(plainPath(file));
                    Optional<FoundFile> standing = plain.isPresent() ? plain : standing(safe.get(index));
                    if (standing.isPresent()) {
                        found.put(index, standing.get());
                    }
                }
            }
            return found.buildOrThrow();
        }

        private Optional<FoundFile> standing(List<String> elements) throws IOException {
            if (elements.isEmpty()) {
                return Optional.empty();
            }
            Path path = TreePaths.resolve(root, elements);
            Optional<FoundFile> file = FoundFile.at(path);
            return file.isPresent() && isInRealFolder(path) ? file : Optional.empty();
        }

        private boolean isInRealFolder(Path path) throws IOException {
            Path folder = TreePaths.folderOf(path);
            if (realFolders.contains(folder)) {
                return true;
            }
            boolean isReal = folder.toRealPath().equals(folder);
            if (isReal) {
                realFolders.add(folder);
            }
            return isReal;
        }

        private static List<String> plainPath(TorrentFile file) {
            List<String> elements =
                    file.path().stream().flatMap(name -> plain(name).stream()).toList();
            return elements.size() == file.path().size() ? elements : List.of();
        }
    }
}
