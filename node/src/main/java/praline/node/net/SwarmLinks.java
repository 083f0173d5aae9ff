package praline.node.net;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import praline.node.engine.LinkPurpose;
import praline.node.swarm.SwarmFrame;
import praline.node.swarm.SwarmFrame.OwnBlock;
import praline.node.swarm.SwarmFrame.ReceivedBlock;
import praline.node.swarm.SwarmFrame.Said;
import praline.protocol.Decoded;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.PeerCodec;
import praline.protocol.bittorrent.PeerMessage;
import praline.protocol.bittorrent.PeerMessage.PieceHead;

/**
 * Swarms on the node's port: BitTorrent's hello, then messages with a length in front (spec/bittorrent.md section 5).
 * The data of pieces is nearly all that goes over such a link, so it takes the shortest way: what arrives is copied
 * once, from the socket's buffer into its block, and what goes out comes from the disk in runs of many blocks.
 */
final class SwarmLinks implements FrameCodec<SwarmFrame> {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final byte[] NO_DATA = {};

    private final WireLimits limits;
    private final NodeDisk disk;
    private ByteArrayOutputStream outgoing = new ByteArrayOutputStream(0);
    /** Arrived and not looked at yet. */
    private ByteBuffer arrived = NOTHING;
    /** The beginning of a message whose rest is in {@link #arrived} or still to come. */
    private ByteBuffer begun = NOTHING;
    /** The block whose data is coming; null: messages come. */
    private @Nullable PieceHead head;

    private byte[] data = NO_DATA;
    private int dataCount;
    private boolean hasHello;
    private long plainBytes;

    private SwarmLinks(WireLimits limits, NodeDisk disk) {
        this.limits = limits;
        this.disk = disk;
    }

    static Protocol<SwarmFrame> protocol(HostConfig config, NodeDisk disk) {
        NetLimits.Net limits = config.limits().net();
        return new Protocol<>(
                LinkPurpose.SWARM,
                dialled -> new SwarmLinks(config.wire(), disk),
                new Protocol.Sending(limits.swarmSendBudget(), null, limits.swarmReadAhead()),
                new Protocol.Receiving(Protocol.Receiving.UNLIMITED, limits.turnBytes(), true));
    }

    @Override
    public void receive(ByteBuffer chunk) {
        plainBytes += chunk.remaining();
        arrived = arrived.hasRemaining() ? joined(arrived, chunk) : chunk;
    }

    @Override
    public void keepRest() {
        arrived = arrived.hasRemaining() ? joined(arrived, NOTHING) : NOTHING;
    }

    @Override
    public Decoded<SwarmFrame> next() {
        return head != null ? nextBlock(head) : nextMessage();
    }

    @Override
    public long plainBytes() {
        return plainBytes;
    }

    @Override
    public int sizeOf(SwarmFrame frame) {
        return frame.wireSize();
    }

    /** Blocks wait for room. Everything else is small, and a peer that misses some of it waits for ever. */
    @Override
    public boolean isControl(SwarmFrame frame) {
        return !(frame instanceof OwnBlock);
    }

    @Override
    public void send(SwarmFrame frame) {
        if (!(frame instanceof Said said)) {
            throw new IllegalStateException("nobody sends " + frame + " like this");
        }
        ByteBuffer out = ByteBuffer.allocate(frame.wireSize());
        PeerCodec.encode(said.message(), out);
        outgoing.writeBytes(out.array());
    }

    @Override
    public boolean isStored(SwarmFrame frame) {
        return frame instanceof OwnBlock;
    }

    @Override
    public Reading reading(List<SwarmFrame> frames) {
        return new BlockReading(disk, List.copyOf(frames));
    }

    /** A request that waits behind blocks on their slow way out would leave the other direction idle. */
    @Override
    public boolean mayOvertake(SwarmFrame frame) {
        return true;
    }

    @Override
    public byte[] takeOutgoing() {
        byte[] bytes = outgoing.toByteArray();
        outgoing = new ByteArrayOutputStream(0);
        return bytes;
    }

    @Override
    public boolean awaitsOpening() {
        return !hasHello;
    }

    @Override
    public void close() {
        arrived = NOTHING;
        begun = NOTHING;
        data = NO_DATA;
        outgoing = new ByteArrayOutputStream(0);
    }

    /** A message that came in parts is put together; one that lies whole in what arrived is read where it lies. */
    private Decoded<SwarmFrame> nextMessage() {
        while (begun.hasRemaining() || arrived.hasRemaining()) {
            boolean isInParts = begun.hasRemaining();
            Decoded<? extends PeerMessage> decoded = decoded(isInParts ? begun : arrived);
            if (decoded instanceof Decoded.Complete<? extends PeerMessage> complete) {
                return next(complete.message());
            }
            if (decoded instanceof Decoded.Fatal<? extends PeerMessage> fatal) {
                return new Decoded.Fatal<>(fatal.defect(), fatal.offset());
            }
            if (!arrived.hasRemaining()) {
                break;
            }
            keep(isInParts ? missing(decoded) : arrived.remaining());
        }
        return new Decoded.Partial<>(1);
    }

    private Decoded<? extends PeerMessage> decoded(ByteBuffer in) {
        return hasHello ? PeerCodec.decode(in, limits) : PeerCodec.decodeHello(in);
    }

    private static int missing(Decoded<? extends PeerMessage> decoded) {
        return decoded instanceof Decoded.Partial<? extends PeerMessage> partial ? partial.missing() : 0;
    }

    private Decoded<SwarmFrame> next(PeerMessage message) {
        hasHello = true;
        if (!begun.hasRemaining()) {
            begun = NOTHING;
        }
        if (message instanceof PieceHead piece) {
            head = piece;
            return nextBlock(piece);
        }
        return new Decoded.Complete<>(new Said(message));
    }

    /** Moves {@code count} bytes of what arrived, or all of it, behind the beginning of a message. */
    private void keep(int count) {
        int size = Math.min(count, arrived.remaining());
        int end = begun.limit();
        if (begun.capacity() - end < size) {
            int kept = begun.remaining();
            begun = ByteBuffer.allocate(Math.max(2 * kept, kept + size)).put(begun);
            end = kept;
            begun.position(0);
        }
        begun.limit(end + size).put(end, arrived, arrived.position(), size);
        arrived.position(arrived.position() + size);
    }

    private Decoded<SwarmFrame> nextBlock(PieceHead piece) {
        int size = Math.min(piece.length() - dataCount, arrived.remaining());
        makeRoom(dataCount + size, piece.length());
        arrived.get(data, dataCount, size);
        dataCount += size;
        if (dataCount < piece.length()) {
            return new Decoded.Partial<>(piece.length() - dataCount);
        }
        ReceivedBlock block = new ReceivedBlock(piece.piece(), piece.begin(), new ArrivedBlock(ByteBuffer.wrap(data)));
        head = null;
        data = NO_DATA;
        dataCount = 0;
        return new Decoded.Complete<>(block);
    }

    /** A block as we ask for it gets its memory with its first byte; a larger one grows as it comes. */
    private void makeRoom(int count, int length) {
        if (data.length < count) {
            int generous = Math.max(PeerMessage.BLOCK, 2 * data.length);
            data = Arrays.copyOf(data, Math.min(length, Math.max(count, generous)));
        }
    }

    private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first)
                .put(second)
                .flip();
    }

    private record BlockReading(NodeDisk disk, List<SwarmFrame> frames) implements Reading {

        @Override
        public int size() {
            return frames.stream().mapToInt(SwarmFrame::wireSize).sum();
        }

        @Override
        public void into(ByteBuf target) throws IOException {
            for (SwarmFrame frame : frames) {
                OwnBlock block = (OwnBlock) frame;
                ByteBuffer whole = target.nioBuffer(target.writerIndex(), block.wireSize());
                PeerCodec.encode(new PieceHead(block.piece(), block.begin(), block.length()), whole);
                disk.readTorrent(block.torrent(), block.piece(), block.begin(), whole);
                if (whole.hasRemaining()) {
                    throw new IOException(whole.remaining() + " bytes short of " + block);
                }
                target.writerIndex(target.writerIndex() + block.wireSize());
            }
        }
    }
}
