package praline.node;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import praline.node.disk.Disk;
import praline.node.disk.SharedFileReader;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.TorrentPlace;
import praline.node.library.FoundFile;
import praline.node.library.HashCache;
import praline.node.library.LibraryLimits;
import praline.node.library.LibraryScanner;
import praline.node.library.PieceHashes;
import praline.node.library.ShareFolders;
import praline.node.net.NodeDisk;
import praline.node.overlay.KnownHost;
import praline.node.state.StateFile;
import praline.node.state.StateFolder;
import praline.node.transfer.SharedFile;
import praline.protocol.Guid;
import praline.protocol.Sha1;
import praline.protocol.SplitMix64;
import praline.protocol.UserError;

/** What a node has on the disk. All of it blocks. */
final class Storage implements NodeDisk, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
    private static final String HASHES = "hashes";
    private static final String HOSTS = "hosts";
    private static final String PIECES = "pieces";
    private static final String SERVENT = "servent";
    private static final String UNFINISHED = "unfinished";
    /** Where downloads grow when there is no state folder: out of sight, beside the finished ones. */
    private static final String UNFINISHED_BESIDE = ".praline-unfinished";
    /** Which stream of the node's seed its GUID comes from. */
    private static final int SERVENT_STREAM = 1;

    private final @Nullable StateFolder state;
    private final ImmutableList<KnownHost> knownHosts;
    private final Guid servent;
    private final HashCache hashes;
    private final LibraryScanner scanner;
    private final Disk disk;

    private Storage(@Nullable StateFolder state, Guid servent, HashCache hashes, LibraryScanner scanner, Disk disk) {
        this.state = state;
        this.knownHosts =
                state == null ? ImmutableList.of() : new HostsFile(state.file(HOSTS)).read(System.currentTimeMillis());
        this.servent = servent;
        this.hashes = hashes;
        this.scanner = scanner;
        this.disk = disk;
    }

    /**
     * Opens what the configuration names.
     *
     * @throws UserError if a folder that the user named cannot be used, or another node uses the state folder
     */
    static Storage open(NodeConfig config) {
        ImmutableList<Path> shares =
                ShareFolders.of(config.shares().stream().map(Path::toString).toList());
        LibraryLimits limits = config.libraryLimits();
        Guid fresh = Guid.random(SplitMix64.stream(config.seed(), SERVENT_STREAM));
        Path path = config.state();
        if (path == null) {
            HashCache hashes = HashCache.inMemory(limits);
            return new Storage(null, fresh, hashes, new LibraryScanner(shares, hashes, limits), disk(config, hashes));
        }
        StateFolder folder = StateFolder.open(path);
        try {
            HashCache hashes = HashCache.load(folder.file(HASHES), PieceHashes.in(path.resolve(PIECES)), limits);
            LibraryScanner scanner = new LibraryScanner(shares, hashes, limits);
            return new Storage(folder, servent(folder.file(SERVENT), fresh), hashes, scanner, disk(config, hashes));
        } catch (UserError e) {
            close(folder);
            throw e;
        }
    }

    /** The node's name: the same as in earlier runs, when there is a state folder. */
    Guid servent() {
        return servent;
    }

    /** The hosts that an earlier run knew; none without a state folder. */
    ImmutableList<KnownHost> knownHosts() {
        return knownHosts;
    }

    /** Keeps {@code hosts} for the next run, if there is a state folder. */
    void keepHosts(List<KnownHost> hosts) {
        if (state != null) {
            new HostsFile(state.file(HOSTS)).write(hosts, System.currentTimeMillis());
        }
    }

    LibraryScanner scanner() {
        return scanner;
    }

    /**
     * A finished download, ready to be shared; empty if it is gone already.
     *
     * @param infohash of the torrent that follows from it; null: it is hashed
     * @throws IOException if it cannot be looked at
     */
    Optional<praline.node.library.SharedFile> fetched(Path path, Sha1 sha1, @Nullable Sha1 infohash)
            throws IOException {
        Optional<FoundFile> found = FoundFile.at(path.toRealPath());
        return found.isEmpty() ? Optional.empty() : Optional.of(hashes.fetched(found.get(), sha1, infohash));
    }

    @Override
    public JobResult run(Job job) {
        return disk.run(job);
    }

    @Override
    public byte[] read(SharedFile file, long offset, int size) throws IOException {
        if (file.place() instanceof TorrentPlace part) {
            return readPart(part, offset, size);
        }
        try (SharedFileReader reader = SharedFileReader.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(size);
            reader.read(bytes, offset);
            return bytes.array();
        }
    }

    private byte[] readPart(TorrentPlace part, long offset, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        int piece = (int) (offset / part.pieceLength());
        disk.read(part.torrent(), piece, (int) (offset % part.pieceLength()), bytes);
        return bytes.array();
    }

    @Override
    public void readTorrent(Sha1 torrent, int piece, int begin, ByteBuffer into) throws IOException {
        disk.read(torrent, piece, begin, into);
    }

    @Override
    public void close() throws IOException {
        try (scanner) {
            disk.close();
        } finally {
            if (state != null) {
                state.close();
            }
        }
    }

    private static Disk disk(NodeConfig config, HashCache hashes) {
        Path finished = config.downloads();
        if (finished == null) {
            return Disk.ofShares(hashes);
        }
        Path state = config.state();
        Path unfinished = state == null ? finished.resolve(UNFINISHED_BESIDE) : state.resolve(UNFINISHED);
        try {
            return Disk.open(unfinished, finished, config.transferLimits().download(), config.disk(), hashes);
        } catch (IOException e) {
            throw new UserError(
                    UserError.Kind.BAD_INPUT, "the folder for downloads cannot be used", finished.toString());
        }
    }

    private static void close(StateFolder folder) {
        try {
            folder.close();
        } catch (IOException e) {
            LOG.warn("the state folder cannot be closed", e);
        }
    }

    private static Guid servent(StateFile file, Guid fresh) {
        try {
            Optional<byte[]> known = file.read().filter(bytes -> bytes.length == Guid.SIZE);
            if (known.isPresent()) {
                return Guid.read(ByteBuffer.wrap(known.get()));
            }
            ByteBuffer bytes = ByteBuffer.allocate(Guid.SIZE);
            fresh.writeTo(bytes);
            file.write(bytes.array());
        } catch (IOException e) {
            LOG.warn("this node's name cannot be kept, and is another one in the next run", e);
        }
        return fresh;
    }
}
