package praline.node;

import java.nio.file.Path;
import praline.node.library.ScanProgress;
import praline.node.overlay.OverlayListener;
import praline.node.transfer.TransferListener;

/**
 * What happens in a node, for whoever shows or measures it. Called on the node's event loop, between two events: be
 * quick, and throw nothing.
 */
public interface NodeListener extends OverlayListener, TransferListener {

    /** Hears nothing. */
    NodeListener NONE = new NodeListener() {};

    /** The share folders are looked through. Comes often. */
    default void onScan(ScanProgress progress) {}

    /** All that lies in the share folders is shared; {@code fileCount} files. */
    default void onScanned(int fileCount) {}

    /**
     * Something in a share folder is not shared.
     *
     * @param path for the owner's eyes only; it holds whatever the file system holds, so escape it
     * @param why follows the path in a line
     */
    default void onUnshared(Path path, String why) {}
}
