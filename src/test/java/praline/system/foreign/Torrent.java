package praline.system.foreign;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import praline.node.disk.TorrentMaker;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.Magnet;
import praline.protocol.bittorrent.Metainfo;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.testing.Seeds;

/** Data that only those have who were given it, its torrent, and how to know it again. */
final class Torrent {

    private static final int PIECE_LENGTH = 32 << 10;

    private final Path home;
    private final ImmutableMap<String, byte[]> contents;
    private final TorrentInfo info;

    private Torrent(Path home, String name, ImmutableMap<String, byte[]> contents) throws IOException {
        this.home = home;
        this.contents = contents;
        Path original = copyInto(home.resolve("original")).resolve(name);
        TorrentMaker.Options options = new TorrentMaker.Options(Optional.empty(), PIECE_LENGTH, false);
        this.info = TorrentMaker.make(original, options, (done, total) -> {});
    }

    /** Of one file. Torrents of different names have different bytes. */
    static Torrent ofFile(Path home, String name, int size) throws IOException {
        return new Torrent(home, name, ImmutableMap.of(name, bytes(Seeds.generator(name.hashCode()), size)));
    }

    /** Of a folder with three files of {@code size} bytes together, which begin and end within pieces. */
    static Torrent ofFolder(Path home, String name, int size) throws IOException {
        RandomGenerator random = Seeds.generator(name.hashCode());
        int first = random.nextInt(size / 2);
        return new Torrent(
                home,
                name,
                ImmutableMap.of(
                        name + "/1831/to Henslow.txt", bytes(random, first),
                        name + "/1860/to Asa Gray.txt", bytes(random, size - first - 1),
                        name + "/à lire.txt", bytes(random, 1)));
    }

    /** Its torrent file; the trackers are of one tier. */
    Path file(String... trackers) throws IOException {
        ImmutableList<String> tier = ImmutableList.copyOf(trackers);
        ImmutableList<ImmutableList<String>> tiers = tier.isEmpty() ? ImmutableList.of() : ImmutableList.of(tier);
        Path file = Files.createTempFile(home, "", ".torrent");
        return Files.write(file, Metainfo.of(info, tiers).encode().toArray());
    }

    /** A link to it that tells trackers. */
    String link(String... trackers) {
        return link(ImmutableList.copyOf(trackers), ImmutableList.of());
    }

    /** A link to it that tells one who takes part. */
    String linkBy(Place peer) {
        return link(
                ImmutableList.of(),
                ImmutableList.of(Endpoint.parse(peer.endpoint()).orElseThrow()));
    }

    private String link(ImmutableList<String> trackers, ImmutableList<Endpoint> peers) {
        return new Magnet(infohash(), null, info.name(), OptionalLong.empty(), trackers, peers, ImmutableList.of())
                .link();
    }

    Sha1 infohash() {
        return info.infohash();
    }

    /** Puts all the data into a folder, which is returned. */
    Path copyInto(Path folder) throws IOException {
        for (var file : contents.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
        return folder;
    }

    /** Overwrites all the data in a folder, file by file, with other bytes of the same size. */
    void spoil(Path folder) throws IOException {
        for (var file : contents.entrySet()) {
            byte[] wrong = file.getValue().clone();
            for (int at = 0; at < wrong.length; at++) {
                wrong[at] ^= 1;
            }
            Files.write(folder.resolve(file.getKey()), wrong, StandardOpenOption.WRITE);
        }
    }

    /** Whether all the data is in that folder, by the SHA-256 of each file. */
    boolean isIn(Path folder) {
        return contents.entrySet().stream()
                .allMatch(file -> hash(folder.resolve(file.getKey()))
                        .equals(Optional.of(Hashing.sha256().hashBytes(file.getValue()))));
    }

    private static Optional<HashCode> hash(Path file) {
        try {
            return Optional.of(MoreFiles.asByteSource(file).hash(Hashing.sha256()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(RandomGenerator random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
