package praline.node.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import praline.protocol.Endpoint;
import praline.protocol.Limits;
import praline.protocol.Sha1;

/** What is told on of what others tell: two contents, three hosts each. */
class AlternatesTest {

    private static final Sha1 CONTENT = Sha1.digestOf(new byte[] {1});

    private final Alternates alternates = new Alternates(limits(2, 3));

    @Test
    void hearsayIsNotToldOnBeforeItIsVerified() {
        alternates.heard(CONTENT, List.of(host(1), host(2)));
        assertThat(told(9)).isEmpty();

        assertThat(alternates.nextToVerify()).contains(new Alternates.Hearsay(CONTENT, host(1)));
        assertThat(alternates.nextToVerify()).contains(new Alternates.Hearsay(CONTENT, host(2)));
        assertThat(alternates.nextToVerify()).isEmpty();
        alternates.verified(CONTENT, host(2));
        alternates.failed(CONTENT, host(1));

        assertThat(told(9)).containsExactly(host(2));
        assertThat(told(2)).as("the asker itself").isEmpty();
    }

    @Test
    void threeReportersMakeAHostBad() {
        alternates.verified(CONTENT, host(1));
        for (int i = 0; i < 5; i++) {
            alternates.reported(CONTENT, List.of(host(1)), host(7));
        }
        alternates.reported(CONTENT, List.of(host(1)), host(8));
        assertThat(told(9)).as("two of them").hasSize(1);

        alternates.reported(CONTENT, List.of(host(1)), host(9));

        assertThat(told(9)).isEmpty();
    }

    @Test
    void whatIsRememberedIsBounded() {
        for (int i = 0; i < 10; i++) {
            alternates.verified(CONTENT, host(i));
        }
        assertThat(told(99)).containsExactly(host(9), host(8), host(7));

        alternates.verified(Sha1.digestOf(new byte[] {2}), host(1));
        alternates.verified(Sha1.digestOf(new byte[] {3}), host(1));
        assertThat(told(99)).as("of the oldest content").isEmpty();
    }

    private List<Endpoint> told(int asker) {
        return alternates.verified(CONTENT, host(asker), 10);
    }

    private static Endpoint host(int number) {
        return Endpoint.ofIpv4(0x0A00_0000 + number, 6346);
    }

    private static TransferLimits.Alternates limits(long contents, long hosts) {
        return Limits.with(
                        TransferLimits.class,
                        Map.of("limits.alternates.contents", contents, "limits.alternates.hosts", hosts))
                .alternates();
    }
}
