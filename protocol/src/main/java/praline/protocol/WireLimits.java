package praline.protocol;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;

/**
 * The bounds of everything that is decoded (spec/hardening.md section 1 and W2), one group for each kind of bytes. They
 * hold in every profile: a laboratory relaxes rates and slots, never these.
 */
@Immutable
public record WireLimits(
        Frame frame,
        Send send,
        HandshakeBlock handshake,
        Deflate deflate,
        Ggep ggep,
        Query query,
        Http http,
        Name name) {

    /** Every limit at its standard value. */
    public static final WireLimits STANDARD = Limits.standard(WireLimits.class);

    /** The table of these limits. */
    public static ImmutableList<LimitSpec> specs() {
        return Limits.specsOf(WireLimits.class);
    }

    /** Descriptors that we receive, payloads without the header of 23 bytes. */
    @Immutable
    public record Frame(
            @Limit(
                    standard = 65_536,
                    min = 16_384,
                    max = 1_048_576,
                    unit = "bytes",
                    reason = "no servent sends a payload above 64 KiB; beyond it the stream is out of step")
            int payload,

            @Limit(
                    standard = 1_024,
                    min = 256,
                    max = 65_536,
                    unit = "bytes",
                    reason = "gtk-gnutella closes a link that sends a larger query")
            int query,

            @Limit(
                    standard = 16_384,
                    min = 4_096,
                    max = 65_536,
                    unit = "bytes",
                    reason = "gtk-gnutella drops a larger hit")
            int hit,

            @Limit(
                    standard = 1_536,
                    min = 64,
                    max = 65_536,
                    unit = "bytes",
                    reason = "extensions of a ping, pong or push; gtk-gnutella drops larger ones")
            int extensions,

            @Limit(
                    standard = 4_096,
                    min = 512,
                    max = 65_536,
                    unit = "bytes",
                    reason = "a reason is a sentence; gtk-gnutella closes beyond")
            int bye,

            @Limit(
                    standard = 32_768,
                    min = 8_192,
                    max = 65_536,
                    unit = "bytes",
                    reason = "the largest vendor message is a batch of our index publication")
            int vendor,

            @Limit(
                    standard = 40_960,
                    min = 1_024,
                    max = 65_536,
                    unit = "bytes",
                    reason = "a type that we do not read is skipped up to here, as gtk-gnutella does")
            int other,

            @Limit(
                    standard = 256,
                    min = 1,
                    max = 4_096,
                    unit = "records",
                    reason = "one batch of our index publication is worked off in one turn")
            int batchRecords,

            @Limit(
                    standard = 255,
                    min = 255,
                    max = 1_024,
                    unit = "bytes",
                    reason = "a file system's longest name; publishers cut theirs to 255")
            int batchName) {}

    /** What we send, so that others take it. */
    @Immutable
    public record Send(
            @Limit(
                    standard = 256,
                    min = 64,
                    max = 1_024,
                    unit = "bytes",
                    reason = "gtk-gnutella does not pass on a larger query")
            int query,

            @Limit(
                    standard = 2_016,
                    min = 512,
                    max = 16_384,
                    unit = "bytes",
                    reason = "a hit is sent off when it has grown to this, as gtk-gnutella does")
            int hit,

            @Limit(
                    standard = 10,
                    min = 1,
                    max = 255,
                    unit = "records",
                    reason = "gtk-gnutella packs at most ten records into a hit")
            int hitRecords,

            @Limit(
                    standard = 1_024,
                    min = 256,
                    max = 4_096,
                    unit = "bytes",
                    reason = "LimeWire and gtk-gnutella read header lines up to this")
            int headerLine) {}

    /** Blocks of the overlay's handshake. */
    @Immutable
    public record HandshakeBlock(
            @Limit(
                    standard = 16_384,
                    min = 4_096,
                    max = 65_536,
                    unit = "bytes",
                    reason = "gtk-gnutella's bound; a real block has under 1 KiB")
            int block,

            @Limit(standard = 128, min = 32, max = 1_024, unit = "lines", reason = "gtk-gnutella's bound")
            int lines,

            @Limit(
                    standard = 4_096,
                    min = 1_024,
                    max = 16_384,
                    unit = "bytes",
                    reason = "a list of ten addresses to try has 200")
            int line,

            @Limit(standard = 64, min = 32, max = 256, unit = "bytes", reason = "the longest known name has 27")
            int name,

            @Limit(
                    standard = 10,
                    min = 1,
                    max = 100,
                    unit = "addresses",
                    reason = "one refusal must not fill the host cache")
            int tryAddresses) {}

    /** The compressed stream of a link. */
    @Immutable
    public record Deflate(
            @Limit(
                    standard = 16_384,
                    min = 1_024,
                    max = 65_536,
                    unit = "bytes",
                    reason =
                            "inflated at a time; frames are handed on before more is inflated (bombs reach 1,027 to 1)")
            int step) {}

    /** GGEP blocks of one message. */
    @Immutable
    public record Ggep(
            @Limit(standard = 32, min = 4, max = 256, unit = "extensions", reason = "gtk-gnutella's bound")
            int extensions,

            @Limit(
                    standard = 65_535,
                    min = 1_024,
                    max = 262_144,
                    unit = "bytes",
                    reason = "all that one message inflates to, as in gtk-gnutella")
            int inflated) {}

    /** What is taken out of a query. */
    @Immutable
    public record Query(
            @Limit(standard = 10, min = 1, max = 64, unit = "words", reason = "gtk-gnutella's bound on greedy queries")
            int words,

            @Limit(
                    standard = 200,
                    min = 32,
                    max = 1_024,
                    unit = "bytes",
                    reason = "gtk-gnutella's bound on greedy queries")
            int text) {}

    /** Heads of requests and answers on the data port. */
    @Immutable
    public record Http(
            @Limit(
                    standard = 4_096,
                    min = 1_024,
                    max = 16_384,
                    unit = "bytes",
                    reason = "the bound of Vert.x and Netty")
            int firstLine,

            @Limit(
                    standard = 8_192,
                    min = 2_048,
                    max = 65_536,
                    unit = "bytes",
                    reason = "the bound of Vert.x and Netty")
            int headers,

            @Limit(standard = 64, min = 16, max = 256, unit = "headers", reason = "gtk-gnutella sends under 20")
            int headerCount,

            @Limit(
                    standard = 4,
                    min = 1,
                    max = 32,
                    unit = "requests",
                    reason = "requests taken ahead of their answers on one connection")
            int pipelined) {}

    /** A stranger's file name as it is written to disk. */
    @Immutable
    public record Name(
            @Limit(
                    standard = 240,
                    min = 32,
                    max = 255,
                    unit = "bytes",
                    reason = "file systems take 255; room is kept for a number or an ending")
            int size,

            @Limit(
                    standard = 500,
                    min = 2,
                    max = 10_000,
                    unit = "names",
                    reason = "copies of a name that are numbered; chance names the next one")
            int copies,

            @Limit(
                    standard = 16,
                    min = 4,
                    max = 32,
                    unit = "bytes",
                    reason = "a file ending is kept when a name is cut, if it is one")
            int ending) {}
}
