package praline.node.transfer;

import java.util.ArrayList;
import java.util.List;
import praline.protocol.Endpoint;

/**
 * Who may take a file, and who is to come back when. Slots go out in the order of asking: whoever is refused gets a
 * place, and a free slot is kept for the places in front as long as they are on time. One who is late keeps the place
 * for a while, but holds up nobody (spec/gnutella-download.md section 3.1, spec/hardening.md S11).
 */
final class UploadSlots {

    private static final int MILLIS = 1_000;

    private final TransferConfig config;
    private final TransferLimits.Upload limits;
    private final List<Endpoint> active = new ArrayList<>(0);
    private final List<Place> queue = new ArrayList<>(0);

    UploadSlots(TransferConfig config) {
        this.config = config;
        this.limits = config.limits().upload();
    }

    /** An asker who waits, known by the address alone, and when it was told to come back. */
    private record Place(Endpoint asker, long dueAt) {}

    /** Takes a slot for {@code asker} and returns 0, or returns after how many seconds to ask again. */
    int ask(Endpoint asker, long now) {
        Endpoint address = asker.withPort(0);
        queue.removeIf(place -> place.dueAt + limits.placeMillis() < now);
        if (active.stream().filter(address::equals).count() >= config.uploadsPerAddress()) {
            return config.retryAfterSeconds();
        }
        int position = position(address);
        if (limits.active() - active.size() > punctualBefore(position, now)) {
            if (position < queue.size()) {
                queue.remove(position);
            }
            active.add(address);
            return 0;
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

    private int queueUp(Endpoint address, int position, long now) {
        int seconds = config.retryAfterSeconds() * (position + 2) / 2;
        Place place = new Place(address, now + (long) seconds * MILLIS);
        if (position < queue.size()) {
            queue.set(position, place);
        } else if (queue.size() < limits.queued()) {
            queue.add(place);
        }
        return seconds;
    }

    private int position(Endpoint address) {
        int position = 0;
        while (position < queue.size() && !queue.get(position).asker.equals(address)) {
            position++;
        }
        return position;
    }

    /** How many in front of {@code position} may still come on time: a third of the shortest wait is granted on top. */
    private int punctualBefore(int position, long now) {
        long grace = (long) config.retryAfterSeconds() * MILLIS / 3;
        int punctual = 0;
        for (Place place : queue.subList(0, position)) {
            if (now <= place.dueAt + grace) {
                punctual++;
            }
        }
        return punctual;
    }
}
