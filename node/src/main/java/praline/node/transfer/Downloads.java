package praline.node.transfer;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import praline.node.engine.DialFailure;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.Link;
import praline.node.engine.Timers;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;

/** All downloads of one engine: hands each event to the one that it concerns. */
final class Downloads {

    private final Context context;
    private final Calls calls;
    private final Map<Sha1, Download> downloads = new TreeMap<>();
    private final Map<Long, SourceLink> dials = new LinkedHashMap<>(4);
    private final Map<Long, Errand> errands = new LinkedHashMap<>(4);

    /** A job under way; {@code blockSize} is 0 for all but blocks to be stored. */
    private record Errand(Download of, int blockSize) {}

    Downloads(Context context, Calls calls) {
        this.context = context;
        this.calls = calls;
    }

    /** Begins a download, or gives one that is under way more sources; returns why not, for the user. */
    Optional<String> fetch(Wanted wanted, List<Endpoint> sources) {
        Download known = downloads.get(wanted.sha1());
        if (known != null) {
            addSources(wanted.sha1(), sources);
            return Optional.empty();
        }
        TransferLimits.Download limits = context.config.limits().download();
        if (downloads.size() >= limits.active()) {
            context.limitHits.hit("limits.download.active");
            return Optional.of(downloads.size() + " downloads are under way already");
        }
        if (wanted.size() > limits.maxFile()) {
            context.limitHits.hit("limits.download.maxFile");
            return Optional.of("the file has " + wanted.size() + " bytes, and " + limits.maxFile() + " are allowed");
        }
        Download download = new Download(wanted, context, calls, this);
        downloads.put(wanted.sha1(), download);
        download.sources().add(sources);
        download.start();
        return Optional.empty();
    }

    void addSources(Sha1 sha1, List<Endpoint> sources) {
        Download download = downloads.get(sha1);
        if (download != null) {
            download.sources().add(sources);
            download.advance();
        }
    }

    void stop(Sha1 sha1) {
        Download download = downloads.get(sha1);
        if (download != null) {
            download.stop();
        }
    }

    void stopAll() {
        ImmutableList.copyOf(downloads.values()).forEach(Download::stop);
    }

    ImmutableList<DownloadStatus> status() {
        return downloads.values().stream().map(Download::status).collect(ImmutableList.toImmutableList());
    }

    void onLinkOpen(Link<TransferFrame> link, long ticket) {
        takeDial(ticket).onOpen(link);
    }

    void onDialFailed(long ticket, DialFailure why) {
        takeDial(ticket).onDialFailed(why);
    }

    /** False: the job was not ours. */
    boolean onJobDone(long ticket, JobResult result) {
        Errand errand = errands.remove(ticket);
        if (errand == null) {
            return false;
        }
        errand.of.onJobDone(result, errand.blockSize);
        return true;
    }

    /** Does what is due, and returns when to look again. */
    long watch(long now) {
        long next = Timers.NEVER;
        for (Download download : ImmutableList.copyOf(downloads.values())) {
            next = Math.min(next, download.watch(now));
        }
        return next;
    }

    void submit(Download download, Job job, int blockSize) {
        errands.put(context.submit(job), new Errand(download, blockSize));
    }

    void dial(SourceLink to) {
        dials.put(calls.open(to.source.endpoint), to);
    }

    void ended(Download download) {
        downloads.remove(download.sha1(), download);
    }

    private SourceLink takeDial(long ticket) {
        SourceLink to = dials.remove(ticket);
        if (to == null) {
            throw new IllegalStateException("nobody dialled with ticket " + ticket);
        }
        return to;
    }
}
