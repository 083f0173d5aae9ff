package praline.protocol.gnutella;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import praline.protocol.Sha1;

/** The vectors of spec/gnutella.md 9.1 and the tables of 9.2 that can be checked by hand. */
class QrpHashTest {

    private static final String URN = "urn:sha1:ZVUIFIMKBWG6BBIX3QSF2OKGG46L2EOV";
    private static final Sha1 CONTENT = Sha1.parseBase32(URN.substring(9)).orElseThrow();

    @ParameterizedTest
    @CsvSource({
        "13, '', 0",
        "13, eb, 6791",
        "13, ebc, 7082",
        "13, ebck, 6698",
        "13, ebckl, 3179",
        "13, ebcklm, 3235",
        "13, ebcklme, 6438",
        "13, ebcklmen, 1062",
        "13, ebcklmenq, 3527",
        "16, n, 65003",
        "16, nd, 54193",
        "16, ndf, 4953",
        "16, ndfl, 58201",
        "16, ndfla, 34830",
        "16, ndflal, 36910",
        "16, ndflale, 34586",
        "16, ndflalem, 37658",
        "16, ndflaleme, 45559",
        "10, ol2j34lj, 318",
        "10, asdfas23, 503",
        "10, 9um3o34fd, 758",
        "10, a234d, 281",
        "10, a3f, 767",
        "10, 3nja9, 581",
        "10, 2459345938032343, 146",
        "10, 7777a88a8a8a8, 342",
        "10, asdfjklkj3k, 861",
        "10, adfk32l, 1011",
        "10, zzzzzzzzzzz, 944",
        "10, \u30A2\u30CB\u30E1, 46",
        "10, \u30E9, 0",
        "10, \u58F0\u512A, 731",
        "10, \uD801\uDC28, 658"
    })
    void theOfficialVectorsHashToTheirSlots(int bits, String word, int slot) {
        assertThat(QrpHash.slot(QrpHash.of(word), bits)).isEqualTo(slot);
    }

    @ParameterizedTest
    @CsvSource({
        "a, f9828f5c, 998, 7984, 15968, 63874, 127749, 2043985",
        "test, 50e85fb0, 323, 2589, 5178, 20712, 41424, 662795",
        "file, 5e537ba8, 377, 3018, 6036, 24147, 48294, 772719",
        "one, baf96b64, 747, 5983, 11966, 47865, 95730, 1531693",
        "txt, 6cc8b3b0, 435, 3481, 6962, 27848, 55697, 891158",
        "praline, 85cd817c, 535, 4281, 8563, 34253, 68507, 1096112",
        "pralin, 21b9817c, 134, 1079, 2158, 8633, 17267, 276272",
        "prali, 732b697c, 460, 3685, 7370, 29483, 58966, 943469",
        "pral, 55989840, 342, 2739, 5478, 21912, 43825, 701203",
        "gnutella, 532d31b8, 332, 2661, 5323, 21293, 42586, 681382",
        "LimeWire, 3690eb34, 218, 1746, 3492, 13968, 27937, 447005",
        "\u65E5\u672C\u8A9E, 180dc0cc, 96, 769, 1539, 6157, 12315, 197048",
        "\u03B5\u03BB\u03BB\u03B1\u03C2, 198d7e44, 102, 817, 1635, 6541, 13082, 209327",
        URN + ", 9aae67f4, 618, 4949, 9899, 39598, 79196, 1267148",
    })
    void oneHashServesTablesOfAllSizes(
            String word, String product, int of10, int of13, int of14, int of16, int of17, int of21) {
        int hash = QrpHash.of(word);
        assertThat(Integer.toHexString(hash)).isEqualTo(product);
        ImmutableMap<Integer, Integer> slots =
                ImmutableMap.of(10, of10, 13, of13, 14, of14, 16, of16, 17, of17, 21, of21);
        for (Map.Entry<Integer, Integer> slot : slots.entrySet()) {
            assertThat(QrpHash.slot(hash, slot.getKey())).isEqualTo(slot.getValue());
        }
    }

    @Test
    void aTableSaysWhatGtkGnutellaAndLimeWireWouldSayOfAFile() {
        Set<Integer> in14 = slots("praline-test_File one.txt", CONTENT, 14);
        Set<Integer> in16 = slots("praline-test_File one.txt", CONTENT, 16);

        assertThat(in14).contains(2158, 5178, 5478, 6036, 6962, 7370, 8563, 11966);
        assertThat(in16).contains(8633, 20712, 24147, 27848, 29483, 34253, 39598, 47865);
        assertThat(in16)
                .as("both say the same but for the beginning pral, and the hash")
                .hasSize(9);
    }

    @Test
    void wordsAreShortenedAsFarAsEitherGoes() {
        assertThat(beginnings("praline")).containsExactlyInAnyOrder("praline", "pralin", "prali", "pral");
        assertThat(beginnings("files")).containsExactlyInAnyOrder("files", "file", "fil");
        assertThat(beginnings("stop")).containsExactly("stop");
        assertThat(beginnings("\u65E5\u672C\u8A9E")).containsExactlyInAnyOrder("\u65E5\u672C\u8A9E", "\u65E5\u672C");
        assertThat(beginnings("encyclopaedia"))
                .containsExactlyInAnyOrder(
                        "encyclopaedia", "encyclopaedi", "encyclopaed", "encyclopae", "encyclopa", "encyclop");
    }

    @Test
    void aNameIsSplitAsEitherSplitsIt() {
        assertThat(QrpWords.wordsOf("L'\u00E9t\u00E9 na\u00EFve")).containsExactly("l", "ete", "naive", "lete");
        assertThat(QrpWords.wordsOf("Foo@bar#baz 1")).containsExactly("foo", "bar", "baz", "1", "foo@bar#baz");
        assertThat(QrpWords.wordsOf("Praline-test_File one.txt"))
                .containsExactly("praline", "test", "file", "one", "txt");
    }

    private static Set<Integer> slots(String name, Sha1 content, int bits) {
        Set<Integer> slots = new TreeSet<>();
        QrpWords.hashesOf(name, content, hash -> slots.add(QrpHash.slot(hash, bits)));
        return slots;
    }

    /** Of the beginnings of {@code word}, those whose hashes are told. */
    private static List<String> beginnings(String word) {
        List<Integer> told = new ArrayList<>();
        QrpWords.hashesOf(word, told::add);
        List<String> words = new ArrayList<>();
        for (int length = 1; length <= word.length(); length++) {
            if (told.contains(QrpHash.of(word.substring(0, length)))) {
                words.add(word.substring(0, length));
            }
        }
        assertThat(told).hasSameSizeAs(words);
        return words;
    }
}
