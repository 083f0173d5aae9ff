package praline.node.transfer;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import praline.node.engine.CloseReason;
import praline.node.engine.DialFailure;
import praline.node.engine.JobResult;
import praline.node.engine.Link;
import praline.node.engine.LinkEngine;
import praline.protocol.Bytes;
import praline.protocol.Defect;
import praline.protocol.Sha1;
import praline.protocol.Urn;
import praline.protocol.gnutella.Headers;
import praline.protocol.http.RequestHead;
import praline.protocol.http.ResponseHead;

/**
 * A source as bad as a test wants it. Its faults are fields; without any it is an honest servent that serves every
 * range in full.
 */
final class ScriptedSource implements LinkEngine<TransferFrame> {

    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");

    private final World world;
    private final Sha1 sha1;
    private final long size;
    private final SharedFile file;
    final WorldPlace place = new WorldPlace();

    /** The largest body of one answer. */
    long answerMax = Long.MAX_VALUE;

    /** After so many bytes on one link it breaks, as often as {@link #deaths} says. */
    long breaksAfter = Long.MAX_VALUE;

    int deaths = Integer.MAX_VALUE;

    /** After so many bytes of one answer nothing more comes. */
    long stallsAfter = Long.MAX_VALUE;

    /** How often it says that it is busy before it gives anything. */
    int busyAnswers;

    /** What a busy answer says of our place in the queue, and with it the link stays; empty: nothing. */
    String queued = "";

    /** Other headers of each answer. */
    ImmutableMap<String, String> extra = ImmutableMap.of();

    /** A status that it always answers with; 0: none. */
    int status;

    /** What it says that the file's size is; 0: the truth. */
    long claimedSize;

    /** By how much its ranges lie beside what was asked. */
    long rangeShift;

    /** Whether it gives the whole file whatever is asked. */
    boolean ignoresRanges;

    boolean answersNothing;

    /** Whether it announces each answer before it gives it. */
    boolean announces;

    boolean closesAfterAnswer;

    /** Bytes sent beyond what the head promises. */
    int excess;

    /** The name it gives to its content; null: none. */
    String urn = "";

    /** How many of its links have ended. */
    int closedLinks;

    /** How often it was dialled. */
    int links;

    /** Offsets that were asked for, in order, and when. */
    final List<Long> asked = new ArrayList<>();

    final List<Long> askedAt = new ArrayList<>();

    /** What was asked, in full. */
    final List<RequestHead> requests = new ArrayList<>();

    ScriptedSource(World world, Sha1 sha1, long size) {
        this.world = world;
        this.sha1 = sha1;
        this.size = size;
        this.file = new SharedFile(sha1, size, Bytes.ofUtf8("scripted"), place);
    }

    private static final class Giving {
        private long next;
        private long end;
        private long left;
        private long linkBytes;
        private int excess;
        private boolean closes;
    }

    @Override
    public void onMessage(Link<TransferFrame> link, TransferFrame frame) {
        if (!(frame instanceof TransferFrame.Request request)) {
            throw new IllegalStateException("a source is asked, not answered: " + frame);
        }
        Matcher range = RANGE.matcher(request.head().headers().get("Range").orElse("bytes=0-"));
        if (!range.matches()) {
            throw new IllegalStateException("no range of ours: " + request);
        }
        long offset = Long.parseLong(range.group(1));
        asked.add(offset);
        requests.add(request.head());
        askedAt.add(world.now());
        if (answersNothing) {
            return;
        }
        if (announces) {
            respond(link, 100, 0, ImmutableMap.of());
        }
        if (busyAnswers > 0) {
            busyAnswers--;
            beBusy(link);
        } else if (status != 0) {
            respond(link, status, 0, ImmutableMap.of());
        } else {
            give(link, offset, range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2)));
        }
    }

    private void beBusy(Link<TransferFrame> link) {
        if (queued.isEmpty()) {
            respond(link, 503, 0, ImmutableMap.of("Retry-After", "7"));
            link.close(CloseReason.FINISHED);
        } else {
            respond(link, 503, 0, ImmutableMap.of("Retry-After", "7", "X-Queued", queued));
        }
    }

    private void give(Link<TransferFrame> link, long offset, long last) {
        Giving giving = (Giving) link.attachment();
        long total = claimedSize == 0 ? size : claimedSize;
        if (offset >= total && offset > 0) {
            respond(link, 416, 0, ImmutableMap.of("Content-Range", "bytes */" + total));
            return;
        }
        boolean isAskedWhole = offset == 0 && last == Long.MAX_VALUE;
        boolean isWhole = ignoresRanges || (isAskedWhole && answerMax >= total && rangeShift == 0);
        long first = isWhole ? 0 : Math.max(0, offset + rangeShift);
        long wanted = Math.min(answerMax, last == Long.MAX_VALUE ? total : last + 1 - offset);
        long end = isWhole ? total : Math.min(total, first + Math.min(wanted, total));
        ImmutableMap.Builder<String, String> headers = ImmutableMap.builder();
        if (!isWhole) {
            headers.put("Content-Range", "bytes " + first + "-" + (end - 1) + "/" + total);
        }
        if (!urn.isEmpty()) {
            headers.put("X-Gnutella-Content-URN", urn);
        }
        respond(link, isWhole ? 200 : 206, end - first, headers.buildOrThrow());
        giving.next = first;
        giving.end = end;
        giving.left = Math.min(end - first, stallsAfter);
        giving.excess = excess;
        giving.closes = closesAfterAnswer;
        pump(link, giving);
    }

    private void pump(Link<TransferFrame> link, Giving giving) {
        while (giving.left > 0) {
            int part = (int) Math.min(giving.left, 10_000);
            if (!link.send(new TransferFrame.SharedPart(file, giving.next, part))) {
                return;
            }
            giving.next += part;
            giving.left -= part;
            giving.linkBytes += part;
            if (giving.linkBytes >= breaksAfter && deaths > 0) {
                deaths--;
                giving.left = 0;
                world.in(20, ((WorldLink) link)::reset);
                return;
            }
        }
        if (giving.excess > 0 && link.send(new TransferFrame.SharedPart(file, giving.next, giving.excess))) {
            giving.excess = 0;
        }
        if (giving.closes && giving.next == giving.end) {
            link.close(CloseReason.FINISHED);
        }
    }

    private void respond(Link<TransferFrame> link, int status, long length, ImmutableMap<String, String> more) {
        Headers.Builder headers = Headers.builder().add("Content-Length", Long.toString(length));
        more.forEach(headers::add);
        extra.forEach(headers::add);
        if (!link.send(new TransferFrame.Response(new ResponseHead(1, status, "Scripted", headers.build())))) {
            throw new IllegalStateException("a link takes no head");
        }
    }

    /** Names the right content, as the first answer on a link does. */
    void introducesItself() {
        urn = Urn.sha1(sha1).toString();
    }

    @Override
    public void onLinkOpen(Link<TransferFrame> link, long ticket) {
        links++;
        link.attach(new Giving());
    }

    @Override
    public void onWritable(Link<TransferFrame> link) {
        pump(link, (Giving) link.attachment());
    }

    @Override
    public void onLinkClosed(Link<TransferFrame> link, CloseReason why) {
        closedLinks++;
    }

    @Override
    public void onDefect(Link<TransferFrame> link, Defect defect) {}

    @Override
    public void onDialFailed(long ticket, DialFailure why) {}

    @Override
    public void onStart() {}

    @Override
    public void onJobDone(long ticket, JobResult result) {}

    @Override
    public void onWake() {}

    @Override
    public long nextWake() {
        return Long.MAX_VALUE;
    }
}
