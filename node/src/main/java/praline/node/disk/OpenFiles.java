package praline.node.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of torrents that are open, so many at most; those that were not used for longest are closed for others. A
 * channel is never closed under somebody who uses it: then there are more for a moment. From any thread.
 */
final class OpenFiles implements Closeable {

    private final int countMax;
    private final Map<Key, Lease> leases = new LinkedHashMap<>(16, 0.75f, true);

    OpenFiles(int countMax) {
        this.countMax = countMax;
    }

    /** One file of one owner; owners are told apart by who they are. */
    private record Key(Object owner, int file) {}

    /** How a file is opened that is not open. */
    @FunctionalInterface
    interface Opener {
        FileChannel open() throws IOException;
    }

    /** A channel for as long as it is used. */
    final class Lease implements Closeable {

        private final FileChannel channel;
        private int users;
        private boolean isForgotten;

        private Lease(FileChannel channel) {
            this.channel = channel;
        }

        /** Its position belongs to nobody: read and write at positions of your own, or lock the channel. */
        FileChannel channel() {
            return channel;
        }

        /** Gives the channel back. */
        @Override
        public void close() throws IOException {
            giveBack(this);
        }
    }

    /** The channel of a file, opened when it is not open yet. */
    synchronized Lease lease(Object owner, int file, Opener opener) throws IOException {
        Key key = new Key(owner, file);
        Lease lease = leases.get(key);
        if (lease == null) {
            makeRoom();
            lease = new Lease(opener.open());
            leases.put(key, lease);
        }
        lease.users++;
        return lease;
    }

    /** Closes the files of an owner, each as soon as nobody uses it. */
    synchronized void forget(Object owner) throws IOException {
        List<Lease> forgotten = new ArrayList<>();
        leases.entrySet().removeIf(entry -> {
            boolean isIts = entry.getKey().owner() == owner;
            if (isIts) {
                forgotten.add(entry.getValue());
            }
            return isIts;
        });
        for (Lease lease : forgotten) {
            letGo(lease);
        }
    }

    /** How many are open. */
    synchronized int count() {
        return leases.size();
    }

    @Override
    public synchronized void close() throws IOException {
        for (Lease lease : leases.values()) {
            letGo(lease);
        }
        leases.clear();
    }

    private synchronized void giveBack(Lease lease) throws IOException {
        lease.users--;
        if (lease.isForgotten && lease.users == 0) {
            lease.channel.close();
        }
    }

    private static void letGo(Lease lease) throws IOException {
        lease.isForgotten = true;
        if (lease.users == 0) {
            lease.channel.close();
        }
    }

    private void makeRoom() throws IOException {
        Iterator<Lease> oldest = leases.values().iterator();
        while (leases.size() >= countMax && oldest.hasNext()) {
            Lease lease = oldest.next();
            if (lease.users == 0) {
                oldest.remove();
                lease.channel.close();
            }
        }
    }
}
