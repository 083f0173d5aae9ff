package praline.protocol.gnutella;

import com.google.common.collect.ImmutableList;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;

/**
 * Answers a query: files that match and where they are. Type 0x81, travels back along the query's path
 * (spec/gnutella.md section 7).
 *
 * <pre>count (1) | port (2, LE) | IPv4 (4, BE) | speed (4, LE) | records | trailer | servent GUID (16)</pre>
 *
 * @param guid the GUID of the query
 * @param endpoint where the files can be fetched
 * @param speed kbit/s, 0..2^32-1
 * @param records 1..255 of them
 * @param trailer vendor code, flags and private area, kept as it came; may be empty
 * @param servent the sharer, so that a push finds it
 */
public record QueryHit(
        Guid guid,
        int ttl,
        int hops,
        Endpoint endpoint,
        long speed,
        ImmutableList<HitRecord> records,
        Bytes trailer,
        Guid servent)
        implements Message {

    private static final int FIXED_SIZE = 1 + 2 + 4 + 4 + Guid.SIZE;

    @Override
    public MessageType type() {
        return MessageType.QUERY_HIT;
    }

    @Override
    public int payloadSize() {
        int size = FIXED_SIZE + trailer.size();
        for (HitRecord record : records) {
            size += record.wireSize();
        }
        return size;
    }

    /** The same answer with other TTL and hops. */
    public QueryHit withHops(int newTtl, int newHops) {
        return new QueryHit(guid, newTtl, newHops, endpoint, speed, records, trailer, servent);
    }
}
