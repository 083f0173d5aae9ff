package praline.node.disk;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import praline.node.library.FoundFile;
import praline.protocol.UserError;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.TorrentFile;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;
import praline.protocol.text.SafeName;

/**
 * How some data compares with a torrent. To find it out writes nothing (spec/hardening.md D9).
 *
 * @param pieceCount of the torrent
 * @param wrongPieces those that are not what the torrent says, ascending
 * @param faults of files, in their order; a piece that reaches over two files is a fault of both
 */
public record Verification(int pieceCount, ImmutableList<Integer> wrongPieces, ImmutableList<Fault> faults) {

    private static final int OPEN_FILES_MAX = 64;

    /** What is wrong with a file. */
    public enum Kind {
        MISSING,
        WRONG_SIZE,
        WRONG_BYTES
    }

    /**
     * A file that is not what the torrent says.
     *
     * @param path as the torrent has it; of a single file, its name
     */
    public record Fault(ImmutableList<RemoteText> path, Kind kind) {}

    /**
     * Compares, by as many threads as there are cores.
     *
     * @param data the file, or the folder of a torrent with many; or the folder in which that lies under the torrent's
     *     name
     * @throws UserError if there is nothing at {@code data}
     * @throws IOException if it cannot be read
     */
    public static Verification of(TorrentInfo torrent, Path data, HashingProgress progress) throws IOException {
        Path root = root(torrent, data);
        ImmutableMap<Integer, FoundFile> found = StandingFiles.look(root, torrent);
        BitSet right = new TorrentLayout(torrent).piecesWithin(lengths(torrent, found));
        try (OpenFiles channels = new OpenFiles(OPEN_FILES_MAX)) {
            StandingTorrent standing = new StandingTorrent(
                    torrent, new StandingFiles(root, found), new BitSet(), channels, null, Long.MAX_VALUE);
            BitSet readable = (BitSet) right.clone();
            new PieceWork(torrent, progress).run(piece -> {
                if (readable.get(piece) && !standing.check(piece)) {
                    synchronized (right) {
                        right.clear(piece);
                    }
                }
            });
        }
        return new Verification(
                torrent.pieceCount(), others(right, torrent.pieceCount()), faults(torrent, found, right));
    }

    /** Whether all of the data is what the torrent says. */
    public boolean isRight() {
        return wrongPieces.isEmpty() && faults.isEmpty();
    }

    private static Path root(TorrentInfo torrent, Path data) throws IOException {
        if (!Files.exists(data)) {
            throw new UserError(UserError.Kind.BAD_INPUT, "there is nothing to verify", data.toString());
        }
        Path root = data.toRealPath();
        if (!Files.isDirectory(root)) {
            return root;
        }
        Optional<String> plain = StandingFiles.plain(torrent.name());
        String safe = SafeName.of(torrent.name().tainted(), WireLimits.STANDARD);
        for (String name : ImmutableList.of(plain.orElse(safe), safe)) {
            Path inside = TreePaths.resolve(root, name);
            if (torrent.isSingleFile() || Files.isDirectory(inside, LinkOption.NOFOLLOW_LINKS)) {
                if (Files.exists(inside, LinkOption.NOFOLLOW_LINKS)) {
                    return inside;
                }
            }
        }
        return root;
    }

    private static long[] lengths(TorrentInfo torrent, ImmutableMap<Integer, FoundFile> found) {
        long[] lengths = new long[torrent.files().size()];
        found.forEach((index, file) -> lengths[index] = file.size());
        return lengths;
    }

    private static ImmutableList<Integer> others(BitSet pieces, int count) {
        BitSet others = (BitSet) pieces.clone();
        others.flip(0, count);
        return others.stream().boxed().collect(ImmutableList.toImmutableList());
    }

    private static ImmutableList<Fault> faults(
            TorrentInfo torrent, ImmutableMap<Integer, FoundFile> found, BitSet right) {
        ImmutableList.Builder<Fault> faults = ImmutableList.builder();
        for (int index = 0; index < torrent.files().size(); index++) {
            TorrentFile file = torrent.files().get(index);
            Optional<Kind> kind = file.isPadding()
                    ? Optional.empty()
                    : fault(torrent, file, Optional.ofNullable(found.get(index)), right);
            ImmutableList<RemoteText> path = file.path().isEmpty() ? ImmutableList.of(torrent.name()) : file.path();
            kind.ifPresent(fault -> faults.add(new Fault(path, fault)));
        }
        return faults.build();
    }

    private static Optional<Kind> fault(
            TorrentInfo torrent, TorrentFile file, Optional<FoundFile> found, BitSet right) {
        if (found.isEmpty()) {
            return Optional.of(Kind.MISSING);
        }
        if (found.get().size() != file.length()) {
            return Optional.of(Kind.WRONG_SIZE);
        }
        if (file.length() == 0) {
            return Optional.empty();
        }
        int first = (int) (file.offset() / torrent.pieceLength());
        int last = (int) ((file.offset() + file.length() - 1) / torrent.pieceLength());
        return right.nextClearBit(first) <= last ? Optional.of(Kind.WRONG_BYTES) : Optional.empty();
    }
}
