package praline.supernode.tracker;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import praline.protocol.Endpoint;
import praline.protocol.bittorrent.AnnounceRequest;

/**
 * Those who announced themselves to one swarm, in the order in which they did so last. A participant is an address with
 * a port; a client that comes again with its key and another port has moved (spec/bittorrent.md section 8.1).
 */
final class Swarm {

    private static final int NO_KEY = 0;

    private final Map<Endpoint, Participant> participants = new LinkedHashMap<>(4);
    private int completed;
    private long announcedAt;

    /** When anybody announced anything last, in ms. */
    long announcedAt() {
        return announcedAt;
    }

    int size() {
        return participants.size();
    }

    /** How many have got everything since this swarm is known. */
    int completed() {
        return completed;
    }

    /** The longest silent first; a view. */
    Collection<Participant> participants() {
        return Collections.unmodifiableCollection(participants.values());
    }

    boolean has(Endpoint endpoint) {
        return participants.containsKey(endpoint);
    }

    /** Takes {@code self} in, notes what has become of it, or lets it go. */
    void onAnnounce(AnnounceRequest request, Endpoint self, long now) {
        announcedAt = now;
        boolean hadCompleted =
                takeFormer(request, self).map(Participant::hasCompleted).orElse(false);
        if (request.event() == AnnounceRequest.Event.STOPPED) {
            return;
        }
        boolean hasCompleted = hadCompleted || request.event() == AnnounceRequest.Event.COMPLETED;
        if (hasCompleted && !hadCompleted) {
            completed++;
        }
        participants.put(self, new Participant(self, request.key(), request.left() == 0, hasCompleted, now));
    }

    /** Forgets whoever has not announced after {@code deadline}. */
    void forgetSilent(long deadline) {
        Iterator<Participant> eldestFirst = participants.values().iterator();
        while (eldestFirst.hasNext() && eldestFirst.next().seenAt() <= deadline) {
            eldestFirst.remove();
        }
    }

    /** Forgets the one that has been silent for longest; there must be one. */
    void removeEldest() {
        Iterator<Participant> eldestFirst = participants.values().iterator();
        eldestFirst.next();
        eldestFirst.remove();
    }

    /** How many have the address of {@code endpoint}. */
    int countAt(Endpoint endpoint) {
        int count = 0;
        for (Endpoint one : participants.keySet()) {
            count += one.sameAddress(endpoint) ? 1 : 0;
        }
        return count;
    }

    /** Forgets the one at the address of {@code endpoint} that has been silent for longest. */
    void removeEldestAt(Endpoint endpoint) {
        eldest(one -> one.endpoint().sameAddress(endpoint)).ifPresent(one -> participants.remove(one.endpoint()));
    }

    /** Takes out what was known of this client, where it is or where it was. */
    private Optional<Participant> takeFormer(AnnounceRequest request, Endpoint self) {
        Participant here = participants.remove(self);
        if (here != null || request.key() == NO_KEY) {
            return Optional.ofNullable(here);
        }
        Optional<Participant> moved =
                eldest(one -> one.key() == request.key() && one.endpoint().sameAddress(self));
        moved.ifPresent(one -> participants.remove(one.endpoint()));
        return moved;
    }

    private Optional<Participant> eldest(Predicate<Participant> condition) {
        return participants.values().stream().filter(condition).findFirst();
    }
}
