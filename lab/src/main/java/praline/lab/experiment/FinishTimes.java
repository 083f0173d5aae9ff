package praline.lab.experiment;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import praline.node.swarm.SwarmListener;
import praline.node.transfer.TransferListener;
import praline.protocol.Sha1;

/** Notes when each peer has the whole file. Peers may tell it on threads of their own. */
final class FinishTimes {

    private final DoubleSupplier clock;
    private final double[] millis;
    private int left;
    private double beganAt;

    /** @param clock milliseconds, from any moment */
    FinishTimes(int peers, DoubleSupplier clock) {
        this.clock = clock;
        this.millis = new double[peers];
        this.left = peers;
        Arrays.fill(millis, Double.NaN);
    }

    /** The gun: times count from here. */
    synchronized void begin() {
        beganAt = clock.getAsDouble();
    }

    synchronized boolean isComplete() {
        return left == 0;
    }

    /** Milliseconds from the beginning by the number of the peer, not a number for those that have it not. */
    synchronized ImmutableDoubleArray all() {
        return ImmutableDoubleArray.copyOf(millis);
    }

    private synchronized void finished(int peer) {
        if (Double.isNaN(millis[peer])) {
            millis[peer] = clock.getAsDouble() - beganAt;
            left--;
        }
    }

    /** What the swarm engine of a peer tells; {@code peer} counts from 0. */
    SwarmListener swarm(int peer) {
        return new SwarmListener() {
            @Override
            public void onDone(Sha1 torrent, String path) {
                finished(peer);
            }
        };
    }

    /** What the transfer engine of a peer tells; {@code peer} counts from 0. */
    TransferListener transfer(int peer) {
        return new TransferListener() {
            @Override
            public void onDone(Sha1 sha1, String path) {
                finished(peer);
            }
        };
    }
}
