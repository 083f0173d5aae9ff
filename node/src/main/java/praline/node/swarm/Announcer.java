package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Timers;
import praline.protocol.Endpoint;
import praline.protocol.bittorrent.AnnounceReply;
import praline.protocol.bittorrent.AnnounceRequest.Event;
import praline.protocol.text.RemoteText;

/**
 * When which tracker of one torrent is told what (BEP 3, 12, 27; spec/bittorrent.md sections 2.5, 8.1, 8.2).
 *
 * <p>Trackers stand in tiers, each shuffled once. An announce begins at the first; who fails is passed over for a
 * while, longer each time, and the next one is asked at once. Who answers moves to the front of its tier and is asked
 * again after its interval. So one tracker at a time serves a torrent, as private ones demand. One that does not answer
 * at all holds up nobody: after some seconds the next is asked as well.
 *
 * <p>Each tracker hears {@code started} first, {@code completed} once if the torrent was completed since, and
 * {@code stopped} in the end.
 */
final class Announcer {

    /** What it asks of the torrent around it. */
    interface Port {

        /**
         * Announces to {@code url} and asks for {@code wanted} peers. The answer comes by {@link #onReply} or
         * {@link #onFailure}, once; that to {@link Event#STOPPED} interests nobody.
         */
        void announce(String url, Event event, int wanted);

        void found(ImmutableList<Endpoint> peers);

        /** What a tracker has to say to the user: a warning, or why it failed. */
        void said(String url, RemoteText text);
    }

    private static final int MILLIS = 1_000;

    /** In a laboratory pauses after failures are a quarter as long: its trackers come up together with its peers. */
    private static final int LAB_HASTE = 4;

    private final Port port;
    private final SwarmConfig config;
    private final SwarmLimits.Tracker limits;
    private final RandomGenerator random;
    private final List<List<Tracker>> tiers = new ArrayList<>();
    private boolean isRunning;

    /** When the next announce is due, and before when none may be made unless something happened. */
    private long dueAt = Timers.NEVER;

    private long soonestAt = Long.MIN_VALUE;

    /** {@code http:}, {@code https:} and {@code udp:} are taken; other URLs are dropped. */
    Announcer(Port port, ImmutableList<ImmutableList<String>> tiers, SwarmConfig config, RandomGenerator random) {
        this.port = port;
        this.config = config;
        this.limits = config.limits().tracker();
        this.random = random;
        add(tiers);
    }

    private static final class Tracker {
        final String url;
        int failures;
        long notBefore = Long.MIN_VALUE;

        /** What it was told and has not answered yet; null: nothing. */
        @Nullable
        Event asked;

        long askedAt;

        /** Whether it has answered since it was told that we started. */
        boolean isStarted;

        /** Whether it knew us before the torrent was complete, and is to hear of it. */
        boolean owesCompleted;

        Tracker(String url) {
            this.url = url;
        }

        Event nextEvent() {
            if (!isStarted) {
                return Event.STARTED;
            }
            return owesCompleted ? Event.COMPLETED : Event.NONE;
        }

        boolean knowsUs() {
            return isStarted || asked == Event.STARTED;
        }
    }

    /** Further tiers, after those that are known. URLs that are known already, and more than fit, are dropped. */
    void add(ImmutableList<ImmutableList<String>> moreTiers) {
        for (ImmutableList<String> urls : moreTiers) {
            List<Tracker> tier = new ArrayList<>();
            for (String url : urls) {
                boolean isKnown = all().anyMatch(tracker -> tracker.url.equals(url))
                        || tier.stream().anyMatch(tracker -> tracker.url.equals(url));
                if (isUsable(url) && !isKnown && all().count() + tier.size() < limits.trackers()) {
                    tier.add(random.nextInt(tier.size() + 1), new Tracker(url));
                }
            }
            if (!tier.isEmpty()) {
                tiers.add(tier);
            }
        }
    }

    /** The torrent takes part: the first announce goes out at once. */
    void start(long now) {
        isRunning = true;
        dueAt = now;
        watch(now);
    }

    /** The last piece came just now. Not for a torrent that was complete when it started. */
    void completed(long now) {
        all().filter(Tracker::knowsUs).forEach(tracker -> tracker.owesCompleted = true);
        if (all().anyMatch(tracker -> tracker.owesCompleted)) {
            dueAt = Math.min(dueAt, now);
        }
        watch(now);
    }

    /** The torrent takes part no longer: every tracker that knows of us is told, and no answer is waited for. */
    void stop(long now) {
        isRunning = false;
        dueAt = Timers.NEVER;
        List<String> knowing =
                all().filter(Tracker::knowsUs).map(tracker -> tracker.url).toList();
        all().forEach(tracker -> {
            tracker.asked = null;
            tracker.isStarted = false;
            tracker.owesCompleted = false;
        });
        knowing.forEach(url -> port.announce(url, Event.STOPPED, 0));
    }

    /** Peers are short: the next announce comes as soon as the tracker allows. */
    void wantPeers(long now) {
        dueAt = Math.min(dueAt, Math.max(now, soonestAt));
        watch(now);
    }

    /** The tracker at {@code url} has answered. */
    void onReply(String url, AnnounceReply reply, long now) {
        Tracker tracker = asked(url);
        if (tracker == null) {
            return;
        }
        tracker.isStarted = true;
        tracker.owesCompleted &= tracker.asked != Event.COMPLETED;
        tracker.asked = null;
        tracker.failures = 0;
        tracker.notBefore = Long.MIN_VALUE;
        moveToFront(tracker);
        long interval = intervalMillis(reply);
        soonestAt = now + Math.min(interval, soonestMillis(reply));
        dueAt = tracker.owesCompleted ? now : now + interval;
        if (!reply.warning().isEmpty()) {
            port.said(url, reply.warning());
        }
        if (!reply.peers().isEmpty()) {
            port.found(reply.peers());
        }
        watch(now);
    }

    /** The tracker at {@code url} did not answer, or refused; {@code text} says why. */
    void onFailure(String url, String text, long now) {
        Tracker tracker = asked(url);
        if (tracker == null) {
            return;
        }
        tracker.owesCompleted &= tracker.isStarted;
        tracker.asked = null;
        tracker.failures++;
        tracker.notBefore = now + retryMillis(tracker.failures);
        port.said(url, RemoteText.of(text));
        watch(now);
    }

    /** Whether no answer is waited for. */
    boolean isIdle() {
        return all().allMatch(tracker -> tracker.asked == null);
    }

    /** Does what is due; returns when to look again, {@link Timers#NEVER} for not without an event. */
    long watch(long now) {
        if (!isRunning || dueAt > now) {
            return isRunning ? dueAt : Timers.NEVER;
        }
        long patientUntil = patientUntil();
        if (patientUntil > now && patientUntil != Timers.NEVER) {
            return patientUntil;
        }
        Optional<Tracker> next = next(now);
        if (next.isPresent()) {
            ask(next.get(), now);
            return patientUntil();
        }
        return all().filter(tracker -> tracker.asked == null)
                .mapToLong(tracker -> tracker.notBefore)
                .min()
                .orElse(Timers.NEVER);
    }

    private void ask(Tracker tracker, long now) {
        Event event = tracker.nextEvent();
        tracker.asked = event;
        tracker.askedAt = now;
        port.announce(tracker.url, event, limits.wanted());
    }

    /** Until when the one that was asked last may be waited for alone; {@link Timers#NEVER} if nobody is asked. */
    private long patientUntil() {
        return all().filter(tracker -> tracker.asked != null)
                .mapToLong(tracker -> tracker.askedAt + limits.patienceMillis())
                .max()
                .orElse(Timers.NEVER);
    }

    /** Whoever is to hear that we are complete comes before the others. */
    private Optional<Tracker> next(long now) {
        List<Tracker> ready = all().filter(tracker -> tracker.asked == null && tracker.notBefore <= now)
                .toList();
        return ready.stream()
                .filter(tracker -> tracker.owesCompleted)
                .findFirst()
                .or(() -> ready.stream().findFirst());
    }

    private void moveToFront(Tracker tracker) {
        for (List<Tracker> tier : tiers) {
            int place = tier.indexOf(tracker);
            if (place > 0) {
                Collections.rotate(tier.subList(0, place + 1), 1);
            }
        }
    }

    private long intervalMillis(AnnounceReply reply) {
        if (reply.intervalSeconds() <= 0) {
            return limits.intervalMillis();
        }
        long asked = (long) reply.intervalSeconds() * MILLIS;
        return Math.max(config.pause(limits.intervalMillisMin()), Math.min(asked, limits.intervalMillisMax()));
    }

    private long soonestMillis(AnnounceReply reply) {
        return reply.minIntervalSeconds() > 0
                ? (long) reply.minIntervalSeconds() * MILLIS
                : config.pause(limits.soonestMillis());
    }

    /** {@code 5 + 5 n^2 2.5} seconds (libtorrent). */
    private long retryMillis(long failures) {
        long squared = Math.min(failures, MILLIS) * Math.min(failures, MILLIS);
        long millis = Math.min(limits.retryMillis() * (2 + 5 * squared) / 2, limits.retryMillisMax());
        return config.isLaboratory() ? millis / LAB_HASTE : millis;
    }

    private @Nullable Tracker asked(String url) {
        return all().filter(tracker -> tracker.asked != null && tracker.url.equals(url))
                .findFirst()
                .orElse(null);
    }

    private Stream<Tracker> all() {
        return tiers.stream().flatMap(List::stream);
    }

    private boolean isUsable(String url) {
        return url.length() <= limits.urlLength()
                && Stream.of("http://", "https://", "udp://")
                        .anyMatch(scheme -> url.regionMatches(true, 0, scheme, 0, scheme.length())
                                && url.length() > scheme.length());
    }
}
