package praline.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import praline.node.engine.Profile;

/** Whether a process is able to lead. */
class CapacityTest {

    private static final long MIB = 1 << 20;

    @Test
    void aSmallHeapOrFewDescriptorsKeepANodeALeaf() {
        assertThat(new Capacity(512 * MIB, 4_096).isEnoughToLead(Profile.INTERNET))
                .isTrue();
        assertThat(new Capacity(128 * MIB, 4_096).isEnoughToLead(Profile.INTERNET))
                .isFalse();
        assertThat(new Capacity(512 * MIB, 256).isEnoughToLead(Profile.LAN)).isFalse();
    }

    @Test
    void inALaboratoryAnyNodeMayLead() {
        assertThat(new Capacity(1, 1).isEnoughToLead(Profile.LAB)).isTrue();
    }
}
