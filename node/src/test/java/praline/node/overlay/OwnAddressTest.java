package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import praline.protocol.Endpoint;

/** Where others see us: many networks must agree. */
class OwnAddressTest {

    private OwnAddress own = OwnAddress.UNKNOWN;

    @Test
    void threeNetworksAreBelievedAndOneThatSaysItThriceIsNot() {
        tell("198.51.100.1", "192.0.2.7");
        tell("198.51.100.2", "192.0.2.7");
        tell("198.51.200.3", "192.0.2.7");
        assertThat(own.believed()).as("all of one network").isEmpty();

        tell("203.0.113.1", "192.0.2.7");
        tell("192.88.98.1", "192.0.2.7");
        assertThat(own.believed()).contains(Endpoint.parse("192.0.2.7:0").orElseThrow());
    }

    @Test
    void theMajorityCountsAndJunkDoesNot() {
        for (int network = 1; network <= 3; network++) {
            tell("11." + network + ".0.1", "192.0.2.66");
            tell("12." + network + ".0.1", "192.0.2.7");
        }
        tell("13.1.0.1", "192.0.2.7");
        tell("13.2.0.1", "no address");

        assertThat(own.believed().orElseThrow().host()).isEqualTo("192.0.2.7");
    }

    @Test
    void anAddressThatChangesIsBelievedWhenThreeNetworksSeeTheNewOne() {
        for (int network = 1; network <= 40; network++) {
            tell("11." + network + ".0.1", "192.0.2.7");
        }
        for (int network = 1; network <= 40; network++) {
            tell("11." + network + ".0.1", "192.0.2.8");
        }
        assertThat(own.believed().orElseThrow().host()).isEqualTo("192.0.2.8");
    }

    private void tell(String teller, String address) {
        own = own.told(Endpoint.parse(teller + ":6346").orElseThrow(), address);
    }
}
