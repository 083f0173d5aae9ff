package praline.node.transfer;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import praline.node.engine.Block;
import praline.node.engine.CloseReason;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.Timers;
import praline.node.transfer.TransferListener.Obstacle;
import praline.protocol.Sha1;

/**
 * One file on its way here. One source gives at a time; when it dies, stalls or puts us off, another goes on from the
 * byte where it stopped. The bytes go to the disk in order, a bounded window of them at once.
 *
 * <p>Nothing that a source says is believed before the hash of the whole file is right. Wrong bytes are followed up by
 * {@link Blame}. The size, too, is only guessed by hits and by the first answer: a source that says otherwise is set
 * aside, and when nobody is left who agrees, the size that most of the others claim is tried from the beginning.
 */
final class Download {

    private enum Phase {
        /** The disk makes room, or finds what is there. */
        OPENING,
        /** Sources are asked, and bytes come. */
        FETCHING,
        /** The disk checks the whole file. */
        FINISHING,
        /** The disk forgets what came. */
        DISCARDING,
        /** The disk is in trouble and is asked again later. */
        PAUSED,
        ENDED
    }

    private final Wanted wanted;
    private final Context context;
    private final Downloads owner;
    private final TransferLimits.Download limits;
    private final Sources sources;
    private final Blame blame = new Blame();
    private Phase phase = Phase.OPENING;
    private long size;

    /** The next byte to receive; those between {@link #stored} and this are on their way to the disk. */
    private long next;

    private long stored;

    /** The link to the source that gives; null when there is none. */
    private @Nullable SourceLink current;

    private long resumeAt;
    private JobResult.@Nullable Failed diskTrouble;
    private boolean mustDiscard;
    private @Nullable Obstacle told;

    Download(Wanted wanted, Context context, Calls calls, Downloads owner) {
        this.wanted = wanted;
        this.context = context;
        this.owner = owner;
        this.limits = context.config.limits().download();
        this.sources = new Sources(context, calls);
        this.size = wanted.size();
    }

    Sha1 sha1() {
        return wanted.sha1();
    }

    Sources sources() {
        return sources;
    }

    /** The next byte to ask for. */
    long next() {
        return next;
    }

    /** Bytes of the whole file as it is taken to be, or {@link Job#SIZE_UNKNOWN}. */
    long size() {
        return size;
    }

    DownloadStatus status() {
        SourceLink from = current;
        return new DownloadStatus(
                wanted.sha1(),
                wanted.name(),
                stored,
                size,
                sources.hopefulCount(),
                from == null ? null : from.source.endpoint);
    }

    void start() {
        phase = Phase.OPENING;
        owner.submit(this, new Job.OpenDownload(wanted.sha1(), size), 0);
    }

    /** Lets go of everything; what has come stays on the disk. */
    void stop() {
        leaveSource();
        sources.leaveQueues();
        phase = Phase.ENDED;
        owner.submit(this, new Job.CloseDownload(wanted.sha1()), 0);
        owner.ended(this);
    }

    /** Does what can be done next: to be called when anything has changed. */
    void advance() {
        if (phase != Phase.FETCHING) {
            return;
        }
        if (diskTrouble != null) {
            if (inFlight() == 0) {
                pause(diskTrouble);
            }
        } else if (stored == size) {
            finish();
        } else if (current == null && next != size) {
            seek();
        }
    }

    /** Does what is due, and returns when to look again. */
    long watch(long now) {
        SourceLink from = current;
        if (phase == Phase.PAUSED && resumeAt <= now) {
            resume();
        } else if (phase == Phase.FETCHING && from == null) {
            advance();
        } else if (phase == Phase.FETCHING && from != null && from.deadline() <= now) {
            from.onDeadline();
        }
        return deadline();
    }

    private long deadline() {
        if (phase == Phase.PAUSED) {
            return resumeAt;
        }
        if (phase != Phase.FETCHING) {
            return Timers.NEVER;
        }
        SourceLink from = current;
        if (from != null) {
            return from.deadline();
        }
        return inFlight() == 0 && next != size ? nextTry() : Timers.NEVER;
    }

    // ---- which source is next

    private void seek() {
        Optional<Source> ready = ready();
        if (ready.isPresent()) {
            take(ready.get());
        } else if (sources.hasHope(size)) {
            context.watchAt(nextTry());
            tellThatAllAreOut();
        } else if (inFlight() == 0) {
            seekAnotherSize();
        }
    }

    private Optional<Source> ready() {
        Source only = onlyOne();
        return only == null
                ? sources.ready(size)
                : Optional.of(only).filter(source -> source.notBefore <= context.now());
    }

    private long nextTry() {
        Source only = onlyOne();
        return only == null ? sources.nextTry(size) : only.notBefore;
    }

    private @Nullable Source onlyOne() {
        return next > 0 ? blame.onlyOne() : null;
    }

    private void take(Source source) {
        if (next == 0) {
            blame.beginWith(source);
        } else if (!blame.allows(source)) {
            if (inFlight() == 0) {
                restart(size);
            }
            return;
        }
        SourceLink parked = source.parked;
        if (parked != null) {
            source.parked = null;
            current = parked;
            parked.comeBack();
        } else {
            current = new SourceLink(this, source, context);
            owner.dial(current);
        }
    }

    private void tellThatAllAreOut() {
        if (sources.hasBusy(size)) {
            tell(Obstacle.SOURCES_BUSY, "all sources are busy: " + sources.troubles());
        } else {
            tell(Obstacle.NO_SOURCE, "no source answers: " + sources.troubles());
        }
    }

    private void seekAnotherSize() {
        if (sources.hasHope(Job.SIZE_UNKNOWN)) {
            restart(sources.mostClaimedSize());
        } else {
            onNoSource();
        }
    }

    private void onNoSource() {
        String troubles = sources.troubles();
        String text = troubles.isEmpty() ? "no source is known" : "no source is left: " + troubles;
        if (wanted.waits()) {
            tell(Obstacle.NO_SOURCE, text);
        } else {
            stop();
            context.listener.onFailed(wanted.sha1(), text);
        }
    }

    // ---- what the link to the source tells

    /** The first answer says how large the file is; its body waits until the disk has made room. */
    void onSizeLearnt(long total) {
        size = total;
        start();
    }

    /** {@code source} gives the file from its beginning only. */
    void onCannotGoOn(Source source) {
        blame.cannotGoOn(source);
    }

    /** Sends the next bytes to the disk. */
    void store(Source source, Block block) {
        blame.gave(source);
        told = null;
        int blockSize = block.size();
        owner.submit(this, new Job.StoreBlock(wanted.sha1(), next, block), blockSize);
        next += blockSize;
    }

    /** Whether nothing more should come before the disk has caught up. */
    boolean isDiskBehind() {
        return inFlight() >= limits.windowBytes();
    }

    /** Whether another source than {@code giving} could go on at once. */
    boolean hasReadySourceBeside(Source giving) {
        return onlyOne() == null && sources.hasReadyBeside(giving, size);
    }

    /** The link to the source has ended. */
    void onSourceOver() {
        current = null;
        advance();
    }

    private void leaveSource() {
        SourceLink from = current;
        current = null;
        if (from != null) {
            from.leave(CloseReason.FINISHED);
        }
    }

    private long inFlight() {
        return next - stored;
    }

    // ---- the disk

    /** One of our jobs is done; {@code blockSize} is 0 for all but blocks that were to be stored. */
    void onJobDone(JobResult result, int blockSize) {
        if (phase == Phase.ENDED) {
            return;
        }
        if (blockSize > 0) {
            onBlockDone(result, blockSize);
        } else if (result instanceof JobResult.Opened opened) {
            onOpened(opened);
        } else if (result instanceof JobResult.Closed) {
            mustDiscard = false;
            start();
        } else if (result instanceof JobResult.Finished finished) {
            phase = Phase.ENDED;
            sources.leaveQueues();
            owner.ended(this);
            context.listener.onDone(wanted.sha1(), finished.path());
        } else if (result instanceof JobResult.Failed failed) {
            onDiskFailed(failed);
        }
    }

    private void onOpened(JobResult.Opened opened) {
        if (opened.present() > 0) {
            blame.foundBytes();
        }
        boolean isExpected = opened.present() == next && opened.size() == size;
        size = opened.size();
        next = opened.present();
        stored = opened.present();
        phase = Phase.FETCHING;
        if (size != Job.SIZE_UNKNOWN) {
            context.listener.onProgress(wanted.sha1(), stored, size);
        }
        SourceLink waiting = current;
        if (waiting != null && isExpected) {
            waiting.read(true);
        } else {
            leaveSource();
        }
        advance();
    }

    private void onBlockDone(JobResult result, int blockSize) {
        if (result instanceof JobResult.Failed failed) {
            next -= blockSize;
            diskTrouble = failed;
            leaveSource();
        } else {
            stored += blockSize;
            context.listener.onProgress(wanted.sha1(), stored, size);
        }
        SourceLink from = current;
        if (from != null && inFlight() <= limits.windowBytes() / 2) {
            from.read(true);
        }
        advance();
    }

    private void finish() {
        leaveSource();
        phase = Phase.FINISHING;
        owner.submit(this, new Job.FinishDownload(wanted.sha1(), wanted.name()), 0);
    }

    private void onDiskFailed(JobResult.Failed failed) {
        if (phase == Phase.FINISHING && failed.problem() == JobResult.Problem.WRONG_HASH) {
            blame.convict(sources);
            size = Job.SIZE_UNKNOWN;
            start();
            tell(Obstacle.WRONG_BYTES, failed.detail() + "; begins again");
        } else {
            pause(failed);
        }
    }

    private void pause(JobResult.Failed failed) {
        leaveSource();
        phase = Phase.PAUSED;
        diskTrouble = null;
        resumeAt = context.now() + limits.diskRetryMillis();
        context.watchAt(resumeAt);
        boolean isFull = failed.problem() == JobResult.Problem.DISK_FULL;
        tell(isFull ? Obstacle.DISK_FULL : Obstacle.DISK_ERROR, failed.detail());
    }

    private void resume() {
        if (mustDiscard) {
            discard();
        } else {
            start();
        }
    }

    /** Begins anew, as a file of {@code newSize}, because what is stored cannot be gone on with. */
    private void restart(long newSize) {
        blame.clear();
        size = newSize;
        discard();
    }

    private void discard() {
        mustDiscard = true;
        phase = Phase.DISCARDING;
        owner.submit(this, new Job.DiscardDownload(wanted.sha1()), 0);
    }

    private void tell(Obstacle obstacle, String text) {
        if (obstacle != told) {
            told = obstacle;
            context.listener.onWaiting(wanted.sha1(), obstacle, text);
        }
    }
}
