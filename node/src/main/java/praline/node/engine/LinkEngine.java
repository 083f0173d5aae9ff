package praline.node.engine;

import praline.protocol.Defect;

/**
 * A participant that talks over links.
 *
 * @param <M> what is sent and received on its links
 */
public interface LinkEngine<M> extends Engine {

    /** How deep {@link #preview} looks. */
    int PREVIEW_STEPS = 3;

    /** The bare connection stands; a handshake comes as messages. {@code ticket} 0: they dialled us. */
    void onLinkOpen(Link<M> link, long ticket);

    void onDialFailed(long ticket, DialFailure why);

    void onMessage(Link<M> link, M message);

    /** Bytes came that are no message. What follows from it is the engine's policy. */
    void onDefect(Link<M> link, Defect defect);

    /** There is room again after {@link Link#send} said no. */
    void onWritable(Link<M> link);

    /** The link is gone, by either side. Nothing comes from it any more. */
    void onLinkClosed(Link<M> link, CloseReason why);

    /**
     * A hint: {@code message} comes soon. Reads what {@link #onMessage} will need of this engine's memory, and changes
     * nothing. A host that serves a hundred thousand engines waits for memory most of its time; so it asks the next few
     * engines for step 0, then all of them for step 1, and so on, and their memory comes side by side. Each step reads
     * what the one before it showed the way to.
     *
     * @param step 0 to {@link #PREVIEW_STEPS} - 1
     * @return anything that depends on what was read, so that no compiler leaves the reading out
     */
    default int preview(Link<M> link, M message, int step) {
        return 0;
    }
}
