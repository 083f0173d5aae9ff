package praline.protocol.testing;

import com.google.common.io.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import praline.protocol.Bytes;

/**
 * A file of recorded Gnutella bytes, in the form that {@code recorded/README.md} beside the tests of
 * {@code praline.protocol.gnutella} describes.
 */
public record Recording(String name, List<Line> lines) {

    /**
     * One unit of bytes.
     *
     * @param note what stands above it, or nothing
     * @param direction {@code >} or {@code <}
     */
    public record Line(String note, char direction, Bytes bytes) {}

    /** All files that were recorded from living programs. */
    public static final List<String> RECORDED = List.of(
            "bun_handshake",
            "bun_queryhit",
            "bun_session",
            "bye_413",
            "bye_shutdown",
            "deflate_stream",
            "handshake_leaf_full",
            "handshake_leaf_ultra",
            "handshake_refusals",
            "handshake_ultra_ultra",
            "http_404",
            "http_gtkg_client",
            "http_range",
            "ping_ggep_scp",
            "pong_leaf",
            "pong_ultra",
            "push_giv",
            "qrp_leaf_1bit",
            "qrp_leaf_4bit",
            "query_urn",
            "queryhit_ggep_h",
            "session_leaf_ultra",
            "session_ultra_first",
            "vendor_messages");

    /** The recording of this name, one of {@link #RECORDED}. */
    public static Recording recorded(String name) {
        return read("recorded/" + name + ".txt");
    }

    /** The worked examples of the protocol reference. */
    public static Recording reference() {
        return read("reference.txt");
    }

    /** The units that go in {@code direction}, in order. */
    public List<Bytes> units(char direction) {
        return lines.stream()
                .filter(line -> line.direction() == direction)
                .map(Line::bytes)
                .toList();
    }

    private static Recording read(String file) {
        List<Line> lines = new ArrayList<>();
        String note = "";
        for (String line : textOf(file).lines().toList()) {
            char kind = line.charAt(0);
            String rest = line.substring(1).strip();
            if (kind == ';') {
                note = rest;
            } else if (kind != '#') {
                lines.add(new Line(note, kind, Bytes.ofHex(rest.replace(" ", ""))));
                note = "";
            }
        }
        return new Recording(file, lines);
    }

    private static String textOf(String file) {
        try {
            return Resources.toString(
                    Resources.getResource("praline/protocol/gnutella/" + file), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }
}
