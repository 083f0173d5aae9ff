package praline.supernode.tracker;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import praline.protocol.Endpoint;

/**
 * The ids that prove that whoever sends a datagram also receives at its address (BEP 15). An id is a keyed hash of the
 * address and of the time in windows of half its life, so nothing is kept for those who ask for one: an id is good in
 * the window that it was made in and in the next one (spec/bittorrent.md section 8.5).
 */
final class ConnectionIds {

    private final HashFunction hash;
    private final long windowMillis;

    /** The key is two secret numbers. */
    ConnectionIds(TrackerLimits limits, long key, long secondKey) {
        this.hash = Hashing.sipHash24(key, secondKey);
        this.windowMillis = limits.connectionSeconds() * 1_000L / 2;
    }

    /** The id of this address now. */
    long of(Endpoint from, long now) {
        return inWindow(from, now / windowMillis);
    }

    boolean isValid(long id, Endpoint from, long now) {
        long window = now / windowMillis;
        return id == inWindow(from, window) || id == inWindow(from, window - 1);
    }

    private long inWindow(Endpoint from, long window) {
        return hash.newHasher(3 * Long.BYTES)
                .putLong(from.high())
                .putLong(from.low())
                .putLong(window)
                .hash()
                .asLong();
    }
}
