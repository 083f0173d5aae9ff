package praline.protocol.testing;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.Sha1;
import praline.protocol.gnutella.Bye;
import praline.protocol.gnutella.GnutellaCodec;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.IndexBatch;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.gnutella.IndexStatus;
import praline.protocol.gnutella.Message;
import praline.protocol.gnutella.MessageType;
import praline.protocol.gnutella.Opaque;
import praline.protocol.gnutella.Ping;
import praline.protocol.gnutella.Pong;
import praline.protocol.gnutella.Push;
import praline.protocol.gnutella.QrpPatch;
import praline.protocol.gnutella.QrpReset;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.QueryHit;
import praline.protocol.gnutella.Vendor;

/** Messages of every kind, drawn by chance, for property tests: each is one that decodes to itself. */
public final class RandomMessages {

    private static final int[] OTHER_CODES = {0x03, 0x41, 0x44, 0xCD, 0xFF};

    private RandomMessages() {}

    /** One message of a kind that chance chooses. */
    public static Message message(RandomGenerator random) {
        Guid guid = new Guid(random.nextLong(), random.nextLong());
        int ttl = random.nextInt(256);
        int hops = random.nextInt(256);
        return switch (random.nextInt(11)) {
            case 0 -> new Ping(guid, ttl, hops, bytes(random, 40));
            case 1 ->
                new Pong(
                        guid, ttl, hops, endpoint(random), unsignedInt(random), unsignedInt(random), bytes(random, 40));
            case 2 -> new Bye(guid, ttl, hops, random.nextInt(65_536), bytes(random, 60));
            case 3 -> new Query(guid, ttl, hops, random.nextInt(65_536), text(random, 30), bytes(random, 60));
            case 4 -> hit(random, guid, ttl, hops);
            case 5 ->
                new Push(
                        guid,
                        ttl,
                        hops,
                        new Guid(random.nextLong(), random.nextLong()),
                        unsignedInt(random),
                        endpoint(random),
                        bytes(random, 30));
            case 6 -> vendor(random, guid, ttl, hops);
            case 7 -> batch(random, guid, ttl, hops);
            case 8 -> status(random, guid, ttl, hops);
            case 9 -> table(random, guid, ttl, hops);
            default -> new Opaque(guid, OTHER_CODES[random.nextInt(OTHER_CODES.length)], ttl, hops, bytes(random, 80));
        };
    }

    /** The bytes of {@code message}, exactly. */
    public static byte[] encoded(Message message) {
        ByteBuffer out = ByteBuffer.allocate(message.wireSize());
        GnutellaCodec.encode(message, out);
        return out.array();
    }

    /** An add or a remove. */
    public static IndexRecord record(RandomGenerator random) {
        if (random.nextInt(4) == 0) {
            return new IndexRecord.Remove(unsignedInt(random));
        }
        Sha1 infohash = random.nextBoolean() ? sha1(random) : null;
        long size = random.nextLong() >>> (1 + random.nextInt(40));
        return new IndexRecord.Add(
                unsignedInt(random), size, sha1(random), infohash, random.nextBoolean(), bytes(random, 255));
    }

    /** Any bytes, at most {@code sizeMax}. */
    public static Bytes bytes(RandomGenerator random, int sizeMax) {
        byte[] bytes = new byte[random.nextInt(sizeMax + 1)];
        random.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    public static Sha1 sha1(RandomGenerator random) {
        return new Sha1(random.nextLong(), random.nextLong(), random.nextInt());
    }

    private static QueryHit hit(RandomGenerator random, Guid guid, int ttl, int hops) {
        ImmutableList.Builder<HitRecord> records = ImmutableList.builder();
        int count = 1 + random.nextInt(random.nextInt(8) == 0 ? 255 : 10);
        for (int i = 0; i < count; i++) {
            records.add(new HitRecord(unsignedInt(random), unsignedInt(random), text(random, 20), text(random, 40)));
        }
        Bytes trailer = random.nextInt(5) == 0 ? Bytes.EMPTY : trailer(random);
        Guid servent = new Guid(random.nextLong(), random.nextLong());
        return new QueryHit(guid, ttl, hops, endpoint(random), unsignedInt(random), records.build(), trailer, servent);
    }

    private static Bytes trailer(RandomGenerator random) {
        return Bytes.ofHex("50524c4e02" + String.format("%04x", random.nextInt(65_536))
                + bytes(random, 30).hex());
    }

    private static Vendor vendor(RandomGenerator random, Guid guid, int ttl, int hops) {
        MessageType type = random.nextBoolean() ? MessageType.VENDOR : MessageType.STANDARD_VENDOR;
        return new Vendor(
                type,
                guid,
                ttl,
                hops,
                random.nextInt(),
                random.nextInt(65_536),
                random.nextInt(65_536),
                bytes(random, 40));
    }

    private static IndexBatch batch(RandomGenerator random, Guid guid, int ttl, int hops) {
        ImmutableList.Builder<IndexRecord> records = ImmutableList.builder();
        for (int i = random.nextInt(6); i > 0; i--) {
            records.add(record(random));
        }
        return new IndexBatch(
                guid,
                ttl,
                hops,
                unsignedInt(random),
                unsignedInt(random),
                random.nextBoolean(),
                random.nextBoolean(),
                records.build());
    }

    private static IndexStatus status(RandomGenerator random, Guid guid, int ttl, int hops) {
        IndexStatus.Status[] all = IndexStatus.Status.values();
        return new IndexStatus(
                guid,
                ttl,
                hops,
                unsignedInt(random),
                unsignedInt(random),
                all[random.nextInt(all.length)],
                unsignedInt(random),
                random.nextLong());
    }

    private static Message table(RandomGenerator random, Guid guid, int ttl, int hops) {
        if (random.nextInt(4) == 0) {
            return new QrpReset(guid, ttl, hops, unsignedInt(random), random.nextInt(256));
        }
        int number = random.nextInt(256);
        int count = random.nextInt(256);
        int compressor = random.nextInt(256);
        return new QrpPatch(guid, ttl, hops, number, count, compressor, random.nextInt(256), bytes(random, 60));
    }

    private static Bytes text(RandomGenerator random, int sizeMax) {
        byte[] bytes = bytes(random, sizeMax).toArray();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == 0 ? 1 : bytes[i];
        }
        return Bytes.copyOf(bytes);
    }

    private static Endpoint endpoint(RandomGenerator random) {
        return Endpoint.ofIpv4(random.nextInt(), random.nextInt(65_536));
    }

    private static long unsignedInt(RandomGenerator random) {
        return Integer.toUnsignedLong(random.nextInt());
    }
}
