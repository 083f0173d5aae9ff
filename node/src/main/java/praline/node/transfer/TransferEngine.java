package praline.node.transfer;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import praline.node.engine.CloseReason;
import praline.node.engine.Counters;
import praline.node.engine.DialFailure;
import praline.node.engine.Host;
import praline.node.engine.JobResult;
import praline.node.engine.LimitHits;
import praline.node.engine.Link;
import praline.node.engine.LinkEngine;
import praline.protocol.Defect;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.http.Giv;

/**
 * Gives shared files to others and fetches theirs. This class only hands events to the parts: {@link Uploads} for links
 * that others have opened, {@link Downloads} and {@link RangeLinks} for those on which we ask, and {@link Calls} and
 * {@link PushAnswers} for links that one end cannot dial. See {@link LinkEngine} for the events.
 */
public final class TransferEngine implements LinkEngine<TransferFrame> {

    private final Context context;
    private final Calls calls;
    private final Uploads uploads;
    private final PushAnswers pushAnswers;
    private final AlternateProbes probes;
    private final Downloads downloads;
    private final RangeLinks ranges;

    /** An engine without links, of a node that is no tracker; {@code shared} is what it gives to others. */
    public TransferEngine(TransferConfig config, Host<?> host, SharedContent shared, TransferListener listener) {
        this(config, host, Surroundings.of(shared), listener);
    }

    /** An engine without links. */
    public TransferEngine(TransferConfig config, Host<?> host, Surroundings around, TransferListener listener) {
        this.context = new Context(config, host, listener);
        AimedDials aimed = new AimedDials(config);
        this.calls = new Calls(context, around.pushes(), aimed, new Opened());
        this.probes = new AlternateProbes(context, aimed);
        this.uploads = new Uploads(context, around, probes);
        this.pushAnswers = new PushAnswers(context, uploads, aimed);
        this.downloads = new Downloads(context, calls);
        this.ranges = new RangeLinks(context, calls, around.taker());
    }

    /**
     * Begins to fetch a file, or goes on with what an earlier run left of it; what becomes of it is told by the
     * listener. A file that is being fetched already gets {@code sources} as {@link #addSources} gives them.
     *
     * @param sources who should have it, in the order of trust; more may be added while it runs
     * @return empty when the download is under way; else why not, for the user
     */
    @CheckReturnValue
    public Optional<String> fetch(Wanted wanted, List<Endpoint> sources) {
        return downloads.fetch(wanted, sources);
    }

    /**
     * More sources for a download that is under way. Known ones are not doubled; one that was given up is tried again.
     */
    public void addSources(Sha1 sha1, List<Endpoint> sources) {
        downloads.addSources(sha1, sources);
    }

    /** Ends a download without a word to the listener. What has come is kept for another {@link #fetch}. */
    public void stop(Sha1 sha1) {
        downloads.stop(sha1);
    }

    /**
     * Asks {@code source} for a part of the file whose SHA-1 is {@code content}. The {@link RangeTaker} is told what
     * comes, and the end of it exactly once, unless it is cancelled. It checks the bytes: here only their place is.
     *
     * @return the ticket by which the taker knows it
     */
    public long askRange(Endpoint source, Sha1 content, long offset, int length) {
        return ranges.ask(source, content, offset, length);
    }

    /** What was asked for is not wanted any more; the taker hears nothing more of it. */
    public void cancelRange(long ticket) {
        ranges.cancel(ticket);
    }

    /**
     * {@code source} cannot be dialled: whenever a link to it is wanted from here on, it is asked to dial us as well.
     */
    public void learnPath(Endpoint source, PushPath path) {
        calls.learn(source, path);
    }

    /**
     * Answers a push: dials {@code requester}, says {@code giv} there, and gives what is asked for on that link. Not
     * when that address was dialled often enough of late.
     */
    public void answerPush(Giv giv, Endpoint requester) {
        pushAnswers.answer(giv, requester);
    }

    /** Ends all downloads as {@link #stop} does, and closes all links. */
    public void leave() {
        downloads.stopAll();
        ranges.closeAll();
        calls.closeAll();
        uploads.closeAll();
    }

    /** Bytes a second that all uploads together take from here on. */
    public void limitRate(long upRate) {
        uploads.limitRate(upRate);
    }

    /** The downloads under way, in the order of their hashes. */
    public ImmutableList<DownloadStatus> downloads() {
        return downloads.status();
    }

    /** How many files are being given to others now. */
    public int uploadsActive() {
        return uploads.active();
    }

    /** How many askers were told to come back for a slot. */
    public int uploadsQueued() {
        return uploads.queued();
    }

    /** What was sent and received so far; the same object all the time. */
    public Counters counters() {
        return context.counters;
    }

    /** Which bounds acted so far; the same object all the time. */
    public LimitHits limitHits() {
        return context.limitHits;
    }

    @Override
    public void onStart() {
        // Nothing is under way before somebody asks.
    }

    @Override
    public void onLinkOpen(Link<TransferFrame> link, long ticket) {
        if (ticket == 0) {
            uploads.onLinkOpen(link);
        } else if (!pushAnswers.onLinkOpen(link, ticket) && !probes.onLinkOpen(link, ticket)) {
            calls.onLinkOpen(link, ticket);
        }
    }

    @Override
    public void onDialFailed(long ticket, DialFailure why) {
        if (!pushAnswers.onDialFailed(ticket) && !probes.onDialFailed(ticket)) {
            calls.onDialFailed(ticket, why);
        }
    }

    @Override
    public void onMessage(Link<TransferFrame> link, TransferFrame frame) {
        context.counters.count(Counters.Direction.IN, Counters.Cause.TRANSFER, frame.wireSize());
        Object state = link.attachment();
        if (frame instanceof TransferFrame.Request request && state instanceof UploadLink from) {
            uploads.onRequest(from, request.head());
        } else if (frame instanceof TransferFrame.Response response && state instanceof AskingLink from) {
            from.onResponse(response.head());
        } else if (frame instanceof TransferFrame.Calling calling && state instanceof UploadLink from) {
            onCalled(link, from, calling.giv());
        } else if (frame instanceof TransferFrame.ReceivedPart part) {
            onPart(state, part);
        } else if (state != null) {
            link.close(CloseReason.PROTOCOL_ERROR);
        }
    }

    /** It is not the other end that asks on this link, but we. */
    private void onCalled(Link<TransferFrame> link, UploadLink from, Giv giv) {
        uploads.letGo(from);
        if (!calls.onCalled(link, giv)) {
            link.close(CloseReason.REFUSED);
        }
    }

    private static void onPart(@Nullable Object state, TransferFrame.ReceivedPart part) {
        if (state instanceof AskingLink from) {
            from.onBlock(part.block());
        } else {
            part.block().release();
        }
    }

    @Override
    public void onDefect(Link<TransferFrame> link, Defect defect) {
        Object state = link.attachment();
        if (state instanceof UploadLink from) {
            uploads.onDefect(from);
        } else if (state instanceof AskingLink from) {
            from.onDefect();
        }
    }

    @Override
    public void onWritable(Link<TransferFrame> link) {
        if (link.attachment() instanceof UploadLink from) {
            uploads.onWritable(from);
        }
    }

    @Override
    public void onLinkClosed(Link<TransferFrame> link, CloseReason why) {
        Object state = link.attachment();
        if (state instanceof UploadLink from) {
            uploads.onLinkClosed(from);
        } else if (state instanceof AskingLink from) {
            from.onClosed();
        }
    }

    @Override
    public void onJobDone(long ticket, JobResult result) {
        if (!downloads.onJobDone(ticket, result) && !uploads.onJobDone(ticket, result)) {
            throw new IllegalStateException("nobody asked for job " + ticket + ", which is done: " + result);
        }
    }

    @Override
    public void onWake() {
        if (context.takeWatch()) {
            long now = context.now();
            context.watchAt(calls.watch(now));
            context.watchAt(probes.watch(now));
            context.watchAt(ranges.watch(now));
            context.watchAt(uploads.watch(now));
            context.watchAt(downloads.watch(now));
        }
        if (context.takeGive()) {
            uploads.giveOn();
        }
    }

    @Override
    public long nextWake() {
        return context.nextWake();
    }

    /** Links to sources, whoever has dialled. */
    private final class Opened implements Calls.Taker {

        @Override
        public void onOpened(Link<TransferFrame> link, long ticket) {
            if (!ranges.onLinkOpen(link, ticket)) {
                downloads.onLinkOpen(link, ticket);
            }
        }

        @Override
        public void onFailed(long ticket, DialFailure why) {
            if (!ranges.onDialFailed(ticket, why)) {
                downloads.onDialFailed(ticket, why);
            }
        }
    }
}
