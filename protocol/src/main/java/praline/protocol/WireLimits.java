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
        Qrp qrp,
        Http http,
        Name name,
        Peer peer,
        Bencode bencode,
        Torrent torrent,
        Tracker tracker) {

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

    /** Query routing tables that we receive (W6). */
    @Immutable
    public record Qrp(
            @Limit(
                    standard = 8,
                    min = 8,
                    max = 16_384,
                    unit = "slots",
                    reason = "gtk-gnutella sends an empty table of 8")
            int slotsMin,

            @Limit(
                    standard = 2_097_152,
                    min = 65_536,
                    max = 4_194_304,
                    unit = "slots",
                    reason = "gtk-gnutella's largest, of a leaf that shares very much")
            int slots,

            @Limit(
                    standard = 131_072,
                    min = 1_024,
                    max = 4_194_304,
                    unit = "slots",
                    reason = "kept of a table, in 16 KiB; larger ones are folded, which only adds slots")
            int slotsStored,

            @Limit(
                    standard = 60_000,
                    min = 1_000,
                    max = 3_600_000,
                    unit = "ms",
                    reason = "for one sequence of patches: what is half there holds memory")
            int sequenceMillis,

            @Limit(
                    standard = 60_000,
                    min = 1_000,
                    max = 3_600_000,
                    unit = "ms",
                    reason = "for each new beginning of a table; it costs us more than its sender")
            int resetMillis) {}

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

    /** Messages of the peer wire (W13). */
    @Immutable
    public record Peer(
            @Limit(
                    standard = 131_072,
                    min = 16_384,
                    max = 1_048_576,
                    unit = "bytes",
                    reason = "data of one piece message; everybody asks for 16 KiB, the oldest clients for 128 KiB")
            int block,

            @Limit(
                    standard = 262_144,
                    min = 1_024,
                    max = 1_048_576,
                    unit = "bytes",
                    reason = "a bit for each of 2^21 pieces")
            int bitfield,

            @Limit(
                    standard = 65_536,
                    min = 17_408,
                    max = 1_048_576,
                    unit = "bytes",
                    reason = "an extension message: 16 KiB of metadata with its dictionary, or a first peer exchange")
            int extended,

            @Limit(
                    standard = 50,
                    min = 4,
                    max = 1_000,
                    unit = "peers",
                    reason = "taken as added, and as dropped, from one peer exchange (BEP 11)")
            int exchanged) {}

    /** Bencoding, by what is written in it (W11). */
    @Immutable
    public record Bencode(
            @Limit(standard = 32, min = 8, max = 100, unit = "levels", reason = "Transmission's bound for torrents")
            int torrentDepth,

            @Limit(
                    standard = 1_000_000,
                    min = 10_000,
                    max = 3_000_000,
                    unit = "values",
                    reason = "a torrent of 100,000 files has 700,000; libtorrent takes 3,000,000")
            int torrentTokens,

            @Limit(
                    standard = 8,
                    min = 4,
                    max = 100,
                    unit = "levels",
                    reason = "extension messages and tracker replies nest three deep; Transmission's bound")
            int messageDepth,

            @Limit(
                    standard = 2_000,
                    min = 100,
                    max = 100_000,
                    unit = "values",
                    reason = "an extension handshake has thirty")
            int messageTokens,

            @Limit(
                    standard = 20_000,
                    min = 2_000,
                    max = 1_000_000,
                    unit = "values",
                    reason = "a tracker's reply with 2,000 peers as dictionaries")
            int trackerTokens) {}

    /** Torrent files and info dictionaries (W12). */
    @Immutable
    public record Torrent(
            @Limit(
                    standard = 10_000_000,
                    min = 65_536,
                    max = 100_000_000,
                    unit = "bytes",
                    reason = "a torrent file, or the metadata of a magnet link; libtorrent's bound")
            int file,

            @Limit(
                    standard = 2_097_152,
                    min = 1_024,
                    max = 8_388_608,
                    unit = "pieces",
                    reason = "libtorrent's bound; their bitfield has 256 KiB")
            int pieces,

            @Limit(
                    standard = 67_108_864,
                    min = 16_777_216,
                    max = 536_870_912,
                    unit = "bytes",
                    reason = "a piece is held in memory until it is verified")
            int pieceLength,

            @Limit(
                    standard = 1L << 50,
                    min = 1L << 32,
                    max = 1L << 56,
                    unit = "bytes",
                    reason = "one torrent in all: far beyond any disk, far below what overflows")
            long size,

            @Limit(standard = 100_000, min = 100, max = 1_000_000, unit = "files", reason = "each is a file on disk")
            int files,

            @Limit(standard = 100, min = 8, max = 1_000, unit = "folders", reason = "libtorrent's bound")
            int pathDepth,

            @Limit(
                    standard = 100,
                    min = 4,
                    max = 10_000,
                    unit = "addresses",
                    reason = "trackers, web seeds and peers that one torrent file or magnet link names, each")
            int addresses,

            @Limit(
                    standard = 2_048,
                    min = 256,
                    max = 65_536,
                    unit = "bytes",
                    reason = "a URL; browsers and servers agree on about as much")
            int url,

            @Limit(
                    standard = 65_536,
                    min = 4_096,
                    max = 1_048_576,
                    unit = "characters",
                    reason = "a magnet link with a hundred trackers has 10,000")
            int magnet) {}

    /** What trackers answer and are asked (W15, I8). */
    @Immutable
    public record Tracker(
            @Limit(
                    standard = 1_048_576,
                    min = 65_536,
                    max = 16_777_216,
                    unit = "bytes",
                    reason = "libtorrent takes 835,584; a compact reply with 200 peers has 1,300")
            int reply,

            @Limit(
                    standard = 2_000,
                    min = 50,
                    max = 100_000,
                    unit = "peers",
                    reason = "taken from one reply; we ask for 200")
            int peers,

            @Limit(
                    standard = 74,
                    min = 1,
                    max = 1_000,
                    unit = "torrents",
                    reason = "asked about in one scrape, so that a datagram holds it (BEP 15)")
            int scrape) {}
}
