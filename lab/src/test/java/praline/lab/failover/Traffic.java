package praline.lab.failover;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import praline.node.engine.Counters;
import praline.node.engine.Counters.Cause;
import praline.node.engine.Counters.Direction;

/** Bytes that members sent, by what they were for. */
record Traffic(Map<Cause, Long> sent) {

    /** What all of {@code members}, dead or alive, sent so far. */
    static Traffic of(Collection<Member> members) {
        Map<Cause, Long> sent = new EnumMap<>(Cause.class);
        for (Member member : members) {
            Counters counters = member.engine().counters();
            for (Cause cause : Cause.values()) {
                sent.merge(cause, counters.bytes(Direction.OUT, cause), Long::sum);
            }
        }
        return new Traffic(sent);
    }

    Traffic since(Traffic before) {
        Map<Cause, Long> since = new EnumMap<>(sent);
        before.sent.forEach((cause, bytes) -> since.merge(cause, -bytes, Long::sum));
        return new Traffic(since);
    }

    /** The part that is neither query nor hit: handshakes, upkeep, what leaves publish, routing tables. */
    double controlPercent() {
        return 100 - percent(Cause.QUERY) - percent(Cause.HIT);
    }

    private double percent(Cause cause) {
        long all = sent.values().stream().mapToLong(Long::longValue).sum();
        return 100.0 * sent.getOrDefault(cause, 0L) / all;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("bytes sent");
        sent.forEach((cause, bytes) ->
                text.append(String.format(Locale.ROOT, ", %s %,d (%.1f %%)", cause, bytes, percent(cause))));
        return text.toString();
    }
}
