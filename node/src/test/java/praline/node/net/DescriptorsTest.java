package praline.node.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What sockets leave to files (spec/hardening.md C15). */
class DescriptorsTest {

    @Test
    void socketsLeaveSomeToFiles() {
        AtomicLong free = new AtomicLong(65);
        Descriptors descriptors = new Descriptors(64, free::get);
        assertThat(descriptors.areScarce(0)).isFalse();
        free.set(64);
        assertThat(descriptors.areScarce(50)).as("it looks ten times a second").isFalse();
        assertThat(descriptors.areScarce(100)).isTrue();
        free.set(80);
        assertThat(descriptors.areScarce(200)).isFalse();
    }
}
