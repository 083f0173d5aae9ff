package praline.node;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import praline.node.library.Library;
import praline.node.net.TcpHost;
import praline.node.overlay.KnownHost;
import praline.node.overlay.OverlayEngine;
import praline.node.overlay.Role;
import praline.node.retrieval.Retrievals;
import praline.node.swarm.SwarmEngine;
import praline.node.transfer.Surroundings;
import praline.node.transfer.TransferEngine;
import praline.protocol.Sha1;
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
    private final Storage storage;
    private final Consumer<Runnable> worker;
    private volatile ImmutableList<KnownHost> lastHosts = ImmutableList.of();

    /**
     * A node that does not take connections yet.
     *
     * @param rescan has the share folders looked through soon
     * @param worker runs what blocks, elsewhere
     */
    PeerNode(
            NodeConfig config,
            TcpHost host,
            Storage storage,
            @Nullable Leadership leadership,
            Watchers watchers,
            Runnable rescan,
            Consumer<Runnable> worker) {
        this.config = config;
        this.host = host;
        this.storage = storage;
        this.worker = worker;
        WireLimits wire = config.wireLimits();
        Library library = new Library(wire);
        PushDesk pushes = new PushDesk();
        SearchDesk searches = new SearchDesk(host, wire, pushes, watchers.news());
        overlay = new OverlayEngine(
                config.overlay(host.listening(), storage.servent()),
                host.overlay(),
                library,
                leadership == null ? null : leadership.index(),
                searches,
                watchers.observer());
        overlay.liveSince(Instant.now());
        RangeDesk ranges = new RangeDesk();
        RetrievalDesk desk = new RetrievalDesk(host, wire, storage, worker);
        Retrievals retrievals =
                new Retrievals(desk, config.retrievalLimits(), config.profile(), watchers.news(), watchers.swarms());
        tracker = leadership == null ? null : leadership.tracker(overlay);
        SharedByHash shared = new SharedByHash(library, content -> changed(content, rescan));
        transfer = new TransferEngine(
                config.transfer(host.listening()),
                host.transfer(),
                new Surroundings(shared, tracker, ranges, pushes),
                retrievals.transferNews());
        swarm = new SwarmEngine(
                config.swarm(host.listening()),
                host.swarm(),
                new SharedTorrentFiles(library),
                ranges,
                retrievals.swarmNews());
        ranges.attach(transfer, swarm);
        shared.attach(swarm);
        pushes.attach(overlay, transfer);
        sharing = new Sharing(host, overlay, library, storage.scanner(), watchers.news());
        desk.attach(new RetrievalDesk.Node(overlay, transfer, swarm, searches, library, sharing, retrievals));
        NodeControl.Engines engines = new NodeControl.Engines(overlay, transfer, swarm);
        control = new NodeControl(host, engines, retrievals, searches, sharing, config, storage.servent());
    }

    /** A scan begins with taking out what is not there any more. */
    private void changed(Sha1 content, Runnable rescan) {
        sharing.changed(content);
        rescan.run();
    }

    /** Takes connections, unless it is behind a firewall, and joins by the seeds. */
    void begin() {
        if (config.isFirewalled()) {
            host.refuseArrivals();
            host.run(overlay::beFirewalled);
            host.run(swarm::beFirewalled);
        } else if (config.role() == Role.LEAF && config.maintained()) {
            Reachability reachability = new Reachability(new Reachable());
            host.onArrival(reachability::onDialled);
            reachability.begin();
        }
        host.transfer().install(transfer);
        host.swarm().install(swarm);
        host.overlay().install(overlay);
        if (tracker != null) {
            TrackerPost.open(tracker, host);
        }
        ImmutableList<KnownHost> known = storage.knownHosts();
        host.run(() -> {
            overlay.restore(known);
            config.seeds().forEach(overlay::connect);
        });
    }

    /** Has what it knows of other hosts written down for the next run. */
    void keepHosts() {
        host.run(() -> {
            ImmutableList<KnownHost> known = overlay.knownHosts();
            worker.accept(() -> storage.keepHosts(known));
        });
    }

    /** What it knew of other hosts when it left; of any thread. */
    ImmutableList<KnownHost> lastHosts() {
        return lastHosts;
    }

    /** The engines, as far as they care whether this node can be dialled. */
    private final class Reachable implements Reachability.Node {

        @Override
        public void after(long millis, Runnable task) {
            host.after(millis, task);
        }

        @Override
        public boolean askToBeDialled() {
            return overlay.askToBeDialled();
        }

        @Override
        public void beFirewalled() {
            overlay.beFirewalled();
            swarm.beFirewalled();
        }

        @Override
        public void beReachable() {
            overlay.beReachable();
            swarm.beReachable();
        }
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
            lastHosts = overlay.knownHosts();
            overlay.leave(LEAVING);
            transfer.leave();
            swarm.leave();
        });
    }
}
