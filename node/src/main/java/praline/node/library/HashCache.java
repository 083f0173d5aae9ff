package praline.node.library;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import praline.node.state.StateFile;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.ContentTorrent;

/**
 * The hashes of files that were hashed before, by path, size and time of change, so that a restart reads no file again
 * (spec/hardening.md D3). Several scanners may share one cache; each call is one step.
 *
 * <pre>count (4) | each: path size (4) | path, UTF-8 | file size (8) | modified, ns (8) | SHA-1 (20) | infohash (20)
 * </pre>
 *
 * <p>What was not looked at for longest is forgotten first, and only when there is too much: a disk that is away for
 * one run finds its hashes again in the next.
 */
public final class HashCache {

    private static final Logger LOG = LoggerFactory.getLogger(HashCache.class);

    private static final int HASHES_SIZE = 8 + 8 + 2 * Sha1.SIZE;

    private record Known(long size, long modifiedNanos, Sha1 sha1, Sha1 infohash) {}

    private final @Nullable StateFile state;
    private final PieceHashes pieces;
    private final int entriesMax;
    private final Map<String, Known> byPath = new LinkedHashMap<>(16, 0.75f, true);
    private boolean isDirty;

    private HashCache(@Nullable StateFile state, PieceHashes pieces, LibraryLimits limits) {
        this.state = state;
        this.pieces = pieces;
        this.entriesMax = limits.files();
    }

    /**
     * What earlier runs left in {@code state}; nothing if that cannot be read, and then every file is hashed again.
     *
     * @param pieces where the hashes of pieces are kept
     */
    public static HashCache load(StateFile state, PieceHashes pieces, LibraryLimits limits) {
        HashCache cache = new HashCache(state, pieces, limits);
        try {
            state.read().ifPresent(cache::read);
        } catch (IOException e) {
            LOG.warn("the hashes of shared files cannot be read and are computed again", e);
        }
        return cache;
    }

    /** A cache that ends with the process. */
    public static HashCache inMemory(LibraryLimits limits) {
        return new HashCache(null, PieceHashes.none(), limits);
    }

    /**
     * The torrent that follows from a file. It blocks, and reads the whole file when its hashes are not known.
     *
     * @throws IOException if the file cannot be read, or is no longer the one that was found
     */
    public ContentTorrent torrentOf(FoundFile file) throws IOException {
        Optional<ContentTorrent> known = known(file);
        if (known.isPresent()) {
            return known.get();
        }
        ContentTorrent torrent =
                Objects.requireNonNull(new FileHasher(pieces, () -> false).torrent(file, size -> {}), "never stopped");
        remember(SharedFile.of(file, torrent.sha1(), torrent.infohash()));
        return torrent;
    }

    /**
     * A finished download, ready to be shared. It blocks, and reads the whole file when its torrent is not known.
     *
     * @param sha1 of its content, which was compared already
     * @param infohash of the torrent that follows from the content; null: not known
     * @throws IOException if the file cannot be read, or is no longer the one that was found
     */
    public SharedFile fetched(FoundFile file, Sha1 sha1, @Nullable Sha1 infohash) throws IOException {
        if (infohash == null) {
            ContentTorrent torrent = torrentOf(file);
            return SharedFile.of(file, torrent.sha1(), torrent.infohash());
        }
        SharedFile shared = SharedFile.of(file, sha1, infohash);
        remember(shared);
        return shared;
    }

    private Optional<ContentTorrent> known(FoundFile file) throws IOException {
        Optional<SharedFile> shared = find(file);
        if (shared.isEmpty()) {
            return Optional.empty();
        }
        Sha1 sha1 = shared.get().sha1();
        return pieces.find(sha1, file.size())
                .map(hashes -> new ContentTorrent(sha1, file.size(), hashes))
                .filter(torrent -> torrent.infohash().equals(shared.get().infohash()));
    }

    PieceHashes pieces() {
        return pieces;
    }

    /** Keeps what was learnt since the last time. A full disk costs a later start, nothing else. */
    public synchronized void save() {
        if (state == null || !isDirty) {
            return;
        }
        try {
            state.write(written());
            isDirty = false;
        } catch (IOException e) {
            LOG.warn("the hashes of shared files cannot be kept", e);
        }
    }

    /** The file with its hashes, if they are known and the file has not changed since. */
    synchronized Optional<SharedFile> find(FoundFile file) {
        if (FileNames.isUnclear(file.path())) {
            return Optional.empty();
        }
        Known known = byPath.get(file.path().toString());
        if (known == null || known.size() != file.size() || known.modifiedNanos() != file.modifiedNanos()) {
            return Optional.empty();
        }
        return Optional.of(SharedFile.of(file, known.sha1(), known.infohash()));
    }

    /** A path that the locale makes ambiguous is not remembered: two files would share one entry. */
    synchronized void remember(SharedFile shared) {
        FoundFile file = shared.file();
        if (FileNames.isUnclear(file.path())) {
            return;
        }
        Known known = new Known(file.size(), file.modifiedNanos(), shared.sha1(), shared.infohash());
        byPath.put(file.path().toString(), known);
        if (byPath.size() > entriesMax) {
            Iterator<String> oldest = byPath.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        isDirty = true;
    }

    private byte[] written() {
        int size = 4;
        for (String path : byPath.keySet()) {
            size += 4 + path.getBytes(StandardCharsets.UTF_8).length + HASHES_SIZE;
        }
        ByteBuffer content = ByteBuffer.allocate(size).putInt(byPath.size());
        byPath.forEach((path, known) -> {
            byte[] text = path.getBytes(StandardCharsets.UTF_8);
            content.putInt(text.length).put(text).putLong(known.size()).putLong(known.modifiedNanos());
            known.sha1().writeTo(content);
            known.infohash().writeTo(content);
        });
        return content.array();
    }

    private void read(byte[] bytes) {
        ByteBuffer content = ByteBuffer.wrap(bytes);
        try {
            int count = content.getInt();
            for (int i = 0; i < count; i++) {
                int size = content.getInt();
                if (size < 0 || size > content.remaining()) {
                    throw new BufferUnderflowException();
                }
                byte[] path = new byte[size];
                content.get(path);
                Known known = new Known(content.getLong(), content.getLong(), Sha1.read(content), Sha1.read(content));
                byPath.put(new String(path, StandardCharsets.UTF_8), known);
            }
        } catch (BufferUnderflowException e) {
            LOG.warn("the hashes of shared files are incomplete after {} of them", byPath.size());
        }
    }
}
