package praline.node.engine;

import praline.protocol.Endpoint;

/**
 * A participant that takes datagrams.
 *
 * @param <M> what a datagram holds
 */
public interface DatagramEngine<M> extends Engine {

    void onDatagram(Endpoint from, M message);
}
