package praline.node.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import praline.node.engine.Counters.Cause;
import praline.node.engine.Counters.Direction;
import praline.protocol.gnutella.MessageType;

/** Every count has a cell of its own, though some are kept as the sum of others. */
class CountersTest {

    @Test
    void eachTypeIsCountedApart() {
        Counters counters = new Counters();
        int copies = 0;
        for (Direction direction : Direction.values()) {
            for (MessageType type : MessageType.values()) {
                counters.count(direction, type, cause(type), 10, ++copies);
            }
        }

        int expected = 0;
        for (Direction direction : Direction.values()) {
            for (MessageType type : MessageType.values()) {
                assertThat(counters.messages(direction, type)).as("%s", type).isEqualTo(++expected);
            }
        }
    }

    @Test
    void eachCauseIsCountedApartInMessagesAndBytes() {
        Counters counters = new Counters();
        int size = 0;
        for (Direction direction : Direction.values()) {
            for (Cause cause : Cause.values()) {
                counters.count(direction, cause, ++size);
            }
        }

        int expected = 0;
        for (Direction direction : Direction.values()) {
            for (Cause cause : Cause.values()) {
                assertThat(counters.messages(direction, cause)).isEqualTo(1);
                assertThat(counters.bytes(direction, cause)).as("%s", cause).isEqualTo(++expected);
            }
        }
    }

    @Test
    void copiesOfAQueryAreQueriesToo() {
        Counters counters = new Counters();
        counters.count(Direction.IN, MessageType.QUERY, Cause.QUERY, 30);
        counters.count(Direction.IN, MessageType.QUERY, Cause.DUPLICATE, 30);

        assertThat(counters.messages(Direction.IN, MessageType.QUERY)).isEqualTo(2);
        assertThat(counters.messages(Direction.OUT, MessageType.QUERY)).isZero();
    }

    private static Cause cause(MessageType type) {
        return switch (type) {
            case QUERY -> Cause.QUERY;
            case QUERY_HIT -> Cause.HIT;
            case PING, PONG, BYE, QRP, VENDOR, STANDARD_VENDOR, PUSH, OTHER -> Cause.MAINTENANCE;
        };
    }
}
