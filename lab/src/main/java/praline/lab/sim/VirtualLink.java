package praline.lab.sim;

import org.jspecify.annotations.Nullable;
import praline.node.engine.CloseReason;
import praline.node.engine.Link;
import praline.protocol.Endpoint;

/** One end of a link in virtual time. There are millions of them: every field counts. */
final class VirtualLink<M> implements Link<M> {

    final VirtualHost<M, ?> owner;

    /** The port that the other end dialled from; 0: the one where it listens. */
    private final char remotePort;

    /** Whether this end may send and hear; from its opening until either side closes. */
    boolean isOpen;
    /** Whether the engine was told that it is gone. */
    boolean isClosed;

    private @Nullable VirtualLink<M> other;
    private @Nullable Object attachment;
    private @Nullable Flow flow;

    /** The owner's other links, as a list. */
    @Nullable
    VirtualLink<M> next;

    @Nullable
    VirtualLink<M> previous;

    VirtualLink(VirtualHost<M, ?> owner, int remotePort) {
        this.owner = owner;
        this.remotePort = (char) remotePort;
    }

    /** Makes two ends one link. */
    static <M> void join(VirtualLink<M> one, VirtualLink<M> another) {
        one.other = another;
        another.other = one;
    }

    VirtualLink<M> other() {
        VirtualLink<M> end = other;
        if (end == null) {
            throw new IllegalStateException("nobody has answered this link yet");
        }
        return end;
    }

    @Nullable
    Flow flow() {
        return flow;
    }

    void setFlow(@Nullable Flow newFlow) {
        flow = newFlow;
    }

    /** Equal for all that arrives here. */
    long tieKey() {
        return (long) owner.node.number() << Integer.SIZE | other().owner.node.number();
    }

    @Override
    public Endpoint remote() {
        Endpoint listening = other().owner.node.endpoint();
        return remotePort == 0 ? listening : listening.withPort(remotePort);
    }

    @Override
    public int room() {
        return owner.network.room(this);
    }

    @Override
    public boolean send(M message) {
        return owner.network.send(this, message);
    }

    @Override
    public void read(boolean on) {
        owner.network.read(this, on);
    }

    @Override
    public void close(CloseReason why) {
        owner.network.close(this, why);
    }

    @Override
    public @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void attach(@Nullable Object state) {
        attachment = state;
    }
}
