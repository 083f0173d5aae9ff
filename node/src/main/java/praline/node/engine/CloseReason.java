package praline.node.engine;

/** Why a link ended. */
public enum CloseReason {
    /** The other end closed it in order. */
    REMOTE_CLOSED,
    /** The connection broke. */
    RESET,
    /** The handshake did not finish in time (spec/hardening.md C1). */
    HANDSHAKE_TIMED_OUT,
    /** The handshake ended in a refusal, ours or theirs. */
    REFUSED,
    /** A Bye was sent or received. */
    BYE,
    /** What came was no message of the protocol. */
    PROTOCOL_ERROR,
    /** Nothing was heard for too long (C7). */
    SILENT,
    /** The other end did not read for too long (C5). */
    SLOW_READER,
    /** It did what it was opened for. */
    FINISHED,
    /** A bound on links or memory was reached (C2, C3). */
    OVER_LIMIT,
    /** This node leaves. */
    SHUTDOWN
}
