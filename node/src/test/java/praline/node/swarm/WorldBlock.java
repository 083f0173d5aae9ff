package praline.node.swarm;

import praline.node.engine.Block;
import praline.protocol.Sha1;

/** Bytes that are only counted: where in which torrent they belong, and which version they are. */
final class WorldBlock implements Block {

    /** As it should be. */
    static final int RIGHT = 0;

    /** From a disk that has gone bad. */
    static final int ROTTEN = -1;

    private final SwarmWorld world;
    private final Sha1 torrent;
    private final int piece;
    private final int begin;
    private final int size;
    private final int version;
    private boolean isReleased;

    WorldBlock(SwarmWorld world, Sha1 torrent, int piece, int begin, int size, int version) {
        this.world = world;
        this.torrent = torrent;
        this.piece = piece;
        this.begin = begin;
        this.size = size;
        this.version = version;
        world.blocksAlive++;
    }

    @Override
    public int size() {
        return size;
    }

    int begin() {
        return begin;
    }

    boolean isOf(Sha1 otherTorrent, int otherPiece) {
        return torrent.equals(otherTorrent) && piece == otherPiece;
    }

    boolean isRight() {
        return version == RIGHT;
    }

    /** Made up: the same for the same bytes. */
    Sha1 hash() {
        return new Sha1(piece, begin, version);
    }

    @Override
    public void release() {
        if (isReleased) {
            throw new IllegalStateException("a block was released twice");
        }
        isReleased = true;
        world.blocksAlive--;
    }
}
