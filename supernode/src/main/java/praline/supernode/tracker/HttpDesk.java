package praline.supernode.tracker;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.AnnounceRequest;
import praline.protocol.bittorrent.HttpTracker;
import praline.protocol.bittorrent.Parsed;
import praline.protocol.bittorrent.ScrapeCounts;

/** The tracker over HTTP (spec/bittorrent.md sections 8.1 to 8.4). */
final class HttpDesk {

    private static final Bytes TOO_MANY = HttpTracker.encodeFailure("Too many requests");
    /** Whoever asks for everything would get all that anybody has announced here. */
    private static final Bytes WHICH = HttpTracker.encodeFailure("Say which torrents");

    private final TrackerLimits limits;
    private final WireLimits wire;
    private final Tracker tracker;
    private final Askers askers;

    HttpDesk(TrackerLimits limits, WireLimits wire, Tracker tracker, Askers askers) {
        this.limits = limits;
        this.wire = wire;
        this.tracker = tracker;
        this.askers = askers;
    }

    Bytes announce(String rawQuery, Endpoint from, long now) {
        if (!askers.mayAsk(from, now)) {
            return TOO_MANY;
        }
        Parsed<AnnounceRequest> parsed = HttpTracker.parseAnnounce(rawQuery);
        if (parsed instanceof Parsed.Invalid<AnnounceRequest> invalid) {
            return HttpTracker.encodeFailure(invalid.reason());
        }
        AnnounceRequest request = ((Parsed.Valid<AnnounceRequest>) parsed).value();
        Tracker.Outcome outcome = tracker.announce(request, from, limits.named(), now);
        return HttpTracker.encodeReply(outcome.reply(), outcome.completed());
    }

    Bytes scrape(String rawQuery, Endpoint from, long now) {
        if (!askers.mayAsk(from, now)) {
            return TOO_MANY;
        }
        ImmutableList<Sha1> infohashes = HttpTracker.parseScrape(rawQuery, wire);
        if (infohashes.isEmpty()) {
            return WHICH;
        }
        ImmutableMap<Sha1, ScrapeCounts> counts =
                Maps.toMap(ImmutableSet.copyOf(infohashes), infohash -> tracker.scrape(infohash, now));
        return HttpTracker.encodeScrape(counts);
    }
}
