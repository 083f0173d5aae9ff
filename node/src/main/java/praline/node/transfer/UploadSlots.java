package praline.node.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import praline.protocol.Endpoint;
import praline.protocol.SplitMix64;
import praline.protocol.http.QueuePlace;

/**
 * Who may take a file, and who is to come back when. Slots go out in the order of asking: whoever is refused gets a
 * place, and a free slot is kept for the places in front as long as they are on time. One who is late keeps the place
 * for a while, but holds up nobody; one who comes too early is given nothing, and lets the next one pass
 * (spec/gnutella-download.md sections 3.1 and 8, spec/hardening.md S11).
 */
final class UploadSlots {

    private static final int MILLIS = 1_000;

    private final TransferConfig config;
    private final TransferLimits.Upload limits;
    private final List<Endpoint> active = new ArrayList<>(0);
    private final List<Place> queue = new ArrayList<>(0);
    private long lastPlace;

    UploadSlots(TransferConfig config) {
        this.config = config;
        this.limits = config.limits().upload();
    }

    /** An asker who waits, known by the address alone, and when it was told to come back. */
    private record Place(Endpoint asker, String id, long dueAt) {}

    /**
     * What an asker is told.
     *
     * @param seconds 0: it has a slot; else after how many it should ask again
     * @param place where it stands in the queue, or has stood before it got its slot; null: nowhere
     */
    record Turn(int seconds, @Nullable QueuePlace place) {

        boolean isGranted() {
            return seconds == 0;
        }
    }

    /** Takes a slot for {@code asker}, or tells it when to ask again. */
    Turn ask(Endpoint asker, long now) {
        Endpoint address = asker.withPort(0);
        queue.removeIf(place -> place.dueAt + limits.placeMillis() < now);
        if (active.stream().filter(address::equals).count() >= config.uploadsPerAddress()) {
            return new Turn(config.retryAfterSeconds(), null);
        }
        int position = position(address);
        boolean isQueued = position < queue.size();
        if (isQueued && now < queue.get(position).dueAt - graceMillis()) {
            return queueUp(address, letPass(position), now);
        }
        if (limits.active() - active.size() > punctualBefore(position, now)) {
            QueuePlace place = isQueued ? told(queue.remove(position), 1, 0) : null;
            active.add(address);
            return new Turn(0, place);
        }
        return queueUp(address, position, now);
    }

    /** Gives a slot back that {@link #ask} gave to {@code asker}. */
    void release(Endpoint asker) {
        if (!active.remove(asker.withPort(0))) {
            throw new IllegalStateException("no slot is taken by " + asker);
        }
    }

    int active() {
        return active.size();
    }

    int queued() {
        return queue.size();
    }

    private Turn queueUp(Endpoint address, int position, long now) {
        int seconds = config.retryAfterSeconds() * (position + 2) / 2;
        long dueAt = now + (long) seconds * MILLIS;
        if (position < queue.size()) {
            queue.set(position, new Place(address, queue.get(position).id, dueAt));
        } else if (queue.size() < limits.queued()) {
            queue.add(new Place(address, freshId(), dueAt));
        } else {
            return new Turn(seconds, null);
        }
        return new Turn(seconds, told(queue.get(position), position + 1, seconds));
    }

    private QueuePlace told(Place place, int position, int seconds) {
        int lifetime = seconds + limits.placeMillis() / MILLIS;
        return new QueuePlace(place.id, position, Math.max(1, queue.size()), lifetime);
    }

    /** The one behind {@code position} goes in front; returns where the other is then. */
    private int letPass(int position) {
        if (position + 1 >= queue.size()) {
            return position;
        }
        Place early = queue.remove(position);
        queue.add(position + 1, early);
        return position + 1;
    }

    /** Opens nothing to whoever guesses it: an asker is known by its address. */
    private String freshId() {
        SplitMix64 digits = new SplitMix64(++lastPlace);
        return String.format(Locale.ROOT, "%016x%016x", digits.nextLong(), digits.nextLong());
    }

    private int position(Endpoint address) {
        int position = 0;
        while (position < queue.size() && !queue.get(position).asker.equals(address)) {
            position++;
        }
        return position;
    }

    /** How many in front of {@code position} may still come on time. */
    private int punctualBefore(int position, long now) {
        int punctual = 0;
        for (Place place : queue.subList(0, position)) {
            if (now <= place.dueAt + graceMillis()) {
                punctual++;
            }
        }
        return punctual;
    }

    /** Nobody is on time to the second: a third of the shortest wait is granted either way. */
    private long graceMillis() {
        return (long) config.retryAfterSeconds() * MILLIS / 3;
    }
}
