package praline.node;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import praline.node.library.HashCache;
import praline.node.library.LibraryLimits;
import praline.node.library.LibraryScanner;
import praline.node.library.ShareFolders;
import praline.node.state.StateFile;
import praline.node.state.StateFolder;
import praline.protocol.Guid;
import praline.protocol.SplitMix64;
import praline.protocol.UserError;

/** What a node has on the disk. To open and to close it blocks. */
final class Storage implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
    private static final String HASHES = "hashes";
    private static final String SERVENT = "servent";
    /** Which stream of the node's seed its GUID comes from. */
    private static final int SERVENT_STREAM = 1;

    private final @Nullable StateFolder state;
    private final Guid servent;
    private final LibraryScanner scanner;

    private Storage(@Nullable StateFolder state, Guid servent, LibraryScanner scanner) {
        this.state = state;
        this.servent = servent;
        this.scanner = scanner;
    }

    /** @throws UserError if a folder that the user named cannot be used, or another node uses the state folder */
    static Storage open(NodeConfig config) {
        ImmutableList<Path> shares =
                ShareFolders.of(config.shares().stream().map(Path::toString).toList());
        LibraryLimits limits = config.libraryLimits();
        Guid fresh = Guid.random(SplitMix64.stream(config.seed(), SERVENT_STREAM));
        Path path = config.state();
        if (path == null) {
            return new Storage(null, fresh, new LibraryScanner(shares, HashCache.inMemory(limits), limits));
        }
        StateFolder folder = StateFolder.open(path);
        HashCache hashes = HashCache.load(folder.file(HASHES), limits);
        return new Storage(folder, servent(folder.file(SERVENT), fresh), new LibraryScanner(shares, hashes, limits));
    }

    /** The node's name: the same as in earlier runs, when there is a state folder. */
    Guid servent() {
        return servent;
    }

    LibraryScanner scanner() {
        return scanner;
    }

    @Override
    public void close() throws IOException {
        if (state != null) {
            state.close();
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
