package praline.node;

import org.jspecify.annotations.Nullable;
import praline.node.library.Library;
import praline.node.net.TcpHost;
import praline.node.overlay.OverlayEngine;
import praline.node.swarm.SwarmEngine;
import praline.node.transfer.TransferEngine;
import praline.protocol.WireLimits;

/** The parts of one node on a host that listens already, and how they hang together. Of the host's event loop. */
final class PeerNode {

    private static final String LEAVING = "Shutting down";

    private final NodeConfig config;
    private final TcpHost host;
    private final OverlayEngine overlay;
    private final @Nullable Tracking tracker;
    private final TransferEngine transfer;
    private final SwarmEngine swarm;
    private final Sharing sharing;
    private final NodeControl control;

    /** {@code rescan} has the share folders looked through soon. */
    PeerNode(
            NodeConfig config,
            TcpHost host,
            Storage storage,
            @Nullable Leadership leadership,
            Watchers watchers,
            Runnable rescan) {
        this.config = config;
        this.host = host;
        WireLimits wire = config.wireLimits();
        Library library = new Library(wire);
        SearchDesk searches = new SearchDesk(host, wire, watchers.news());
        overlay = new OverlayEngine(
                config.overlay(host.listening(), storage.servent()),
                host.overlay(),
                library,
                leadership == null ? null : leadership.index(),
                searches,
                watchers.observer());
        tracker = leadership == null ? null : leadership.tracker(overlay);
        transfer = new TransferEngine(
                config.transfer(host.listening()),
                host.transfer(),
                new SharedByHash(library, rescan),
                tracker,
                watchers.news());
        swarm = new SwarmEngine(
                config.swarm(host.listening()), host.swarm(), new SharedTorrentFiles(library), watchers.swarms());
        sharing = new Sharing(host, overlay, library, storage.scanner(), watchers.news());
        control = new NodeControl(
                host, new NodeControl.Engines(overlay, transfer, swarm), searches, sharing, config, storage.servent());
    }

    /** Takes connections, and joins by the seeds. */
    void begin() {
        host.transfer().install(transfer);
        host.swarm().install(swarm);
        host.overlay().install(overlay);
        if (tracker != null) {
            TrackerPost.open(tracker, host);
        }
        host.run(() -> config.seeds().forEach(overlay::connect));
    }

    Sharing sharing() {
        return sharing;
    }

    NodeControl control() {
        return control;
    }

    /**
     * Says Bye to everybody, ends all transfers and looks for no more files; the links end with the host. From any
     * thread.
     */
    void leave() {
        sharing.stop();
        host.run(() -> {
            overlay.leave(LEAVING);
            transfer.leave();
            swarm.leave();
        });
    }
}
