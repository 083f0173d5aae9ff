package praline.node.transfer;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import praline.node.engine.CloseReason;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.Link;
import praline.node.engine.Timers;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.http.QueuePlace;
import praline.protocol.http.RequestHead;

/**
 * All links on which others ask us for files. Each request is answered in full before the next one is looked at; before
 * a file is promised, the disk is asked whether it still is what was hashed (spec/hardening.md D11).
 */
final class Uploads {

    private final Context context;
    private final TransferLimits.Upload limits;
    private final SharedContent shared;
    private final AlternateProbes probes;
    private final Answers answers;
    private final UploadSlots slots;
    private final Pace pace;
    private final Set<UploadLink> links = new LinkedHashSet<>(4);
    private final Map<Long, Check> checks = new LinkedHashMap<>(4);

    /** The disk is asked about a file; {@code by} waits for it, unless it is gone since. */
    private record Check(UploadLink by, SharedFile file) {}

    Uploads(Context context, Surroundings around, AlternateProbes probes) {
        this.context = context;
        this.probes = probes;
        this.limits = context.config.limits().upload();
        this.shared = around.shared();
        this.answers = new Answers(around, context.config, context.alternates);
        this.slots = new UploadSlots(context.config);
        this.pace = new Pace(context.config.upRate(), context.now());
    }

    void onLinkOpen(Link<TransferFrame> link) {
        if (links.size() >= limits.links() && !closeIdle()) {
            context.limitHits.hit("limits.upload.links");
            link.close(CloseReason.OVER_LIMIT);
            return;
        }
        UploadLink from = new UploadLink(link);
        link.attach(from);
        links.add(from);
        watch(from, limits.firstRequestMillis());
    }

    /** The link turned out to be none on which we are asked. */
    void letGo(UploadLink from) {
        forget(from);
        from.link.attach(null);
    }

    /** Closes the link that has been idle for longest after an answer; false: none is. */
    private boolean closeIdle() {
        Optional<UploadLink> idle =
                links.stream().filter(from -> from.isIdle).min(Comparator.comparingLong(from -> from.deadline));
        idle.ifPresent(from -> close(from, CloseReason.OVER_LIMIT));
        return idle.isPresent();
    }

    void onRequest(UploadLink from, RequestHead request) {
        if (from.answer != null && from.waiting.size() >= limits.pipelined()) {
            context.limitHits.hit("limits.upload.pipelined");
            close(from, CloseReason.OVER_LIMIT);
            return;
        }
        from.waiting.add(request);
        goOn(from);
    }

    /** Bytes that are no request: whatever follows them is not to be trusted (W10). */
    void onDefect(UploadLink from) {
        if (from.answer != null) {
            close(from, CloseReason.PROTOCOL_ERROR);
            return;
        }
        from.begin(Answers.badRequest());
        goOn(from);
    }

    void onWritable(UploadLink from) {
        goOn(from);
    }

    /** An answer that was cut short may mean that the host could not read the file: the disk is asked. */
    void onLinkClosed(UploadLink from) {
        Answer cut = from.answer;
        boolean wasGiving = cut != null && from.isHeadSent && from.next > cut.first();
        forget(from);
        if (cut != null && cut.file() != null && wasGiving) {
            check(from, cut.file());
        }
    }

    void limitRate(long upRate) {
        pace.setRate(upRate, context.now());
        context.giveAt(context.now());
    }

    /** The rate allows some more parts. */
    void giveOn() {
        long now = context.now();
        for (UploadLink next = pace.next(now); next != null; next = pace.next(now)) {
            goOn(next);
        }
        context.giveAt(pace.nextAt(now));
    }

    /** False: the job was not ours. */
    boolean onJobDone(long ticket, JobResult result) {
        Check check = checks.remove(ticket);
        if (check == null) {
            return false;
        }
        boolean isUnchanged = result instanceof JobResult.Unchanged;
        if (!isUnchanged) {
            shared.changed(check.file);
        }
        if (!check.by.isClosed) {
            onChecked(check.by, isUnchanged);
        }
        return true;
    }

    /** Does what is due, and returns when to look again. */
    long watch(long now) {
        long next = Timers.NEVER;
        for (UploadLink from : ImmutableList.copyOf(links)) {
            if (from.deadline <= now) {
                onDeadline(from);
            }
            next = Math.min(next, from.isClosed ? Timers.NEVER : from.deadline);
        }
        return next;
    }

    void closeAll() {
        ImmutableList.copyOf(links).forEach(from -> close(from, CloseReason.SHUTDOWN));
    }

    int active() {
        return slots.active();
    }

    int queued() {
        return slots.queued();
    }

    /** Answers as much as the link takes. */
    private void goOn(UploadLink from) {
        while (!from.isClosed) {
            Answer answer = from.answer;
            if (answer == null) {
                RequestHead request = from.waiting.poll();
                if (request == null) {
                    from.isIdle = true;
                    watch(from, limits.idleMillis());
                    return;
                }
                take(from, request);
            } else if (from.isChecking || !isSent(from, answer)) {
                return;
            } else {
                finish(from, answer);
            }
        }
    }

    private void take(UploadLink from, RequestHead request) {
        Answer answer = answers.to(request, from.link.remote(), !from.isIntroduced, context.now());
        if (answer.givesFile()) {
            answer = inTurn(from, request, answer);
        }
        from.isIdle = false;
        from.begin(answer);
        watch(from, limits.stallMillis());
        SharedFile file = answer.file();
        if (file != null) {
            hear(request, file.sha1(), from.link.remote());
            from.isChecking = true;
            from.deadline = Timers.NEVER;
            check(from, file);
        }
    }

    /** The answer itself if there is a slot for it; else when to ask again. */
    private Answer inTurn(UploadLink from, RequestHead request, Answer answer) {
        UploadSlots.Turn turn = slots.ask(from.link.remote(), context.now());
        QueuePlace place = Answers.waitsInQueues(request) ? turn.place() : null;
        from.holdsSlot = turn.isGranted();
        if (turn.isGranted()) {
            return place == null ? answer : answer.with("X-Queued", "ID=" + place.id());
        }
        context.limitHits.hit("limits.upload.active");
        return place == null ? Answers.busy(turn.seconds()) : Answers.queued(turn, place, !request.keepsAlive());
    }

    /** What the asker says of other hosts that have the file, or have not. */
    private void hear(RequestHead request, Sha1 content, Endpoint asker) {
        List<Endpoint> good = hosts(request, "X-Alt", asker);
        List<Endpoint> bad = hosts(request, "X-NAlt", asker);
        context.alternates.reported(content, bad, asker);
        if (!good.isEmpty()) {
            context.alternates.heard(content, good);
            probes.begin();
        }
    }

    private List<Endpoint> hosts(RequestHead request, String header, Endpoint teller) {
        TransferConfig config = context.config;
        return request.headers().endpoints(header, Alternates.TOLD_MAX).stream()
                .filter(host -> config.profile().addresses().isUsable(host, teller, config.self()))
                .toList();
    }

    private void check(UploadLink by, SharedFile file) {
        checks.put(context.submit(new Job.CheckShared(file.place())), new Check(by, file));
    }

    private void onChecked(UploadLink from, boolean isUnchanged) {
        from.isChecking = false;
        Answer answer = from.answer;
        if (answer == null) {
            throw new IllegalStateException("a file was checked, and nobody waits for it");
        }
        if (isUnchanged) {
            from.isIntroduced = true;
        } else {
            releaseSlot(from);
            from.begin(Answers.notFound(answer.isLast()));
        }
        watch(from, limits.stallMillis());
        goOn(from);
    }

    /** Sends on, and says whether all of {@code answer} has gone out. */
    private boolean isSent(UploadLink from, Answer answer) {
        if (!from.isHeadSent) {
            if (!context.send(from.link, new TransferFrame.Response(answer.head()))) {
                return false;
            }
            from.isHeadSent = true;
        }
        return answer.givesFile() ? isFileSent(from, answer) : isTextSent(from, answer);
    }

    private boolean isTextSent(UploadLink from, Answer answer) {
        return answer.text().isEmpty() || context.send(from.link, new TransferFrame.Said(answer.text()));
    }

    private boolean isFileSent(UploadLink from, Answer answer) {
        while (from.next < answer.end()) {
            if (!pace.isTurnOf(from, context.now())) {
                context.giveAt(pace.nextAt(context.now()));
                return false;
            }
            int size = (int) Math.min(TransferFrame.SharedPart.PART_MAX, answer.end() - from.next);
            if (!context.send(from.link, new TransferFrame.SharedPart(bodyOf(answer), from.next, size))) {
                pace.remove(from);
                return false;
            }
            pace.sent(from, size);
            from.next += size;
            from.moved += size;
        }
        return true;
    }

    private static SharedFile bodyOf(Answer answer) {
        SharedFile file = answer.file();
        if (file == null) {
            throw new IllegalStateException("an answer about no file has no body");
        }
        return file;
    }

    private void finish(UploadLink from, Answer answer) {
        releaseSlot(from);
        from.answer = null;
        if (answer.isLast()) {
            close(from, CloseReason.FINISHED);
        }
    }

    private void onDeadline(UploadLink from) {
        if (from.answer == null) {
            close(from, CloseReason.SILENT);
        } else if (from.moved < limits.stallBytes() && !pace.holdsUp(from)) {
            close(from, CloseReason.SLOW_READER);
        } else {
            from.moved = 0;
            watch(from, limits.stallMillis());
        }
    }

    private void watch(UploadLink from, int millis) {
        from.deadline = context.now() + millis;
        context.watchAt(from.deadline);
    }

    private void close(UploadLink from, CloseReason why) {
        forget(from);
        from.link.attach(null);
        from.link.close(why);
    }

    private void forget(UploadLink from) {
        from.isClosed = true;
        pace.remove(from);
        links.remove(from);
        releaseSlot(from);
    }

    private void releaseSlot(UploadLink from) {
        if (from.holdsSlot) {
            from.holdsSlot = false;
            slots.release(from.link.remote());
        }
    }
}
