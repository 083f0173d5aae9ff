package praline.node.disk;

import com.google.common.base.Utf8;
import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import praline.protocol.SplitMix64;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.TorrentFile;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;
import praline.protocol.text.SafeName;

/**
 * The paths of a torrent's files below its folder, made safe element by element (spec/hardening.md section 7). Two
 * files never get one path: the later one is numbered. Folders whose names some file system takes for one become one. A
 * function of the torrent alone, so that a later run finds the files again.
 */
final class TorrentNames {

    /** Some systems take no longer path, and the folder that it lies in has a path too. Bytes of UTF-8. */
    private static final int PATH_SIZE_MAX = 2_000;

    /** A torrent with more files that have to be numbered is refused, as by libtorrent. */
    private static final int NUMBERED_MAX = 500;

    private final SplitMix64 random;
    private final Folder root = new Folder();
    private int numbered;

    private TorrentNames(TorrentInfo torrent) {
        random = SplitMix64.stream(torrent.infohash().first(), 0);
    }

    /** What is in a folder, by keys that are equal for names that some file system takes for one. */
    private static final class Folder {
        final Set<String> taken = new HashSet<>(4);
        /** What a folder's own name was made into. */
        final Map<String, String> names = new HashMap<>(4);

        final Map<String, Folder> folders = new HashMap<>(4);
    }

    /**
     * The elements of each file's path, by its index; none for padding, and for the file of a single-file torrent.
     *
     * @throws RefusedException if too many have the same name
     */
    static ImmutableList<ImmutableList<String>> of(TorrentInfo torrent) throws RefusedException {
        TorrentNames names = new TorrentNames(torrent);
        ImmutableList.Builder<ImmutableList<String>> paths = ImmutableList.builder();
        for (TorrentFile file : torrent.files()) {
            paths.add(file.isPadding() || file.path().isEmpty() ? ImmutableList.of() : names.path(file.path()));
        }
        return paths.build();
    }

    /** A path that is too long shrinks to the name of its file. */
    private ImmutableList<String> path(ImmutableList<RemoteText> remote) throws RefusedException {
        List<String> safe = remote.stream().map(TorrentNames::safe).toList();
        int size = safe.stream().mapToInt(name -> Utf8.encodedLength(name) + 1).sum();
        boolean isTooLong = size > PATH_SIZE_MAX;
        ImmutableList.Builder<String> path = ImmutableList.builder();
        Folder folder = root;
        for (String name : isTooLong ? List.<String>of() : safe.subList(0, safe.size() - 1)) {
            String taken = folderName(folder, name);
            path.add(taken);
            folder = folder.folders.computeIfAbsent(taken, unused -> new Folder());
        }
        return path.add(take(folder, safe.get(safe.size() - 1))).build();
    }

    private String folderName(Folder folder, String name) throws RefusedException {
        String key = SafeName.key(name);
        String known = folder.names.get(key);
        if (known != null) {
            return known;
        }
        String taken = take(folder, name);
        folder.names.put(key, taken);
        return taken;
    }

    private String take(Folder folder, String name) throws RefusedException {
        String free = SafeName.free(name, folder.taken::contains, random, WireLimits.STANDARD);
        folder.taken.add(SafeName.key(free));
        if (!free.equals(name) && ++numbered > NUMBERED_MAX) {
            throw new RefusedException("more than " + NUMBERED_MAX + " files of the torrent have a name twice");
        }
        return free;
    }

    private static String safe(RemoteText name) {
        return SafeName.of(name.tainted(), WireLimits.STANDARD);
    }
}
