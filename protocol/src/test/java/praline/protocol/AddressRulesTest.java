package praline.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The table of addresses of spec/hardening.md C11, one address to each side of every border. */
class AddressRulesTest {

    private static final Endpoint SELF = endpoint("198.51.100.1:6346");
    private static final Endpoint PUBLIC_TELLER = endpoint("198.51.100.9:6346");
    private static final Endpoint PRIVATE_TELLER = endpoint("192.168.1.9:6346");

    private static final List<String> PUBLIC = List.of(
            "1.0.0.0",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.2.10",
            "192.167.255.255",
            "192.169.0.0",
            "198.51.100.7",
            "223.255.255.255",
            "[2001:db8::1]",
            "[2000::]",
            "[2003::1]",
            "[3fff:ffff::1]",
            "[2001:1::1]",
            "[::ffff:192.0.2.10]");
    private static final List<String> PRIVATE = List.of(
            "10.0.0.0",
            "10.255.255.255",
            "100.64.0.0",
            "100.127.255.255",
            "172.16.0.0",
            "172.31.255.255",
            "192.168.0.0",
            "192.168.255.255",
            "[fc00::1]",
            "[fdff::1]",
            "[::ffff:10.0.0.1]");
    private static final List<String> LOOPBACK =
            List.of("127.0.0.0", "127.0.0.1", "127.255.255.255", "[::1]", "[::ffff:127.0.0.1]");
    private static final List<String> NOWHERE = List.of(
            "0.0.0.0",
            "0.255.255.255",
            "169.254.0.0",
            "169.254.169.254",
            "169.254.255.255",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.0",
            "255.255.255.255",
            "[::]",
            "[::2]",
            "[::7f00:1]",
            "[fe80::1]",
            "[febf::1]",
            "[fec0::1]",
            "[ff02::1]",
            "[2002:7f00:1::]",
            "[2001:0:1::]",
            "[64:ff9b::7f00:1]",
            "[fbff::1]",
            "[4000::]",
            "[::ffff:224.0.0.1]",
            "[::ffff:0.0.0.1]");

    @Test
    void theTableHasAtLeastSixtyAddresses() {
        assertThat(PUBLIC.size() + PRIVATE.size() + LOOPBACK.size() + NOWHERE.size())
                .isGreaterThanOrEqualTo(60);
    }

    @Test
    void onTheInternetPrivateAddressesComeFromPrivateTellersOnly() {
        assertUsable(AddressRules.INTERNET, PUBLIC_TELLER, PUBLIC);
        assertUseless(AddressRules.INTERNET, PUBLIC_TELLER, PRIVATE, LOOPBACK, NOWHERE);
        assertUseless(AddressRules.INTERNET, null, PRIVATE, LOOPBACK, NOWHERE);
        assertUsable(AddressRules.INTERNET, PRIVATE_TELLER, PUBLIC, PRIVATE);
        assertUseless(AddressRules.INTERNET, PRIVATE_TELLER, LOOPBACK, NOWHERE);
    }

    @Test
    void onALanPrivateAddressesAreNormal() {
        assertUsable(AddressRules.LAN, PUBLIC_TELLER, PUBLIC, PRIVATE);
        assertUseless(AddressRules.LAN, PRIVATE_TELLER, LOOPBACK, NOWHERE);
    }

    @Test
    void aLaboratoryTalksToItsOwnMachine() {
        assertUsable(AddressRules.LAB, null, LOOPBACK);
        assertUseless(AddressRules.LAB, null, PUBLIC, PRIVATE, NOWHERE);
    }

    @Test
    void aGivenNetworkHasWhateverAddressesItHas() {
        assertUsable(AddressRules.ANY, null, PUBLIC, PRIVATE, LOOPBACK, NOWHERE);
    }

    @Test
    void portZeroAndOurselvesAreOfNoUseToAnybody() {
        for (AddressRules rules : AddressRules.values()) {
            assertThat(rules.isUsable(endpoint("192.0.2.1:0"), null, SELF)).isFalse();
            assertThat(rules.isUsable(endpoint("127.0.0.1:0"), null, SELF)).isFalse();
            assertThat(rules.isUsable(SELF, null, SELF)).isFalse();
        }
        assertThat(AddressRules.INTERNET.isUsable(SELF.withPort(6347), null, SELF))
                .isTrue();
    }

    @SafeVarargs
    private static void assertUsable(AddressRules rules, @Nullable Endpoint teller, List<String>... lists) {
        for (List<String> list : lists) {
            assertThat(list).allMatch(address -> rules.isUsable(endpoint(address + ":6346"), teller, SELF));
        }
    }

    @SafeVarargs
    private static void assertUseless(AddressRules rules, @Nullable Endpoint teller, List<String>... lists) {
        for (List<String> list : lists) {
            assertThat(list).noneMatch(address -> rules.isUsable(endpoint(address + ":6346"), teller, SELF));
        }
    }

    private static Endpoint endpoint(String text) {
        return Endpoint.parse(text).orElseThrow();
    }
}
