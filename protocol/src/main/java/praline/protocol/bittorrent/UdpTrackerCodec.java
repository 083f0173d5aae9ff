package praline.protocol.bittorrent;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import praline.protocol.Bytes;
import praline.protocol.Decoded;
import praline.protocol.Decoded.Complete;
import praline.protocol.Decoded.Malformed;
import praline.protocol.Defect;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.AnnounceRequest.Event;
import praline.protocol.text.RemoteText;

/**
 * Between the datagrams of UDP trackers and their fields, from both ends (BEP 15; spec/bittorrent.md 8.5). All numbers
 * are big-endian.
 *
 * <pre>
 *   request:   connection id (8) | action (4) | transaction (4) | …
 *   reply:     action (4) | transaction (4) | …
 * </pre>
 *
 * <p>A datagram that is longer than its fields is read all the same: clients append options (BEP 41), and aria2 two
 * zeros.
 */
public final class UdpTrackerCodec {

    /** What stands in the place of the connection id when there is none yet. */
    public static final long PROTOCOL_ID = 0x0000_0417_2710_1980L;

    static final int REQUEST_HEAD_SIZE = 16;
    static final int REPLY_HEAD_SIZE = 8;
    static final int ANNOUNCE_SIZE = 98;
    static final int COUNTS_SIZE = 12;

    private static final int CONNECT = 0;
    private static final int ANNOUNCE = 1;
    private static final int SCRAPE = 2;
    private static final int ERROR = 3;

    private static final int PEER_ID_SIZE = 20;
    private static final int ANNOUNCED_SIZE = 20;
    private static final Event[] EVENTS = Event.values();

    private UdpTrackerCodec() {}

    /**
     * Reads a datagram that a client sent, and consumes it; {@link Malformed} for what is none. Whether the connection
     * id is one that we gave is for the receiver to check, before anything else.
     */
    public static Decoded<UdpTrackerRequest> decodeRequest(ByteBuffer datagram, WireLimits limits) {
        ByteBuffer in = datagram.duplicate();
        datagram.position(datagram.limit());
        if (in.remaining() < REQUEST_HEAD_SIZE) {
            return new Malformed<>(Defect.TRUNCATED, in.remaining());
        }
        long connectionId = in.getLong();
        int action = in.getInt();
        int transaction = in.getInt();
        if (action == CONNECT && connectionId == PROTOCOL_ID) {
            return new Complete<>(new UdpTrackerRequest.Connect(transaction));
        } else if (action == ANNOUNCE) {
            return announce(connectionId, transaction, in);
        } else if (action == SCRAPE) {
            return scrape(connectionId, transaction, in, limits);
        }
        return new Malformed<>(Defect.BAD_VALUE, Long.BYTES);
    }

    /**
     * Reads a datagram that a tracker sent, and consumes it; {@link Malformed} for what is none.
     *
     * @param isIpv6 whether it came over IPv6, which decides how long its peers are
     */
    public static Decoded<UdpTrackerReply> decodeReply(ByteBuffer datagram, boolean isIpv6, WireLimits limits) {
        ByteBuffer in = datagram.duplicate();
        datagram.position(datagram.limit());
        if (in.remaining() < REPLY_HEAD_SIZE) {
            return new Malformed<>(Defect.TRUNCATED, in.remaining());
        }
        int action = in.getInt();
        int transaction = in.getInt();
        if (action == CONNECT && in.remaining() >= Long.BYTES) {
            return new Complete<>(new UdpTrackerReply.Connected(transaction, in.getLong()));
        } else if (action == ANNOUNCE && in.remaining() >= ANNOUNCED_SIZE - REPLY_HEAD_SIZE) {
            return new Complete<>(new UdpTrackerReply.Announced(transaction, isIpv6, reply(in, isIpv6, limits)));
        } else if (action == SCRAPE) {
            return new Complete<>(new UdpTrackerReply.Scraped(transaction, counts(in, limits)));
        } else if (action == ERROR) {
            return new Complete<>(new UdpTrackerReply.Failed(transaction, Bytes.read(in, in.remaining())));
        }
        return new Malformed<>(action > ERROR || action < 0 ? Defect.BAD_VALUE : Defect.TRUNCATED, 0);
    }

    /** Writes {@code request} into {@code out}, which must have room for its {@code wireSize()} bytes. */
    public static void encode(UdpTrackerRequest request, ByteBuffer out) {
        ByteBuffer write = out.duplicate(); // big-endian, whatever the order of the caller's
        if (request instanceof UdpTrackerRequest.Connect connect) {
            write.putLong(PROTOCOL_ID).putInt(CONNECT).putInt(connect.transaction());
        } else if (request instanceof UdpTrackerRequest.Announce announce) {
            write.putLong(announce.connectionId()).putInt(ANNOUNCE).putInt(announce.transaction());
            writeAnnounce(announce.request(), write);
        } else if (request instanceof UdpTrackerRequest.Scrape scrape) {
            write.putLong(scrape.connectionId()).putInt(SCRAPE).putInt(scrape.transaction());
            scrape.infohashes().forEach(infohash -> infohash.writeTo(write));
        }
        out.position(write.position());
    }

    /** Writes {@code reply} into {@code out}, which must have room for its {@code wireSize()} bytes. */
    public static void encode(UdpTrackerReply reply, ByteBuffer out) {
        ByteBuffer write = out.duplicate(); // big-endian, whatever the order of the caller's
        if (reply instanceof UdpTrackerReply.Connected connected) {
            write.putInt(CONNECT).putInt(reply.transaction()).putLong(connected.connectionId());
        } else if (reply instanceof UdpTrackerReply.Announced announced) {
            write.putInt(ANNOUNCE).putInt(reply.transaction());
            write.putInt(announced.reply().intervalSeconds());
            write.putInt(Math.max(0, announced.reply().leechers()));
            write.putInt(Math.max(0, announced.reply().seeds()));
            announced.packedPeers().writeTo(write);
        } else if (reply instanceof UdpTrackerReply.Scraped scraped) {
            write.putInt(SCRAPE).putInt(reply.transaction());
            scraped.counts()
                    .forEach(count -> write.putInt(count.seeds())
                            .putInt(count.completed())
                            .putInt(count.leechers()));
        } else if (reply instanceof UdpTrackerReply.Failed failed) {
            failed.reason().writeTo(write.putInt(ERROR).putInt(reply.transaction()));
        }
        out.position(write.position());
    }

    private static Decoded<UdpTrackerRequest> announce(long connectionId, int transaction, ByteBuffer in) {
        if (in.remaining() < ANNOUNCE_SIZE - REQUEST_HEAD_SIZE) {
            return new Malformed<>(Defect.TRUNCATED, REQUEST_HEAD_SIZE + in.remaining());
        }
        Sha1 infohash = Sha1.read(in);
        Bytes peerId = Bytes.read(in, PEER_ID_SIZE);
        long downloaded = unsigned(in.getLong());
        long left = unsigned(in.getLong());
        long uploaded = unsigned(in.getLong());
        int event = in.getInt();
        in.getInt(); // the address that the client would like to have: where it is, its packets say (I8)
        int key = in.getInt();
        int wanted = in.getInt();
        int port = in.getShort() & 0xFFFF;
        if (port == 0) {
            return new Malformed<>(Defect.BAD_VALUE, ANNOUNCE_SIZE - Short.BYTES);
        }
        Event known = event >= 0 && event < EVENTS.length ? EVENTS[event] : Event.NONE;
        AnnounceRequest request =
                new AnnounceRequest(infohash, peerId, port, uploaded, downloaded, left, known, key, wanted);
        return new Complete<>(new UdpTrackerRequest.Announce(connectionId, transaction, request));
    }

    private static void writeAnnounce(AnnounceRequest request, ByteBuffer out) {
        request.infohash().writeTo(out);
        request.peerId().writeTo(out);
        out.putLong(request.downloaded()).putLong(request.left()).putLong(request.uploaded());
        out.putInt(request.event().ordinal());
        out.putInt(0); // the address that the packet comes from
        out.putInt(request.key()).putInt(request.wanted()).putShort((short) request.port());
    }

    private static Decoded<UdpTrackerRequest> scrape(
            long connectionId, int transaction, ByteBuffer in, WireLimits limits) {
        int count = Math.min(in.remaining() / Sha1.SIZE, limits.tracker().scrape());
        if (count == 0) {
            return new Malformed<>(Defect.TRUNCATED, REQUEST_HEAD_SIZE);
        }
        ImmutableList.Builder<Sha1> infohashes = ImmutableList.builder();
        for (int i = 0; i < count; i++) {
            infohashes.add(Sha1.read(in));
        }
        return new Complete<>(new UdpTrackerRequest.Scrape(connectionId, transaction, infohashes.build()));
    }

    private static AnnounceReply reply(ByteBuffer in, boolean isIpv6, WireLimits limits) {
        int interval = Math.max(0, in.getInt());
        int leechers = Math.max(-1, in.getInt());
        int seeds = Math.max(-1, in.getInt());
        int entrySize = isIpv6 ? CompactPeers.IPV6_SIZE : CompactPeers.IPV4_SIZE;
        ImmutableList<Endpoint> peers = CompactPeers.read(Bytes.read(in, in.remaining()), entrySize).stream()
                .filter(peer -> peer.port() > 0)
                .limit(limits.tracker().peers())
                .collect(ImmutableList.toImmutableList());
        return new AnnounceReply(interval, 0, seeds, leechers, peers, RemoteText.EMPTY);
    }

    private static ImmutableList<ScrapeCounts> counts(ByteBuffer in, WireLimits limits) {
        int count = Math.min(in.remaining() / COUNTS_SIZE, limits.tracker().scrape());
        ImmutableList.Builder<ScrapeCounts> counts = ImmutableList.builder();
        for (int i = 0; i < count; i++) {
            counts.add(new ScrapeCounts(Math.max(0, in.getInt()), Math.max(0, in.getInt()), Math.max(0, in.getInt())));
        }
        return counts.build();
    }

    /** Beyond 2^63 there is no such number of bytes: as many as can be written. */
    private static long unsigned(long value) {
        return value < 0 ? Long.MAX_VALUE : value;
    }
}
