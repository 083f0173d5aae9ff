package praline.node.net;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import praline.node.engine.LinkPurpose;
import praline.node.transfer.TransferFrame;
import praline.node.transfer.TransferFrame.Calling;
import praline.node.transfer.TransferFrame.ReceivedPart;
import praline.node.transfer.TransferFrame.Request;
import praline.node.transfer.TransferFrame.Response;
import praline.node.transfer.TransferFrame.Said;
import praline.node.transfer.TransferFrame.SharedPart;
import praline.protocol.Decoded;
import praline.protocol.Defect;
import praline.protocol.FirstBytes;
import praline.protocol.WireLimits;
import praline.protocol.http.Giv;
import praline.protocol.http.HeadCodec;
import praline.protocol.http.RequestHead;
import praline.protocol.http.ResponseHead;

/**
 * Transfers on the node's port: HTTP, in which the side that dialled asks and the other one answers; or the other way
 * round behind a GIV line, for sharers that cannot be dialled. The bytes of a shared file are read when their turn
 * comes, those of a body that arrives are handed on as they are cut.
 */
final class TransferLinks implements FrameCodec<TransferFrame> {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int FINAL_STATUS_MIN = 200;
    /** Parts of a file are no larger than this, and a slow reader costs two of them and not its whole budget. */
    private static final int READ_AHEAD = 16_384;

    /** Whether we ask on this link: we dialled it, or were called on it. */
    private boolean isAsking;

    private final WireLimits limits;
    private final NodeDisk disk;
    /** What we asked and is not answered yet. */
    private final Queue<RequestHead.Method> asked = new ArrayDeque<>(0);

    private ByteArrayOutputStream outgoing = new ByteArrayOutputStream(0);
    /** Arrived and not decoded yet. */
    private ByteBuffer rest = NOTHING;
    /** Whether a line has ended since the last look, so that there may be a whole head. */
    private boolean lineEnded;

    private boolean hasHeard;
    private long bodyLeft;
    private long plainBytes;

    private TransferLinks(boolean dialled, WireLimits limits, NodeDisk disk) {
        this.isAsking = dialled;
        this.limits = limits;
        this.disk = disk;
    }

    static Protocol<TransferFrame> protocol(HostConfig config, NodeDisk disk) {
        NetLimits.Net limits = config.limits().net();
        return new Protocol<>(
                LinkPurpose.TRANSFER,
                dialled -> new TransferLinks(dialled, config.wire(), disk),
                new Protocol.Sending(limits.transferSendBudget(), null, READ_AHEAD),
                new Protocol.Receiving(Protocol.Receiving.UNLIMITED, limits.turnBytes(), false));
    }

    @Override
    public void receive(ByteBuffer chunk) {
        plainBytes += chunk.remaining();
        for (int i = chunk.position(); i < chunk.limit(); i++) {
            lineEnded |= chunk.get(i) == '\n';
        }
        rest = rest.hasRemaining() ? joined(rest, chunk) : chunk;
    }

    @Override
    public Decoded<TransferFrame> next() {
        if (bodyLeft > 0) {
            return nextPart();
        }
        if (!rest.hasRemaining() || !mayHoldAHead()) {
            return new Decoded.Partial<>(1);
        }
        if (!isAsking && !hasHeard && FirstBytes.of(rest) == FirstBytes.GIV) {
            return nextCall();
        }
        return isAsking ? nextResponse() : nextRequest();
    }

    @Override
    public long plainBytes() {
        return plainBytes;
    }

    @Override
    public int sizeOf(TransferFrame frame) {
        return frame.wireSize();
    }

    /** Heads and bodies alike wait for room: an answer that does not go out now goes out later. */
    @Override
    public boolean isControl(TransferFrame frame) {
        return false;
    }

    @Override
    public void send(TransferFrame frame) {
        if (frame instanceof Request request) {
            asked.add(request.head().method());
            ByteBuffer out = ByteBuffer.allocate(frame.wireSize());
            HeadCodec.encode(request.head(), out);
            outgoing.writeBytes(out.array());
        } else if (frame instanceof Response response) {
            ByteBuffer out = ByteBuffer.allocate(frame.wireSize());
            HeadCodec.encode(response.head(), out);
            outgoing.writeBytes(out.array());
        } else if (frame instanceof Calling calling) {
            isAsking = false;
            ByteBuffer out = ByteBuffer.allocate(frame.wireSize());
            calling.giv().encode(out);
            outgoing.writeBytes(out.array());
        } else if (frame instanceof Said said) {
            outgoing.writeBytes(said.content().toArray());
        } else {
            throw new IllegalStateException("nobody sends " + frame + " like this");
        }
    }

    @Override
    public boolean isStored(TransferFrame frame) {
        return frame instanceof SharedPart;
    }

    @Override
    public Reading reading(List<TransferFrame> frames) {
        return new PartReading(List.copyOf(frames));
    }

    @Override
    public byte[] takeOutgoing() {
        byte[] bytes = outgoing.toByteArray();
        outgoing = new ByteArrayOutputStream(0);
        return bytes;
    }

    /**
     * Who dials us asks at once; and a head that has begun is to end soon. How long an answer may take is not said
     * here.
     */
    @Override
    public boolean awaitsOpening() {
        boolean isInsideHead = bodyLeft == 0 && rest.hasRemaining();
        return isInsideHead || (!isAsking && !hasHeard);
    }

    @Override
    public void close() {
        rest = NOTHING;
        outgoing = new ByteArrayOutputStream(0);
    }

    private final class PartReading implements Reading {

        private final List<TransferFrame> parts;

        PartReading(List<TransferFrame> parts) {
            this.parts = parts;
        }

        @Override
        public int size() {
            return parts.stream().mapToInt(TransferFrame::wireSize).sum();
        }

        @Override
        public void into(ByteBuf target) throws IOException {
            for (TransferFrame frame : parts) {
                SharedPart part = (SharedPart) frame;
                target.writeBytes(disk.read(part.file(), part.offset(), part.size()));
            }
        }
    }

    private Decoded<TransferFrame> nextPart() {
        if (!rest.hasRemaining()) {
            return new Decoded.Partial<>(1);
        }
        int size = (int) Math.min(bodyLeft, rest.remaining());
        ByteBuffer part = rest.slice(rest.position(), size);
        rest.position(rest.position() + size);
        bodyLeft -= size;
        lineEnded = true;
        return new Decoded.Complete<>(new ReceivedPart(new ArrivedBlock(part)));
    }

    /**
     * A look at an unfinished head begins with its first byte each time, so it is taken only when it may have ended.
     */
    private boolean mayHoldAHead() {
        boolean isTooLong = rest.remaining() > limits.http().firstLine();
        return lineEnded || isTooLong;
    }

    private Decoded<TransferFrame> nextCall() {
        Decoded<Giv> decoded = Giv.decode(rest, limits);
        if (decoded instanceof Decoded.Complete<Giv> complete) {
            hasHeard = true;
            isAsking = true;
            return new Decoded.Complete<>(new Calling(complete.message()));
        }
        return notYet(decoded);
    }

    private Decoded<TransferFrame> nextRequest() {
        Decoded<RequestHead> decoded = HeadCodec.decodeRequest(rest, limits);
        if (decoded instanceof Decoded.Complete<RequestHead> complete) {
            hasHeard = true;
            return new Decoded.Complete<>(new Request(complete.message()));
        }
        return notYet(decoded);
    }

    private Decoded<TransferFrame> nextResponse() {
        RequestHead.Method method = asked.peek();
        if (method == null) {
            return new Decoded.Fatal<>(Defect.BAD_HTTP, 0);
        }
        Decoded<ResponseHead> decoded = HeadCodec.decodeResponse(rest, limits);
        if (decoded instanceof Decoded.Complete<ResponseHead> complete) {
            ResponseHead head = complete.message();
            if (head.status() >= FINAL_STATUS_MIN) {
                asked.remove();
                bodyLeft = bodySize(method, head);
            }
            return new Decoded.Complete<>(new Response(head));
        }
        return notYet(decoded);
    }

    private Decoded<TransferFrame> notYet(Decoded<?> decoded) {
        lineEnded = false;
        if (decoded instanceof Decoded.Fatal<?> fatal) {
            return new Decoded.Fatal<>(fatal.defect(), fatal.offset());
        }
        return new Decoded.Partial<>(1);
    }

    /** A body whose length nobody says ends with the connection. */
    private static long bodySize(RequestHead.Method method, ResponseHead head) {
        boolean hasNone =
                method == RequestHead.Method.HEAD || head.status() == NO_CONTENT || head.status() == NOT_MODIFIED;
        return hasNone ? 0 : head.contentLength().orElse(Long.MAX_VALUE);
    }

    private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first)
                .put(second)
                .flip();
    }
}
