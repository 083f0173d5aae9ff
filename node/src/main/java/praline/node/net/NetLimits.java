package praline.node.net;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import praline.node.engine.Profile;
import praline.protocol.Limit;
import praline.protocol.LimitSpec;
import praline.protocol.Limits;

/**
 * The bounds of the host: sockets, buffers, dials and jobs (spec/hardening.md sections 1, 2 and 6). What an engine can
 * see for itself is bounded there.
 */
@Immutable
public record NetLimits(Net net) {

    /** Every limit at its standard value. */
    public static final NetLimits STANDARD = Limits.standard(NetLimits.class);

    /** The table of these limits. */
    public static ImmutableList<LimitSpec> specs() {
        return Limits.specsOf(NetLimits.class);
    }

    /** All of them: a node has one host. */
    @Immutable
    public record Net(
            @Limit(
                    standard = 5_000,
                    min = 100,
                    max = 60_000,
                    unit = "ms",
                    reason = "from a connection's first moment until it has said which protocol it speaks")
            int firstByteMillis,

            @Limit(
                    standard = 10_000,
                    min = 200,
                    max = 120_000,
                    unit = "ms",
                    reason = "for a whole handshake or HTTP head: an idle timer never fires on one byte a second")
            int handshakeMillis,

            @Limit(
                    standard = 64,
                    min = 4,
                    max = 10_000,
                    unit = "connections",
                    reason = "inbound connections still in their handshake; libp2p has 32 to 64")
            int handshakes,

            @Limit(
                    standard = 100,
                    min = 1,
                    max = 100_000,
                    unit = "per second",
                    reason = "connections accepted; a supernode that starts again gets fewer from its leaves")
            int accepts,

            @Limit(
                    standard = 8,
                    min = 1,
                    max = 10_000,
                    unit = "connections",
                    reason = "open from one address at a time, as in libp2p; ignored in profile lab")
            int perAddress,

            @Limit(
                    standard = 10,
                    min = 1,
                    max = 10_000,
                    unit = "connections",
                    reason = "at once from one address before its rate counts; ignored in profile lab")
            int burstPerAddress,

            @Limit(
                    standard = 30,
                    min = 1,
                    max = 100_000,
                    unit = "per minute",
                    reason = "from one address in the long run; ignored in profile lab")
            int acceptsPerAddress,

            @Limit(
                    standard = 10_000,
                    min = 16,
                    max = 1_000_000,
                    unit = "addresses",
                    reason = "remembered for the rules per address, the longest quiet forgotten first")
            int addresses,

            @Limit(
                    standard = 10,
                    min = 1,
                    max = 10_000,
                    unit = "per second",
                    reason = "dials: we do not flood others; Transmission has 18")
            int dials,

            @Limit(
                    standard = 32,
                    min = 1,
                    max = 1_000,
                    unit = "dials",
                    reason = "dials without an answer yet; anacrolix/torrent has 100")
            int halfOpen,

            @Limit(
                    standard = 256,
                    min = 1,
                    max = 10_000,
                    unit = "dials",
                    reason = "dials that wait for their turn; more are refused to the engine")
            int dialsWaiting,

            @Limit(
                    standard = 6_000,
                    min = 100,
                    max = 60_000,
                    unit = "ms",
                    reason = "for a dial to be answered, as in LimeWire")
            int dialMillis,

            @Limit(
                    standard = 98_304,
                    min = 66_048,
                    max = 16_777_216,
                    unit = "bytes",
                    reason = "queued for one overlay link, as in gtk-gnutella; holds the largest frame")
            int overlaySendBudget,

            @Limit(
                    standard = 65_536,
                    min = 16_384,
                    max = 16_777_216,
                    unit = "bytes",
                    reason = "queued for one HTTP connection: heads, and blocks of a file on their way")
            int transferSendBudget,

            @Limit(
                    standard = 262_144,
                    min = 147_456,
                    max = 16_777_216,
                    unit = "bytes",
                    reason = "queued for one swarm link; holds the largest block that may be asked for")
            int swarmSendBudget,

            @Limit(
                    standard = 131_176,
                    min = 16_397,
                    max = 1_048_576,
                    unit = "bytes",
                    reason = "eight blocks with their heads: read from the disk in one go for one swarm link")
            int swarmReadAhead,

            @Limit(
                    standard = 65_536,
                    min = 4_096,
                    max = 1_048_576,
                    unit = "bytes",
                    reason = "by which handshake, Bye, publication and routing table may overdraw a budget")
            int overdraft,

            @Limit(
                    standard = 180_000,
                    min = 1_000,
                    max = 3_600_000,
                    unit = "ms",
                    reason = "without progress on what is queued for a link, as in gtk-gnutella")
            int stallMillis,

            @Limit(
                    standard = 5_000,
                    min = 100,
                    max = 60_000,
                    unit = "ms",
                    reason = "for what was accepted to go out before a link that is being closed is cut")
            int closeMillis,

            @Limit(
                    standard = 256,
                    min = 1,
                    max = 100_000,
                    unit = "messages",
                    reason = "handed to an engine from one link before the next link has its turn")
            int turnMessages,

            @Limit(
                    standard = 65_536,
                    min = 1_024,
                    max = 16_777_216,
                    unit = "bytes",
                    reason = "decoded from one link before the next link has its turn")
            int turnBytes,

            @Limit(
                    standard = 64,
                    min = 1,
                    max = 256,
                    unit = "descriptors",
                    reason = "left free for files: with no more than that, connections are closed at once")
            int filesReserve,

            @Limit(
                    standard = 200,
                    min = 10,
                    max = 60_000,
                    unit = "ms",
                    reason = "for what follows from one event; longer, and all links waited: counted and logged")
            int alarmMillis,

            @Limit(
                    standard = 67_108_864,
                    min = 262_144,
                    max = 1_073_741_824,
                    unit = "bytes",
                    reason = "queued for all links; the largest are not read from 80 % on, and cut off at 100 %")
            long nodeQueues,

            @Limit(
                    standard = 4_194_304,
                    min = 65_536,
                    max = 1_073_741_824,
                    unit = "bytes per second",
                    reason = "from one overlay link, inflated, and twice as much at once: deflate reaches 1,027 to 1")
            int inflow,

            @Limit(
                    standard = 1_024,
                    min = 4,
                    max = 100_000,
                    unit = "jobs",
                    reason = "waiting for the disk; libtorrent bounds the same queue")
            int jobs,

            @Limit(
                    standard = 67_108_864,
                    min = 262_144,
                    max = 1_073_741_824,
                    unit = "bytes",
                    reason = "held by jobs that wait for the disk; libtorrent has 100 MiB")
            long jobBytes,

            @Limit(
                    standard = 2_048,
                    min = 512,
                    max = 2_048,
                    unit = "bytes",
                    reason = "a datagram this long is dropped unread; nothing spoken here needs as much")
            int datagramSize,

            @Limit(
                    standard = 5,
                    min = 1,
                    max = 100_000,
                    unit = "per second",
                    reason = "datagrams from one address, as in libtorrent; twice as many at once")
            int datagrams,

            @Limit(
                    standard = 300_000,
                    min = 1_000,
                    max = 86_400_000,
                    unit = "ms",
                    reason = "nothing is heard from an address that sends ten times too many datagrams")
            int datagramBlockMillis,

            @Limit(
                    standard = 256,
                    min = 1,
                    max = 100_000,
                    unit = "announces",
                    reason = "trackers that are being asked; more fail, and the engine asks again later")
            int announces,

            @Limit(
                    standard = 5_000,
                    min = 100,
                    max = 60_000,
                    unit = "ms",
                    reason = "in which a tracker says nothing before its answer is given up")
            int trackerIdleMillis,

            @Limit(
                    standard = 30_000,
                    min = 200,
                    max = 300_000,
                    unit = "ms",
                    reason = "for a tracker's whole answer over HTTP, redirects included, as in libtorrent")
            int trackerMillis,

            @Limit(
                    standard = 5,
                    min = 1,
                    max = 20,
                    unit = "redirects",
                    reason = "by which one announce is sent elsewhere, as in libtorrent")
            int trackerRedirects,

            @Limit(
                    standard = 15_000,
                    min = 100,
                    max = 60_000,
                    unit = "ms",
                    reason = "until a datagram to a tracker is sent again, and twice as long each time (BEP 15)")
            int udpTrackerMillis,

            @Limit(
                    standard = 60_000,
                    min = 200,
                    max = 3_840_000,
                    unit = "ms",
                    reason = "for a tracker to answer over UDP; BEP 15 would go on for an hour")
            int udpTrackerGiveUpMillis) {

        /** How much wider than written rates are in {@code profile} (L5). */
        static int rateFactor(Profile profile) {
            return switch (profile) {
                case INTERNET, LAN -> 1;
                case LAB, EXPERIMENT -> 100;
            };
        }

        /** How much wider than written the rules per address are; 0 where they do not apply, because all share one. */
        static int addressFactor(Profile profile) {
            return switch (profile) {
                case INTERNET -> 1;
                case LAN -> 4;
                case LAB, EXPERIMENT -> 0;
            };
        }
    }
}
