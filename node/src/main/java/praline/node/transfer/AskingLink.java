package praline.node.transfer;

import praline.node.engine.Block;
import praline.protocol.http.ResponseHead;

/** A link on which we ask, as the engine tells it what happens there. */
sealed interface AskingLink permits SourceLink, RangeLink, ProxyLink, AlternateProbe {

    void onResponse(ResponseHead head);

    /** Bytes of a body; the block is its from here on. */
    void onBlock(Block block);

    void onDefect();

    void onClosed();
}
