package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import praline.node.engine.DialFailure;
import praline.node.engine.Profile;
import praline.protocol.Defect;
import praline.protocol.Endpoint;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.Headers;

/** Nobody can aim a node at a third party by naming it (spec/hardening.md C4, C12). */
class DialPolicyTest {

    private static final long HOUR = 3_600_000;

    private static final Endpoint TELLER = endpoint("203.0.113.5:6346");

    private final Stage stage = Stage.choosing(TierLimits.STANDARD, Profile.INTERNET);

    @Test
    void portsOfSystemServicesAreNotDialledUnlessTheUserNamesThem() {
        tell("198.51.100.7:80, 198.51.100.7:1023");
        stage.advance(1_000);
        assertThat(stage.host.dials).isEmpty();

        stage.engine.connect(endpoint("198.51.100.7:80"));
        assertThat(stage.host.dials).extracting(HandHost.Dial::to).containsExactly(endpoint("198.51.100.7:80"));
    }

    @Test
    void ofOneAddressTwoPortsAreKept() {
        tell("198.51.100.7:5001, 198.51.100.7:5002, 198.51.100.7:5003, 198.51.100.7:5004");

        assertThat(stage.engine.knownHosts()).hasSize(2);
    }

    @Test
    void anAddressIsDialledOnceAtATimeAndAtMostFourTimesInTenMinutes() {
        tell("198.51.100.7:5001, 198.51.100.7:5002");
        stage.advance(1_000);
        assertThat(dials()).hasSize(1);

        int dials = 0;
        for (int second = 0; second < 590; second++) {
            while (!dials().isEmpty()) {
                dials++;
                stage.engine.onDialFailed(stage.host.takeDial().ticket(), DialFailure.REFUSED);
            }
            stage.advance(1_000);
        }
        assertThat(dials).isBetween(2, 4);
    }

    @Test
    void aDeadAddressIsDialledThreeTimesAnHourHoweverOftenItIsTold() {
        int dials = 0;
        for (long minute = 0; minute < 60; minute++) {
            tell("198.51.100.8:5001");
            while (!dials().isEmpty()) {
                dials++;
                stage.engine.onDialFailed(stage.host.takeDial().ticket(), DialFailure.TIMED_OUT);
            }
            stage.advance(60_000);
        }
        assertThat(dials).isEqualTo(3);
    }

    @Test
    void whoeverIsNoServentIsLeftAloneForAnHour() {
        tell("198.51.100.9:5001");
        stage.advance(1_000);
        HandLink link = new HandLink("198.51.100.9:5001");
        stage.engine.onLinkOpen(link, stage.host.takeDial().ticket());
        stage.engine.onDefect(link, Defect.BAD_HEADER_BLOCK);
        assertThat(link.closed).isNotNull();

        letPass(HOUR - 60_000);
        assertThat(dials()).isEmpty();
        letPass(HOUR);
        assertThat(dials()).hasSize(1);
    }

    @Test
    void aSupernodeThatWasFullIsAskedAgainAndNotForgotten() {
        for (int i = 0; i < 5; i++) {
            tell("198.51.100.10:5001");
            letPass(50_000);
            assertThat(dials()).as("round %s", i).hasSize(1);
            HandLink link = new HandLink("198.51.100.10:5001");
            stage.engine.onLinkOpen(link, stage.host.takeDial().ticket());
            Headers full = Headers.builder().add("X-Ultrapeer", "True").build();
            stage.engine.onMessage(link, Handshake.answer(503, "Too many leaf connections", full));
            letPass(400_000);
        }
    }

    /** Lets time pass in which the teller is not to be reached. */
    private void letPass(long millis) {
        for (long passed = 0; passed < millis; passed += 1_000) {
            assertThat(dials()).hasSizeLessThanOrEqualTo(1);
            stage.advance(1_000);
        }
    }

    /** The dials under way but for those to the teller, which fail. */
    private List<HandHost.Dial> dials() {
        List<HandHost.Dial> toTeller = stage.host.dials.stream()
                .filter(dial -> dial.to().equals(TELLER))
                .toList();
        stage.host.dials.removeAll(toTeller);
        toTeller.forEach(dial -> stage.engine.onDialFailed(dial.ticket(), DialFailure.REFUSED));
        return stage.host.dials;
    }

    /** Somebody whom we asked refuses us and names others. */
    private void tell(String hosts) {
        stage.engine.connect(TELLER);
        List<HandHost.Dial> dials = stage.host.dials.stream()
                .filter(dial -> dial.to().equals(TELLER))
                .toList();
        stage.host.dials.removeAll(dials);
        for (HandHost.Dial dial : dials) {
            HandLink link = new HandLink("203.0.113.5:6346");
            stage.engine.onLinkOpen(link, dial.ticket());
            Headers headers = Headers.builder().add("X-Try-Ultrapeers", hosts).build();
            stage.engine.onMessage(link, Handshake.answer(503, "Busy", headers));
        }
    }

    private static Endpoint endpoint(String text) {
        return Endpoint.parse(text).orElseThrow();
    }
}
