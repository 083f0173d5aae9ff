package praline.node.transfer;

import praline.protocol.Endpoint;
import praline.protocol.Guid;

/** Sends pushes for the transfer engine. Answers at once, and never calls back. */
public interface PushPort {

    /** Of a node that is in no overlay. */
    PushPort NONE = new PushPort() {
        @Override
        public Endpoint here(Endpoint listening) {
            return listening;
        }

        @Override
        public boolean push(Guid sharer, long index, int ttl) {
            return false;
        }

        @Override
        public boolean proxy(Guid sharer, long index, Endpoint requester) {
            return false;
        }
    };

    /** Where a sharer shall call this node, which listens at {@code listening}. */
    Endpoint here(Endpoint listening);

    /** Asks {@code sharer} along the way of its hit to dial this node; false: no way is known. */
    boolean push(Guid sharer, long index, int ttl);

    /** Asks a leaf that this node is push proxy for to dial {@code requester}; false: there is no such leaf. */
    boolean proxy(Guid sharer, long index, Endpoint requester);
}
