package praline.node.engine;

import praline.protocol.Endpoint;

/**
 * A participant that takes datagrams.
 *
 * @param <M> what a datagram holds
 */
public interface DatagramEngine<M> extends Engine {

    /** What a datagram is to an engine. */
    enum Verdict {
        /** Somebody else's, or nobody's. */
        NOT_OURS,
        /** For this engine; its sender may be anybody. */
        UNPROVEN,
        /** For this engine, and it holds what only somebody at that address can know. */
        PROVEN
    }

    void onDatagram(Endpoint from, M message);
}
