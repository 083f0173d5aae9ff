package praline.node.disk;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import praline.node.library.FoundFile;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.UserError;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.TorrentFile;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/**
 * Makes a torrent of a file, or of a folder and all that is in it. The same data makes the same torrent on every
 * machine: files come in the order of their paths. Nothing is passed over silently: what cannot be in a torrent or
 * cannot be read is an error. Only folders without files leave no trace.
 */
public final class TorrentMaker {

    private static final int PIECE_LENGTH_MIN = 16 << 10;
    private static final int PIECE_LENGTH_MAX = 16 << 20;
    private static final int PIECES_WANTED_MAX = 2_000;
    private static final int OPEN_FILES_MAX = 64;

    /** Java puts this where the locale has no letter for a byte (spec/hardening.md N7). */
    private static final char UNCLEAR = '\uFFFD';

    private final Path root;
    private final Options options;
    private final List<Found> found = new ArrayList<>();

    private TorrentMaker(Path root, Options options) {
        this.root = root;
        this.options = options;
    }

    /**
     * What may be chosen.
     *
     * @param name of the file or folder; empty: as it is called
     * @param pieceLength bytes, a power of two from 16 KiB on; {@link #AUTOMATIC}: by the size
     * @param isPrivate whether peers may come from its trackers only (BEP 27)
     */
    public record Options(Optional<String> name, int pieceLength, boolean isPrivate) {

        public static final int AUTOMATIC = 0;

        public static final Options STANDARD = new Options(Optional.empty(), AUTOMATIC, false);
    }

    /** A file and its path below the root. */
    private record Found(ImmutableList<String> path, FoundFile file) {}

    /**
     * Reads all the data, by as many threads as there are cores.
     *
     * @throws UserError if it is not there, is empty, or holds what no torrent can: links, devices, names that are no
     *     text; or if it changes meanwhile
     * @throws IOException if it cannot be read
     */
    public static TorrentInfo make(Path data, Options options, HashingProgress progress) throws IOException {
        if (!Files.exists(data)) {
            throw unusable("there is nothing to make a torrent of", data);
        }
        TorrentMaker maker = new TorrentMaker(data.toRealPath(), options);
        maker.look();
        return maker.hash(progress);
    }

    /** So long that there are 1,000 to 2,000 pieces, where that is possible (spec/bittorrent.md 2.7). */
    static int pieceLength(long size) {
        int length = PIECE_LENGTH_MIN;
        while (length < PIECE_LENGTH_MAX && size > (long) PIECES_WANTED_MAX * length) {
            length *= 2;
        }
        return length;
    }

    private void look() throws IOException {
        Optional<FoundFile> single = FoundFile.at(root);
        if (single.isPresent()) {
            found.add(new Found(ImmutableList.of(), single.get()));
            return;
        }
        Deque<ImmutableList<String>> folders = new ArrayDeque<>();
        folders.push(ImmutableList.of());
        while (!folders.isEmpty()) {
            ImmutableList<String> folder = folders.pop();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(TreePaths.resolve(root, folder))) {
                for (Path entry : entries) {
                    look(entry, path(folder, entry), folders);
                }
            }
        }
        found.sort(Comparator.comparing(Found::path, TorrentMaker::compare));
    }

    private void look(Path entry, ImmutableList<String> path, Deque<ImmutableList<String>> folders) throws IOException {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
            folders.push(path);
            return;
        }
        FoundFile file =
                FoundFile.at(entry).orElseThrow(() -> unusable("a torrent holds regular files and no links", entry));
        found.add(new Found(path, file));
    }

    private TorrentInfo hash(HashingProgress progress) throws IOException {
        TorrentInfo blank = blank();
        byte[] hashes = new byte[blank.hashes().size()];
        ImmutableMap.Builder<Integer, FoundFile> files = ImmutableMap.builder();
        for (int index = 0; index < found.size(); index++) {
            files.put(index, found.get(index).file());
        }
        StandingFiles standing = new StandingFiles(root, files.buildOrThrow());
        try (OpenFiles channels = new OpenFiles(OPEN_FILES_MAX)) {
            OpenTorrent data = new StandingTorrent(blank, standing, new BitSet(), channels, null, Long.MAX_VALUE);
            new PieceWork(blank, progress).run(piece -> {
                byte[] hash = data.hash(piece).toArray();
                System.arraycopy(hash, 0, hashes, piece * Sha1.SIZE, Sha1.SIZE);
            });
        } catch (ChangedException e) {
            throw changed(root);
        }
        requireUnchanged();
        return create(Bytes.copyOf(hashes));
    }

    /** The torrent before its hashes are known. */
    private TorrentInfo blank() {
        long count = (size() + pieceLength() - 1) / pieceLength();
        long hashesSize = count * Sha1.SIZE;
        if (hashesSize > WireLimits.STANDARD.torrent().file()) {
            throw unusable("its pieces are too many; make them longer", root);
        }
        return create(Bytes.read(ByteBuffer.allocate((int) hashesSize), (int) hashesSize));
    }

    private TorrentInfo create(Bytes hashes) {
        ImmutableList.Builder<TorrentFile> files = ImmutableList.builder();
        long offset = 0;
        for (Found each : found) {
            ImmutableList<RemoteText> path =
                    each.path().stream().map(RemoteText::of).collect(ImmutableList.toImmutableList());
            files.add(new TorrentFile(path, offset, each.file().size(), false));
            offset += each.file().size();
        }
        String name = options.name().orElseGet(() -> text(root));
        try {
            return TorrentInfo.create(name, pieceLength(), hashes, files.build(), options.isPrivate());
        } catch (IllegalArgumentException e) {
            throw unusable(String.valueOf(e.getMessage()), root);
        }
    }

    private int pieceLength() {
        int chosen = options.pieceLength();
        return chosen == Options.AUTOMATIC ? pieceLength(size()) : chosen;
    }

    private long size() {
        return found.stream().mapToLong(each -> each.file().size()).sum();
    }

    private void requireUnchanged() throws IOException {
        for (Found each : found) {
            if (FoundFile.at(each.file().path()).filter(each.file()::equals).isEmpty()) {
                throw changed(each.file().path());
            }
        }
    }

    private static ImmutableList<String> path(ImmutableList<String> folder, Path entry) {
        return ImmutableList.<String>builder().addAll(folder).add(text(entry)).build();
    }

    private static String text(Path path) {
        Path name = path.getFileName();
        if (name == null || name.toString().indexOf(UNCLEAR) >= 0) {
            throw unusable("a name is no text under the locale in use", path);
        }
        return name.toString();
    }

    /** Element by element, each by the bytes of its UTF-8. */
    private static int compare(List<String> first, List<String> second) {
        for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
            int order = compare(first.get(i), second.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(first.size(), second.size());
    }

    private static int compare(String first, String second) {
        return Arrays.compareUnsigned(first.getBytes(StandardCharsets.UTF_8), second.getBytes(StandardCharsets.UTF_8));
    }

    private static UserError changed(Path where) {
        return unusable("it changes while it is read", where);
    }

    private static UserError unusable(String what, Path where) {
        return new UserError(UserError.Kind.BAD_INPUT, what, where.toString());
    }
}
