package praline.node.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import praline.protocol.Bytes;

/** What of an info dictionary is given to one peer (spec/hardening.md S8). */
class MetadataServiceTest {

    private final Bytes info = Bytes.copyOf(new byte[16_384 + 100]);
    private final MetadataService service = new MetadataService(info);

    @Test
    void blocksAreWholeButForTheLast() {
        assertThat(service.piece(0).orElseThrow().size()).isEqualTo(16_384);
        assertThat(service.piece(1).orElseThrow().size()).isEqualTo(100);
        assertThat(service.size()).isEqualTo(16_484);
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertThat(service.piece(2)).isEmpty();
        assertThat(service.piece(-1)).isEmpty();
        assertThat(service.piece(Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void nobodyGetsItMoreThanThreeTimes() {
        for (int i = 0; i < 6; i++) {
            assertThat(service.piece(0)).isPresent();
        }
        assertThat(service.piece(1)).isEmpty();
    }
}
