package praline.node.transfer;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import praline.protocol.Limit;
import praline.protocol.LimitSpec;
import praline.protocol.Limits;

/** The bounds of giving and getting files (spec/hardening.md C1, C5, S11, D5-D7). */
@Immutable
public record TransferLimits(Upload upload, Download download, Push push, Alternates alternates) {

    /** Every limit at its standard value. */
    public static final TransferLimits STANDARD = Limits.standard(TransferLimits.class);

    /** The table of these limits. */
    public static ImmutableList<LimitSpec> specs() {
        return Limits.specsOf(TransferLimits.class);
    }

    /** What others may take from us. */
    @Immutable
    public record Upload(
            @Limit(
                    standard = 4,
                    min = 1,
                    max = 1_000,
                    unit = "uploads",
                    reason = "few uploads at a useful rate beat many that starve each other")
            int active,

            @Limit(
                    standard = 20,
                    min = 0,
                    max = 1_000,
                    unit = "askers",
                    reason = "whoever waits longer than this finds another source")
            int queued,

            @Limit(
                    standard = 300_000,
                    min = 1_000,
                    max = 3_600_000,
                    unit = "ms",
                    reason = "a place in the queue is kept this long for an asker who is late")
            int placeMillis,

            @Limit(
                    standard = 64,
                    min = 1,
                    max = 10_000,
                    unit = "links",
                    reason = "links of askers, active, queued or idle; more are closed at once")
            int links,

            @Limit(
                    standard = 4,
                    min = 1,
                    max = 32,
                    unit = "requests",
                    reason = "requests sent ahead of their answers wait in memory")
            int pipelined,

            @Limit(
                    standard = 10_000,
                    min = 100,
                    max = 60_000,
                    unit = "ms",
                    reason = "who connects to ask, asks at once")
            int firstRequestMillis,

            @Limit(
                    standard = 90_000,
                    min = 100,
                    max = 600_000,
                    unit = "ms",
                    reason = "between two requests, as gtk-gnutella waits")
            int idleMillis,

            @Limit(
                    standard = 30_000,
                    min = 100,
                    max = 600_000,
                    unit = "ms",
                    reason = "over this time a reader must have taken stallBytes, or its slot is given to another")
            int stallMillis,

            @Limit(
                    standard = 30_720,
                    min = 1,
                    max = 1_048_576,
                    unit = "bytes",
                    reason = "1 KiB a second over stallMillis")
            int stallBytes) {}

    /** What we take from others, and what it may cost us. */
    @Immutable
    public record Download(
            @Limit(
                    standard = 64,
                    min = 1,
                    max = 1_000,
                    unit = "downloads",
                    reason = "times windowBytes this is the memory of the disk queue, 64 MiB")
            int active,

            @Limit(
                    standard = 100,
                    min = 1,
                    max = 10_000,
                    unit = "sources",
                    reason = "sources of one download; answers name 50 at most")
            int sources,

            @Limit(
                    standard = 100,
                    min = 1,
                    max = 10_000,
                    unit = "links",
                    reason = "to servents that give ranges of what swarms bring")
            int rangeLinks,

            @Limit(
                    standard = 1_048_576,
                    min = 16_384,
                    max = 67_108_864,
                    unit = "bytes",
                    reason = "of one download on their way to the disk; beyond it the link is not read")
            int windowBytes,

            @Limit(
                    standard = 68_719_476_736L,
                    min = 1_048_576,
                    max = 1_125_899_906_842_624L,
                    unit = "bytes",
                    reason = "the largest file whose size a stranger chooses")
            long maxFile,

            @Limit(
                    standard = 30_000,
                    min = 100,
                    max = 600_000,
                    unit = "ms",
                    reason = "from the request to the head of the answer")
            int answerMillis,

            @Limit(
                    standard = 30_000,
                    min = 100,
                    max = 600_000,
                    unit = "ms",
                    reason = "a source that gives less than stallBytes in this time is left for another")
            int stallMillis,

            @Limit(
                    standard = 30_720,
                    min = 1,
                    max = 1_048_576,
                    unit = "bytes",
                    reason = "1 KiB a second over stallMillis")
            int stallBytes,

            @Limit(
                    standard = 3,
                    min = 1,
                    max = 100,
                    unit = "failures",
                    reason = "a source that failed so often in a row is given up")
            int failures,

            @Limit(
                    standard = 10_000,
                    min = 10,
                    max = 600_000,
                    unit = "ms",
                    reason = "before a failed source is asked again; doubled each time")
            int retryMillis,

            @Limit(
                    standard = 3_600_000,
                    min = 1_000,
                    max = 86_400_000,
                    unit = "ms",
                    reason = "the longest that a source may put us off")
            int retryMillisMax,

            @Limit(
                    standard = 10_000,
                    min = 10,
                    max = 600_000,
                    unit = "ms",
                    reason = "between two looks whether a full disk has room again")
            int diskRetryMillis,

            @Limit(
                    standard = 67_108_864,
                    min = 0,
                    max = 1_099_511_627_776L,
                    unit = "bytes",
                    reason = "room that downloads leave on a file system for everybody else")
            long diskReserve,

            @Limit(
                    standard = 67_108_864,
                    min = 65_536,
                    max = 1_073_741_824,
                    unit = "bytes",
                    reason = "written between two looks at the room on the file system")
            int diskCheckBytes,

            @Limit(
                    standard = 1_000,
                    min = 0,
                    max = 5_000,
                    unit = "ms",
                    reason = "how much of a download a power failure may cost")
            int syncMillis,

            @Limit(
                    standard = 64,
                    min = 1,
                    max = 1_000_000,
                    unit = "pieces",
                    reason = "so many pieces of a torrent are brought to the disk before syncMillis are over")
            int syncPieces,

            @Limit(
                    standard = 64,
                    min = 1,
                    max = 10_000,
                    unit = "files",
                    reason = "files of torrents that are open at a time; a torrent may have 100,000")
            int openFiles) {}

    /** Sources that cannot be dialled, and those whom we cannot be dialled by (R10, C12). */
    @Immutable
    public record Push(
            @Limit(
                    standard = 1_000,
                    min = 1,
                    max = 1_000_000,
                    unit = "sources",
                    reason = "of which is remembered how they are asked to call us")
            int paths,

            @Limit(
                    standard = 3,
                    min = 0,
                    max = 8,
                    unit = "proxies",
                    reason = "of one source that are asked; a leaf has three supernodes")
            int proxies,

            @Limit(
                    standard = 30_000,
                    min = 100,
                    max = 600_000,
                    unit = "ms",
                    reason = "for a source to call after a wish was passed on; then it is asked once more")
            int callMillis,

            @Limit(
                    standard = 5,
                    min = 1,
                    max = 10_000,
                    unit = "pushes",
                    reason = "of one requester that are answered in answersMillis, as in gtk-gnutella")
            int answers,

            @Limit(
                    standard = 30_000,
                    min = 100,
                    max = 3_600_000,
                    unit = "ms",
                    reason = "the stretch of time for answers")
            int answersMillis,

            @Limit(
                    standard = 4,
                    min = 1,
                    max = 10_000,
                    unit = "dials",
                    reason = "to one address in dialWindowMillis, so that nobody aims us at it")
            int dialsPerAddress,

            @Limit(
                    standard = 2,
                    min = 1,
                    max = 10_000,
                    unit = "ports",
                    reason = "of one address that are dialled in dialWindowMillis")
            int portsPerAddress,

            @Limit(
                    standard = 600_000,
                    min = 1_000,
                    max = 86_400_000,
                    unit = "ms",
                    reason = "the stretch of time for dialsPerAddress")
            int dialWindowMillis,

            @Limit(
                    standard = 1_000,
                    min = 1,
                    max = 1_000_000,
                    unit = "addresses",
                    reason = "whose dials are counted; while they are full, no other is dialled for a push")
            int addresses) {}

    /** Who else has contents, as others say (spec/gnutella-download.md section 5). */
    @Immutable
    public record Alternates(
            @Limit(
                    standard = 50,
                    min = 1,
                    max = 100_000,
                    unit = "contents",
                    reason = "of which is remembered who else has them")
            int contents,

            @Limit(
                    standard = 100,
                    min = 1,
                    max = 10_000,
                    unit = "hosts",
                    reason = "of one content, told or seen; an answer names ten")
            int hosts,

            @Limit(
                    standard = 10_000,
                    min = 10,
                    max = 3_600_000,
                    unit = "ms",
                    reason = "between two looks whether a host has what somebody says it has")
            int probeMillis) {}
}
