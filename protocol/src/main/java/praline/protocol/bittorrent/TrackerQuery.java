package praline.protocol.bittorrent;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import com.google.common.primitives.Longs;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.AnnounceRequest.Event;
import praline.protocol.http.PercentCode;

/** Reads the queries that clients send to a tracker over HTTP; what living clients write stands in 8.1. */
final class TrackerQuery {

    private static final int PEER_ID_SIZE = 20;
    private static final int KEY_DIGITS_MAX = 8;
    private static final int HEX = 16;
    private static final int NOT_SAID = -1;

    private TrackerQuery() {}

    static Parsed<AnnounceRequest> announce(String rawQuery) {
        Map<String, Bytes> parameters = parameters(rawQuery);
        Bytes infohash = parameters.getOrDefault("info_hash", Bytes.EMPTY);
        if (infohash.size() != Sha1.SIZE) {
            return new Parsed.Invalid<>("info_hash must have 20 bytes");
        }
        Bytes peerId = parameters.getOrDefault("peer_id", Bytes.EMPTY);
        if (peerId.size() != PEER_ID_SIZE) {
            return new Parsed.Invalid<>("peer_id must have 20 bytes");
        }
        long port = number(parameters, "port", NOT_SAID);
        if (port < 1 || port > 0xFFFF) {
            return new Parsed.Invalid<>("port must lie in 1..65535");
        }
        return new Parsed.Valid<>(new AnnounceRequest(
                Sha1.of(infohash.toArray()),
                peerId,
                (int) port,
                Math.max(0, number(parameters, "uploaded", 0)),
                Math.max(0, number(parameters, "downloaded", 0)),
                left(parameters),
                event(parameters),
                key(parameters),
                Ints.saturatedCast(number(parameters, "numwant", NOT_SAID))));
    }

    static ImmutableList<Sha1> scrape(String rawQuery, WireLimits limits) {
        ImmutableList.Builder<Sha1> infohashes = ImmutableList.builder();
        int taken = 0;
        for (String part : Splitter.on('&').split(rawQuery)) {
            if (part.startsWith("info_hash=") && taken < limits.tracker().scrape()) {
                Optional<Bytes> value = PercentCode.decodeToBytes(part.substring("info_hash=".length()));
                if (value.isPresent() && value.get().size() == Sha1.SIZE) {
                    infohashes.add(Sha1.of(value.get().toArray()));
                    taken++;
                }
            }
        }
        return infohashes.build();
    }

    /** By name; of a repeated one the first counts, and one that cannot be decoded counts as absent. */
    private static Map<String, Bytes> parameters(String rawQuery) {
        Map<String, Bytes> parameters = new LinkedHashMap<>();
        for (String part : Splitter.on('&').split(rawQuery)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                PercentCode.decodeToBytes(part.substring(equals + 1))
                        .ifPresent(value -> parameters.putIfAbsent(part.substring(0, equals), value));
            }
        }
        return parameters;
    }

    private static long number(Map<String, Bytes> parameters, String name, long otherwise) {
        Long value = Longs.tryParse(parameters.getOrDefault(name, Bytes.EMPTY).utf8());
        return value == null ? otherwise : value;
    }

    /** Who does not say how much is missing has not everything. */
    private static long left(Map<String, Bytes> parameters) {
        long left = number(parameters, "left", NOT_SAID);
        return left < 0 ? Long.MAX_VALUE : left;
    }

    private static Event event(Map<String, Bytes> parameters) {
        return switch (parameters.getOrDefault("event", Bytes.EMPTY).utf8()) {
            case "started" -> Event.STARTED;
            case "completed" -> Event.COMPLETED;
            case "stopped" -> Event.STOPPED;
            case "paused" -> Event.PAUSED;
            default -> Event.NONE;
        };
    }

    /** Most write a number in hexadecimal, aria2 eight bytes of any kind; 0 for none. */
    private static int key(Map<String, Bytes> parameters) {
        Bytes key = parameters.getOrDefault("key", Bytes.EMPTY);
        if (key.isEmpty()) {
            return 0;
        }
        Long number = key.size() <= KEY_DIGITS_MAX ? Longs.tryParse(key.utf8(), HEX) : null;
        return number == null || number < 0 ? key.hashCode() : number.intValue();
    }
}
