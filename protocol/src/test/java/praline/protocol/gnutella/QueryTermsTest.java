package praline.protocol.gnutella;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import praline.protocol.Bytes;
import praline.protocol.Guid;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.testing.RandomMessages;
import praline.protocol.testing.Seeds;

/** What a query asks for, in all forms in which servents ask. */
class QueryTermsTest {

    private static final String BASE32 = "ZVUIFIMKBWG6BBIX3QSF2OKGG46L2EOV";
    private static final Sha1 SHA1 = Sha1.parseBase32(BASE32).orElseThrow();

    @Test
    void wordsAndHashAreReadTogether() {
        QueryTerms terms = terms("Praline test", Bytes.ofUtf8("urn:sha1:" + BASE32));

        assertThat(terms.words()).containsExactly("praline", "test");
        assertThat(terms.sha1()).isEqualTo(SHA1);
    }

    @Test
    void aBackslashStandsForNoWords() {
        assertThat(terms("\\", Bytes.ofUtf8("urn:sha1:" + BASE32)).words()).isEmpty();
        assertThat(terms("\\", Bytes.EMPTY).isEmpty()).isTrue();
        assertThat(terms("", Bytes.ofUtf8("urn:")).isEmpty()).isTrue();
    }

    @Test
    void aHashMayBeBinary() {
        assertThat(terms("\\", Bytes.ofHex("c381485501cd6882a18a0d8de08517dc245d3946373cbd11d5"))
                        .sha1())
                .isEqualTo(SHA1);
    }

    @Test
    void aLongTextInAnExtensionTakesTheTextsPlace() {
        Bytes extended =
                GgepWriter.zeroFree().add("XQ", Bytes.ofUtf8("Long text")).toBytes();

        assertThat(terms("short", extended).words()).containsExactly("long", "text");
    }

    @Test
    void atMostTenWordsAndTwoHundredBytesAskForSomething() {
        assertThat(terms("ab ".repeat(10), Bytes.EMPTY).words()).hasSize(10);
        assertThat(terms("ab ".repeat(11), Bytes.EMPTY).isEmpty()).isTrue();
        assertThat(terms("a".repeat(200), Bytes.EMPTY).words()).hasSize(1);
        assertThat(terms("a".repeat(201), Bytes.EMPTY).isEmpty()).isTrue();
        assertThat(terms("a".repeat(201), Bytes.ofUtf8("urn:sha1:" + BASE32)).sha1())
                .isEqualTo(SHA1);
    }

    @Test
    void oneLetterTellsNothingApart() {
        assertThat(terms("a b c", Bytes.EMPTY).isTelling()).isFalse();
        assertThat(terms("a bc", Bytes.EMPTY).isTelling()).isTrue();
        assertThat(terms("\ud840\udc00", Bytes.EMPTY).isTelling()).isFalse();
        assertThat(terms("\\", Bytes.ofUtf8("urn:sha1:" + BASE32)).isTelling()).isTrue();
        assertThat(terms("a b", Bytes.ofUtf8("urn:sha1:" + BASE32)).tellingWords())
                .isEmpty();
        assertThat(terms("a bc", Bytes.EMPTY).tellingWords()).containsExactly("a", "bc");
    }

    @Test
    void noQueryIsMoreThanWordsAndAHash() {
        Seeds.checkMany(20_000, random -> {
            Query query =
                    new Query(Guid.ZERO, 1, 0, 0, RandomMessages.bytes(random, 250), RandomMessages.bytes(random, 100));
            assertThat(QueryTerms.of(query, WireLimits.STANDARD).words()).hasSizeLessThanOrEqualTo(10);
        });
    }

    private static QueryTerms terms(String text, Bytes extensions) {
        return QueryTerms.of(new Query(Guid.ZERO, 4, 0, 0x8000, Bytes.ofUtf8(text), extensions), WireLimits.STANDARD);
    }
}
