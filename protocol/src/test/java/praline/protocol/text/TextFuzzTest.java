package praline.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.base.Utf8;
import java.nio.charset.StandardCharsets;
import praline.protocol.WireLimits;

/**
 * The target of spec/hardening.md section 12 for names: bytes as UTF-8, and as raw characters, so that lone surrogates
 * occur. Each build replays the inputs in {@code TextFuzzTestInputs}; the nights look for new ones.
 */
class TextFuzzTest {

    @FuzzTest
    void safeNamePrintable(byte[] data) {
        check(new String(data, StandardCharsets.UTF_8));
        check(new String(data, StandardCharsets.UTF_16BE));
        StringBuilder raw = new StringBuilder();
        for (int i = 0; i + 1 < data.length; i += 2) {
            raw.append((char) ((data[i] & 0xFF) << 8 | (data[i + 1] & 0xFF)));
        }
        check(raw.toString());
    }

    private static void check(String text) {
        WireLimits limits = WireLimits.STANDARD;
        String name = SafeName.of(text, limits);
        assertThat(SafeName.of(name, limits)).isEqualTo(name);
        assertThat(Utf8.encodedLength(name)).isBetween(1, limits.name().size());
        assertThat(name).doesNotContain("/", "\\", "\0").isNotEqualTo(".").isNotEqualTo("..");

        String shown = Printable.of(text);
        assertThat(Printable.of(shown)).isEqualTo(shown);
        assertThat(shown.chars().noneMatch(Character::isISOControl)).isTrue();
        assertThat(Printable.width(Printable.cut(text, 20))).isLessThanOrEqualTo(20);

        var words = Keywords.of(text);
        assertThat(Keywords.of(String.join(" ", words))).isEqualTo(words);
    }
}
