package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import praline.protocol.Limit;
import praline.protocol.LimitSpec;
import praline.protocol.Limits;

/** The bounds of taking part in swarms (spec/hardening.md section 5, C3, C4, C12, C14). */
@Immutable
public record SwarmLimits(
        Swarm swarm, Known known, Tracker tracker, Blame blame, Metadata metadata, Exchange exchange) {

    /** Every limit at its standard value. */
    public static final SwarmLimits STANDARD = Limits.standard(SwarmLimits.class);

    /** The table of these limits. */
    public static ImmutableList<LimitSpec> specs() {
        return Limits.specsOf(SwarmLimits.class);
    }

    /** One node's torrents and their peers. */
    @Immutable
    public record Swarm(
            @Limit(
                    standard = 50,
                    min = 2,
                    max = 10_000,
                    unit = "links",
                    reason = "peers of one torrent; more do not make it faster (ANA 50)")
            int linksPerTorrent,

            @Limit(standard = 200, min = 2, max = 100_000, unit = "links", reason = "peers of all torrents (LT 200)")
            int links,

            @Limit(
                    standard = 1_000,
                    min = 1,
                    max = 100_000,
                    unit = "torrents",
                    reason = "taken part in at once; one that is idle takes a few KiB")
            int torrents,

            @Limit(
                    standard = 8,
                    min = 1,
                    max = 10_000,
                    unit = "peers",
                    reason = "unchoked in all torrents together, or as many as one torrent's slots if those are more")
            int unchoked,

            @Limit(
                    standard = 500,
                    min = 2,
                    max = 10_000,
                    unit = "requests",
                    reason = "open with one peer, in either direction; the queue holds requests, never data (TR 500)")
            int requests,

            @Limit(
                    standard = 67_108_864,
                    min = 1_048_576,
                    max = 1_073_741_824,
                    unit = "bytes",
                    reason = "blocks that wait in memory for the rest of their pieces; beyond it no piece is begun")
            int heldBytes,

            @Limit(
                    standard = 20_000,
                    min = 1_000,
                    max = 600_000,
                    unit = "ms",
                    reason = "who owes blocks and sends none for so long is snubbed, its blocks shared out (LT 20 s)")
            int snubMillis,

            @Limit(
                    standard = 120_000,
                    min = 4_000,
                    max = 3_600_000,
                    unit = "ms",
                    reason = "who says nothing for so long is gone; we say something at half of it")
            int silenceMillis,

            @Limit(
                    standard = 60_000,
                    min = 1_000,
                    max = 3_600_000,
                    unit = "ms",
                    reason = "without any peer for so long the user is told, and trackers are asked again")
            int lonelyMillis,

            @Limit(
                    standard = 10_000,
                    min = 100,
                    max = 3_600_000,
                    unit = "ms",
                    reason = "how often a full disk is looked at again")
            int diskRetryMillis,

            @Limit(
                    standard = 1_000,
                    min = 10,
                    max = 10_000,
                    unit = "ms",
                    reason = "how often linked peers are looked at; nothing of it is urgent")
            int watchMillis) {}

    /** The peers of one torrent that may be dialled. */
    @Immutable
    public record Known(
            @Limit(
                    standard = 1_000,
                    min = 2,
                    max = 100_000,
                    unit = "peers",
                    reason = "known of one torrent, linked or not (S9)")
            int peers,

            @Limit(
                    standard = 50,
                    min = 0,
                    max = 100,
                    unit = "percent",
                    reason = "of them may come from peer exchange alone (S9)")
            int exchangedPercent,

            @Limit(
                    standard = 25,
                    min = 1,
                    max = 100,
                    unit = "percent",
                    reason = "of them may come from one teller (S9)")
            int tellerPercent,

            @Limit(
                    standard = 60_000,
                    min = 10,
                    max = 3_600_000,
                    unit = "ms",
                    reason = "before a peer is dialled again; times the failures in a row, and one")
            int retryMillis,

            @Limit(
                    standard = 1_800_000,
                    min = 1_000,
                    max = 86_400_000,
                    unit = "ms",
                    reason = "the longest pause before a peer that the user named is dialled again (S10)")
            int retryMillisMax,

            @Limit(
                    standard = 3,
                    min = 1,
                    max = 100,
                    unit = "failures",
                    reason = "in a row, after which a peer that a stranger told is given up (LT 3)")
            int failures,

            @Limit(
                    standard = 2,
                    min = 1,
                    max = 65_535,
                    unit = "ports",
                    reason = "of one address: more is a sign that we are aimed at somebody (C12)")
            int portsPerAddress,

            @Limit(
                    standard = 4,
                    min = 1,
                    max = 1_000,
                    unit = "dials",
                    reason = "to one address in dialWindowMillis (C12)")
            int dialsPerAddress,

            @Limit(
                    standard = 600_000,
                    min = 1_000,
                    max = 86_400_000,
                    unit = "ms",
                    reason = "over which dials to one address are counted (C12)")
            int dialWindowMillis) {}

    /** What trackers may ask of us, and we of them. */
    @Immutable
    public record Tracker(
            @Limit(
                    standard = 100,
                    min = 1,
                    max = 10_000,
                    unit = "trackers",
                    reason = "of one torrent; magnet links come with dozens")
            int trackers,

            @Limit(standard = 2_048, min = 64, max = 65_536, unit = "characters", reason = "of a tracker's URL")
            int urlLength,

            @Limit(standard = 200, min = 1, max = 1_000, unit = "peers", reason = "asked for at once (LT 200)")
            int wanted,

            @Limit(
                    standard = 1_800_000,
                    min = 1_000,
                    max = 86_400_000,
                    unit = "ms",
                    reason = "until the next announce when a tracker does not say")
            int intervalMillis,

            @Limit(
                    standard = 10_000,
                    min = 100,
                    max = 600_000,
                    unit = "ms",
                    reason = "the shortest interval that a tracker may set")
            int intervalMillisMin,

            @Limit(
                    standard = 7_200_000,
                    min = 1_000,
                    max = 86_400_000,
                    unit = "ms",
                    reason = "the longest interval that a tracker may set: a liar would silence us for ever")
            int intervalMillisMax,

            @Limit(
                    standard = 60_000,
                    min = 100,
                    max = 86_400_000,
                    unit = "ms",
                    reason = "between two announces when peers are short and the tracker names no minimum")
            int soonestMillis,

            @Limit(
                    standard = 5_000,
                    min = 100,
                    max = 600_000,
                    unit = "ms",
                    reason = "the constant of the pause after failures: 5 + 5 n^2 2.5 s (LT)")
            int retryMillis,

            @Limit(
                    standard = 3_600_000,
                    min = 1_000,
                    max = 86_400_000,
                    unit = "ms",
                    reason = "the longest pause after failures (LT)")
            int retryMillisMax,

            @Limit(
                    standard = 10_000,
                    min = 100,
                    max = 600_000,
                    unit = "ms",
                    reason = "that the next tracker waits for the one before it to answer")
            int patienceMillis) {}

    /** Who answers for wrong pieces. */
    @Immutable
    public record Blame(
            @Limit(
                    standard = 10_000,
                    min = 16,
                    max = 1_000_000,
                    unit = "bans",
                    reason = "kept at once; the oldest are forgotten (C14)")
            int bans,

            @Limit(
                    standard = 3_600_000,
                    min = 1_000,
                    max = 86_400_000,
                    unit = "ms",
                    reason = "that whoever sent wrong bytes is shut out (S2)")
            int banMillis,

            @Limit(
                    standard = 1_000,
                    min = 2,
                    max = 100_000,
                    unit = "peers",
                    reason = "of one torrent whose record is kept")
            int peers,

            @Limit(
                    standard = 16_384,
                    min = 1,
                    max = 1_048_576,
                    unit = "blocks",
                    reason = "of wrong pieces that are remembered until it is known who lied")
            int blocks,

            @Limit(
                    standard = 7,
                    min = 1,
                    max = 100,
                    unit = "points",
                    reason = "below zero shut a peer out; a wrong piece costs two, a right one gives one (LT 7)")
            int distrust,

            @Limit(standard = 8, min = 1, max = 100, unit = "points", reason = "that right pieces can earn (LT 8)")
            int trust,

            @Limit(
                    standard = 5,
                    min = 1,
                    max = 100,
                    unit = "pieces",
                    reason = "wrong ones that a peer had part in, after which it is shut out (TR 5)")
            int wrongPieces) {}

    /** Info dictionaries from peers (BEP 9). */
    @Immutable
    public record Metadata(
            @Limit(
                    standard = 10_485_760,
                    min = 16_384,
                    max = 67_108_864,
                    unit = "bytes",
                    reason = "the largest info dictionary that is taken (S8)")
            int size,

            @Limit(
                    standard = 4,
                    min = 1,
                    max = 64,
                    unit = "sizes",
                    reason = "that peers may claim at the same time; each is gathered apart (S8)")
            int claims,

            @Limit(standard = 2, min = 1, max = 64, unit = "requests", reason = "under way to one peer (LT 2)")
            int requestsPerPeer,

            @Limit(standard = 10_000, min = 100, max = 600_000, unit = "ms", reason = "until a request counts as lost")
            int requestMillis,

            @Limit(
                    standard = 60_000,
                    min = 100,
                    max = 3_600_000,
                    unit = "ms",
                    reason = "before a peer is asked again that refused or did not answer (LT 60 s)")
            int retryMillis) {}

    /** Peers told by peers (BEP 11). */
    @Immutable
    public record Exchange(
            @Limit(
                    standard = 50,
                    min = 1,
                    max = 500,
                    unit = "peers",
                    reason = "added, and as many dropped, in one message (BEP 11)")
            int peers,

            @Limit(
                    standard = 60_000,
                    min = 1_000,
                    max = 3_600_000,
                    unit = "ms",
                    reason = "between two messages to or from one peer (BEP 11)")
            int intervalMillis) {}
}
