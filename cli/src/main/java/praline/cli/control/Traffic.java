package praline.cli.control;

import java.util.ArrayList;
import java.util.List;
import praline.node.engine.Counters;
import praline.node.engine.Counters.Cause;
import praline.node.engine.Counters.Direction;

/** Messages and bytes of one or many nodes, by cause, every cause once and in the same order. */
public record Traffic(List<Line> causes) {

    public static final Traffic NONE = of(new Counters());

    /** What one cause took; a message between two nodes of one cluster is counted at both ends. */
    public record Line(String cause, long messagesIn, long bytesIn, long messagesOut, long bytesOut) {

        private Line plus(Line other) {
            return new Line(
                    cause,
                    messagesIn + other.messagesIn,
                    bytesIn + other.bytesIn,
                    messagesOut + other.messagesOut,
                    bytesOut + other.bytesOut);
        }
    }

    static Traffic of(Counters counters) {
        List<Line> lines = new ArrayList<>();
        for (Cause cause : Cause.values()) {
            lines.add(new Line(
                    NodeAnswer.inLowerCase(cause),
                    counters.messages(Direction.IN, cause),
                    counters.bytes(Direction.IN, cause),
                    counters.messages(Direction.OUT, cause),
                    counters.bytes(Direction.OUT, cause)));
        }
        return new Traffic(List.copyOf(lines));
    }

    Traffic plus(Traffic other) {
        List<Line> sum = new ArrayList<>();
        for (int i = 0; i < causes.size(); i++) {
            sum.add(causes.get(i).plus(other.causes.get(i)));
        }
        return new Traffic(List.copyOf(sum));
    }
}
