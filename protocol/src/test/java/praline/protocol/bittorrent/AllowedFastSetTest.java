package praline.protocol.bittorrent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;

/** The sets of spec/bittorrent.md 14.3, one of which is what aria2 sent. */
class AllowedFastSetTest {

    private static final Sha1 ALL_AA = Sha1.parseHex("aa".repeat(20)).orElseThrow();

    @Test
    void theSetsOfTheSpecificationComeOut() {
        assertThat(set("80.4.4.200", ALL_AA, 1_313, 7)).containsExactly(1059, 431, 808, 1217, 287, 376, 1188);
        assertThat(set("80.4.4.200", ALL_AA, 1_313, 9)).containsExactly(1059, 431, 808, 1217, 287, 376, 1188, 353, 508);
        Sha1 lab = Sha1.parseHex("936f8db57f9a70fdae8f380b56d3c068906ffd97").orElseThrow();
        assertThat(set("127.0.0.1", lab, 32, 10)).containsExactly(7, 1, 14, 28, 4, 6, 3, 18, 12, 11);
    }

    @Test
    void neighboursInOneNetworkHaveTheSameSet() {
        assertThat(set("80.4.4.1", ALL_AA, 1_313, 9)).isEqualTo(set("80.4.4.200", ALL_AA, 1_313, 9));
        assertThat(set("80.4.5.1", ALL_AA, 1_313, 9)).isNotEqualTo(set("80.4.4.200", ALL_AA, 1_313, 9));
    }

    @Test
    void aSmallTorrentIsGivenWholeAndAPeerWithIpv6Nothing() {
        assertThat(set("80.4.4.200", ALL_AA, 4, 10)).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(set("80.4.4.200", ALL_AA, 1, 10)).containsExactly(0);
        assertThat(AllowedFastSet.of(Endpoint.parse("[::1]:1").orElseThrow(), ALL_AA, 10, 10))
                .isEmpty();
    }

    private static ImmutableList<Integer> set(String address, Sha1 infohash, int pieceCount, int size) {
        return AllowedFastSet.of(Endpoint.parse(address + ":1").orElseThrow(), infohash, pieceCount, size);
    }
}
