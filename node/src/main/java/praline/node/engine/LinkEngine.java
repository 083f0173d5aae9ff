package praline.node.engine;

import praline.protocol.Defect;

/**
 * A participant that talks over links.
 *
 * @param <M> what is sent and received on its links
 */
public interface LinkEngine<M> extends Engine {

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
}
