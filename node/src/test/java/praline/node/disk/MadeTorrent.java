package praline.node.disk;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import praline.node.engine.Block;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.SplitMix64;
import praline.protocol.bittorrent.PeerMessage;
import praline.protocol.bittorrent.TorrentFile;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/** A torrent for a test, together with all its bytes. */
final class MadeTorrent {

    static final int PIECE = 32_768;

    private final TorrentInfo info;
    private final byte[] content;

    MadeTorrent(TorrentInfo info, byte[] content) {
        this.info = info;
        this.content = content;
    }

    /** A single file of bytes drawn by chance. */
    static MadeTorrent single(String name, int size) {
        return new Builder(name).single(size);
    }

    static Builder folder(String name) {
        return new Builder(name);
    }

    TorrentInfo info() {
        return info;
    }

    byte[] content() {
        return content.clone();
    }

    Sha1 infohash() {
        return info.infohash();
    }

    byte[] piece(int piece) {
        int from = (int) info.pieceOffset(piece);
        return Arrays.copyOfRange(content, from, from + info.pieceSize(piece));
    }

    /** What a file of this index consists of. */
    byte[] file(int index) {
        TorrentFile file = info.files().get(index);
        return Arrays.copyOfRange(content, (int) file.offset(), (int) (file.offset() + file.length()));
    }

    /** The blocks of a piece as they come from peers. */
    ImmutableList<Block> blocks(int piece) {
        return blocks(piece(piece));
    }

    static ImmutableList<Block> blocks(byte[] piece) {
        ImmutableList.Builder<Block> blocks = ImmutableList.builder();
        for (int from = 0; from < piece.length; from += PeerMessage.BLOCK) {
            blocks.add(new FakeBlock(piece, from, Math.min(piece.length, from + PeerMessage.BLOCK)));
        }
        return blocks.build();
    }

    /** Puts a torrent with many files together. */
    static final class Builder {

        private final String name;
        private final SplitMix64 random;
        private final List<TorrentFile> files = new ArrayList<>();
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        private Builder(String name) {
            this.name = name;
            this.random = SplitMix64.stream(name.hashCode(), 1);
        }

        Builder file(int size, String... path) {
            return add(size, false, path);
        }

        Builder padding(int size) {
            return add(size, true, ".pad", String.valueOf(size));
        }

        MadeTorrent build() {
            byte[] all = content.toByteArray();
            return new MadeTorrent(
                    TorrentInfo.create(name, PIECE, hashes(all), ImmutableList.copyOf(files), false), all);
        }

        private MadeTorrent single(int size) {
            return add(size, false).build();
        }

        private Builder add(int size, boolean isPadding, String... path) {
            byte[] bytes = new byte[size];
            if (!isPadding) {
                random.nextBytes(bytes);
            }
            ImmutableList<RemoteText> names =
                    Arrays.stream(path).map(RemoteText::of).collect(ImmutableList.toImmutableList());
            files.add(new TorrentFile(names, content.size(), size, isPadding));
            content.writeBytes(bytes);
            return this;
        }

        private static Bytes hashes(byte[] all) {
            ByteArrayOutputStream hashes = new ByteArrayOutputStream();
            for (int from = 0; from < all.length; from += PIECE) {
                byte[] piece = Arrays.copyOfRange(all, from, Math.min(all.length, from + PIECE));
                hashes.writeBytes(Sha1.digestOf(piece).toArray());
            }
            return Bytes.copyOf(hashes.toByteArray());
        }
    }
}
