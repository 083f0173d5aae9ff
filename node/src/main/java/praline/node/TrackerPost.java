package praline.node;

import praline.node.engine.DatagramEngine;
import praline.node.engine.JobResult;
import praline.node.engine.Timers;
import praline.node.net.DatagramHost;
import praline.node.net.TcpHost;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;

/** Takes to a tracker the datagrams that are its own, and sends its answers. */
final class TrackerPost implements DatagramEngine<Bytes> {

    private final Tracking tracker;
    private final DatagramHost place;

    private TrackerPost(Tracking tracker, DatagramHost place) {
        this.tracker = tracker;
        this.place = place;
    }

    /** From here on {@code tracker} answers at the UDP port of {@code host}. */
    static void open(Tracking tracker, TcpHost host) {
        DatagramHost place = host.datagrams((from, datagram) ->
                tracker.verdict(datagram, from, host.overlay().now()));
        place.install(new TrackerPost(tracker, place));
    }

    /** An answer that the host does not send is lost, as datagrams are. */
    @Override
    public void onDatagram(Endpoint from, Bytes datagram) {
        tracker.datagram(datagram, from, place.now()).ifPresent(answer -> place.sendTo(from, answer));
    }

    @Override
    public void onStart() {
        // A tracker waits to be asked.
    }

    @Override
    public void onJobDone(long ticket, JobResult result) {
        throw new IllegalStateException("a tracker has no jobs, but one is done: " + result);
    }

    @Override
    public void onWake() {
        // What has expired goes when somebody asks.
    }

    @Override
    public long nextWake() {
        return Timers.NEVER;
    }
}
