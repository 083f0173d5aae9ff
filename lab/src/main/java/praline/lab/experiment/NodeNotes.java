package praline.lab.experiment;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import praline.node.overlay.OverlayEngine;
import praline.node.overlay.OverlayListener;
import praline.node.overlay.OverlayObserver;
import praline.node.overlay.Role;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.gnutella.QueryHit;

/** Listens to one engine and passes on what it hears. Used by the engine's thread only. */
public final class NodeNotes implements OverlayObserver, OverlayListener {

    private final NetworkNotes network;
    private final int node;
    /** This node and its leaves: whose files are looked through when a query is examined here. */
    private final BitSet answeredFor = new BitSet();

    private final Map<Long, QueryTrace> searches = new LinkedHashMap<>(2);
    private @Nullable QueryTrace beginning;

    NodeNotes(NetworkNotes network, int node) {
        this.network = network;
        this.node = node;
        answeredFor.set(node);
    }

    /** Has {@code engine}, which is this node's, ask the query of {@code trace}. */
    void ask(OverlayEngine engine, QueryTrace trace) {
        trace.asked(network.now());
        beginning = trace;
        searches.put(engine.search(trace.query().search()), trace);
        beginning = null;
    }

    /** Has {@code engine} give up the query of {@code trace}; what still moves of it does not count. */
    void end(OverlayEngine engine, QueryTrace trace) {
        network.ended(trace);
        searches.forEach((search, asked) -> {
            if (asked == trace) {
                engine.endSearch(search);
            }
        });
        searches.values().remove(trace);
    }

    @Override
    public void asked(long search, Guid query) {
        QueryTrace trace = beginning != null ? beginning : searches.get(search);
        if (trace != null) {
            network.belongs(query, trace);
        }
    }

    @Override
    public void querySent(Guid query, int wireSize) {
        QueryTrace trace = network.trace(query);
        if (trace != null) {
            trace.querySent(network.moving(), wireSize);
        }
    }

    @Override
    public void queryReceived(Guid query, int hops, int wireSize, boolean duplicate) {
        QueryTrace trace = network.trace(query);
        if (trace != null) {
            trace.queryReceived(network.moving(), wireSize, duplicate);
        }
    }

    @Override
    public void examined(Guid query) {
        QueryTrace trace = network.trace(query);
        if (trace != null) {
            trace.examined(answeredFor);
        }
    }

    @Override
    public void hitSent(Guid query, int hops, int wireSize) {
        QueryTrace trace = network.trace(query);
        if (trace != null) {
            trace.hitSent(network.moving(), wireSize);
        }
    }

    @Override
    public void hitDelivered(Guid query, QueryHit hit) {
        QueryTrace trace = network.trace(query);
        if (trace != null) {
            int sharer = network.nodeAt(hit.endpoint());
            trace.delivered(new Delivery(network.moving(), hit.hops(), sharer, hit.records()));
        }
    }

    @Override
    public void leafTables(int leaves) {
        network.holds(node, leaves);
    }

    @Override
    public void guidanceSent(Guid query, int wireSize) {
        QueryTrace trace = network.trace(query);
        if (trace != null) {
            trace.guidanceSent(network.moving(), wireSize);
        }
    }

    @Override
    public void onJoined(Endpoint remote, Role role) {
        network.joined(node, role);
        setAnsweredFor(remote, role, true);
    }

    @Override
    public void onLeft(Endpoint remote, Role role) {
        network.left(node);
        setAnsweredFor(remote, role, false);
    }

    private void setAnsweredFor(Endpoint remote, Role role, boolean answered) {
        int leaf = network.nodeAt(remote);
        if (role == Role.LEAF && leaf >= 0) {
            answeredFor.set(leaf, answered);
        }
    }
}
