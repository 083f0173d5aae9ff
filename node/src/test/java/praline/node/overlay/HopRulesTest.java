package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import praline.node.overlay.HopRules.Verdict;
import praline.protocol.gnutella.MessageType;

/** What TTL and hops allow, over all 65,536 pairs that two bytes can say (spec/hardening.md W3). */
class HopRulesTest {

    private static final OverlayLimits LIMITS = OverlayLimits.STANDARD;

    @Test
    void everyPairIsTakenDroppedOrTooFarByTheTable() {
        for (int ttl = 0; ttl < 256; ttl++) {
            for (int hops = 0; hops < 256; hops++) {
                Verdict expected =
                        ttl == 0 || hops == 255 ? Verdict.DROP : ttl + hops > 15 ? Verdict.TOO_FAR : Verdict.TAKE;
                assertThat(HopRules.check(MessageType.QUERY, ttl, hops, LIMITS))
                        .as("ttl %d hops %d", ttl, hops)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void whatIsForTheNeighbourAloneHasOneHopAndHasTravelledNone() {
        for (MessageType type : new MessageType[] {MessageType.BYE, MessageType.QRP, MessageType.VENDOR}) {
            assertThat(HopRules.check(type, 1, 0, LIMITS)).isEqualTo(Verdict.TAKE);
            assertThat(HopRules.check(type, 2, 0, LIMITS)).isEqualTo(Verdict.DROP);
            assertThat(HopRules.check(type, 1, 1, LIMITS)).isEqualTo(Verdict.DROP);
        }
    }

    @Test
    void aQueryGoesOnWithOneHopLessAndNeverBeyondTheFarthest() {
        for (int ttl = 1; ttl < 256; ttl++) {
            for (int hops = 0; hops < 255; hops++) {
                int onward = HopRules.onwardTtl(ttl, hops, LIMITS);
                assertThat(onward).isLessThan(ttl);
                assertThat(onward + hops + 1).isLessThanOrEqualTo(Math.max(LIMITS.ttlMax(), ttl + hops));
                if (onward > 0) {
                    assertThat(onward + hops + 1).isLessThanOrEqualTo(LIMITS.ttlMax());
                }
            }
        }
    }

    @Test
    void aHitHasEnoughForItsWayBackAndStaysWithinTheBound() {
        for (int hops = 0; hops < LIMITS.ttlMax(); hops++) {
            assertThat(HopRules.hitTtl(hops, LIMITS)).isBetween(hops + 1, LIMITS.ttlPlusHopsMax());
        }
    }
}
