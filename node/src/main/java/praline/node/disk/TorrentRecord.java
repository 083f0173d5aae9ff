package praline.node.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import praline.node.state.StateFile;
import praline.protocol.Sha1;

/**
 * What is remembered of a torrent across restarts, so that nothing is hashed again that is known.
 *
 * <pre>piece count (4, BE) | bitfield of verified pieces | stamp of the finished files (20) | their name, UTF-8 </pre>
 */
final class TorrentRecord {

    private static final Sha1 NO_STAMP = new Sha1(0, 0, 0);

    /**
     * How far a torrent has come.
     *
     * @param verified pieces that were right, and forced to the disk
     * @param name of its file or folder among the finished ones; empty: it grows
     * @param stamp of the finished files when that was true ({@link StandingFiles#stamp})
     */
    record State(BitSet verified, String name, Sha1 stamp) {

        static State growing(BitSet verified) {
            return new State(verified, "", NO_STAMP);
        }

        boolean isGrowing() {
            return name.isEmpty();
        }
    }

    private final StateFile file;

    TorrentRecord(Path folder, Sha1 torrent) {
        file = new StateFile(folder.resolve(torrent.hex() + ".pieces"));
    }

    /** The newest record that can be read and is one of {@code pieceCount} pieces. */
    Optional<State> read(int pieceCount) throws IOException {
        return file.read().flatMap(content -> parse(content, pieceCount));
    }

    void write(State state, int pieceCount) throws IOException {
        byte[] bits = Bitfields.toArray(state.verified(), pieceCount);
        byte[] name = state.name().getBytes(StandardCharsets.UTF_8);
        ByteBuffer content = ByteBuffer.allocate(Integer.BYTES + bits.length + Sha1.SIZE + name.length);
        content.putInt(pieceCount).put(bits);
        state.stamp().writeTo(content);
        content.put(name);
        file.write(content.array());
    }

    void delete() throws IOException {
        file.delete();
    }

    private static Optional<State> parse(byte[] content, int pieceCount) {
        int bitsSize = Bitfields.size(pieceCount);
        ByteBuffer in = ByteBuffer.wrap(content);
        if (content.length < Integer.BYTES + bitsSize + Sha1.SIZE || in.getInt() != pieceCount) {
            return Optional.empty();
        }
        byte[] bits = new byte[bitsSize];
        in.get(bits);
        Sha1 stamp = Sha1.read(in);
        String name = StandardCharsets.UTF_8.decode(in).toString();
        return Optional.of(new State(Bitfields.of(bits, pieceCount), name, stamp));
    }
}
