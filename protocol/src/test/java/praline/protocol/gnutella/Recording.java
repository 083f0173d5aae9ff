package praline.protocol.gnutella;

import com.google.common.io.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import praline.protocol.Bytes;

/** A file of recorded bytes, in the form that {@code recorded/README.md} describes. */
record Recording(String name, List<Line> lines) {

    /**
     * One unit of bytes.
     *
     * @param note what stands above it, or nothing
     * @param direction {@code >} or {@code <}
     */
    record Line(String note, char direction, Bytes bytes) {}

    /** All files that were recorded from living programs. */
    static final List<String> RECORDED = List.of(
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

    static Recording recorded(String name) {
        return read("recorded/" + name + ".txt");
    }

    static Recording reference() {
        return read("reference.txt");
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
            return Resources.toString(Resources.getResource(Recording.class, file), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }
}
