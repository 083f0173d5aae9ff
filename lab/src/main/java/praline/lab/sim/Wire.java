package praline.lab.sim;

import praline.node.engine.LinkPurpose;

/**
 * What the virtual host must know of a protocol, since it moves messages by reference: how much they weigh and what
 * bytes they would be.
 *
 * @param <M> what goes over its links
 * @param <D> what it sends by datagram
 */
public interface Wire<M, D> {

    /** Which dials it answers. */
    LinkPurpose purpose();

    /** Bytes that {@code message} would take on a socket. */
    int wireSize(M message);

    /** Whether {@code message} may overdraw a full link by 64 KiB. */
    boolean isControl(M message);

    /** Bytes that may be under way in one direction of a link (spec/hardening.md C5). */
    int sendBudget();

    /** Whether {@link #arriving} changes nothing. */
    default boolean isPlain() {
        return true;
    }

    /** What the other end gets when {@code message} is sent; as heavy as that. */
    default M arriving(M message) {
        return message;
    }

    /** {@code message}, encoded and decoded again; throws when that is not the same message. */
    M throughBytes(M message);
}
