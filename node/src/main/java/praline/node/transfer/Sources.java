package praline.node.transfer;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import praline.node.engine.CloseReason;
import praline.node.engine.Job;
import praline.protocol.Endpoint;

/**
 * The sources of one download: which one is asked next, and when one that failed is asked again. A source fails a
 * bounded number of times in a row before it is given up; a search that finds it again gives it another chance.
 */
final class Sources {

    /** How many troubles are told to the user. */
    private static final int TROUBLES_SHOWN = 3;

    private static final double JITTER = 0.2;

    private final Context context;
    private final Calls calls;
    private final TransferLimits.Download limits;
    private final Map<Endpoint, Source> sources = new LinkedHashMap<>(4);

    Sources(Context context, Calls calls) {
        this.context = context;
        this.calls = calls;
        this.limits = context.config.limits().download();
    }

    /**
     * Takes in {@code endpoints}. Known ones are not doubled; given-up ones are tried again, unless they are banned.
     */
    void add(List<Endpoint> endpoints) {
        for (Endpoint endpoint : endpoints) {
            Source known = sources.get(endpoint);
            if (known != null) {
                revive(known);
            } else if (isUsable(endpoint)) {
                insert(endpoint);
            }
        }
    }

    /** The source to ask now, of those that agree to {@code size}; the one with the fewest failures in a row. */
    Optional<Source> ready(long size) {
        long now = context.now();
        return eligible(size)
                .filter(source -> source.notBefore <= now)
                .min(Comparator.comparingInt(source -> source.failures));
    }

    /** Whether another than {@code except} could be asked now. */
    boolean hasReadyBeside(Source except, long size) {
        long now = context.now();
        return eligible(size).anyMatch(source -> source != except && source.notBefore <= now);
    }

    /** Whether one of those that agree to {@code size} may still give something. */
    boolean hasHope(long size) {
        return hopeful(size).findAny().isPresent();
    }

    /** When the next of those that agree to {@code size} is to be asked; {@link Long#MAX_VALUE} when there is none. */
    long nextTry(long size) {
        return eligible(size).mapToLong(source -> source.notBefore).min().orElse(Long.MAX_VALUE);
    }

    /** Whether one of those that agree to {@code size} has told us to ask later. */
    boolean hasBusy(long size) {
        return hopeful(size).anyMatch(source -> source.isBusy);
    }

    /** The size that most of the sources claim which may still give something; unknown when none claims any. */
    long mostClaimedSize() {
        List<Long> claims = hopeful(Job.SIZE_UNKNOWN)
                .map(source -> source.claimedSize)
                .filter(size -> size != Job.SIZE_UNKNOWN)
                .toList();
        return claims.stream()
                .max(Comparator.comparingInt(size -> Collections.frequency(claims, size)))
                .orElse(Job.SIZE_UNKNOWN);
    }

    /** Ends the links on which we wait. */
    void leaveQueues() {
        for (Source source : sources.values()) {
            SourceLink parked = source.parked;
            source.parked = null;
            if (parked != null) {
                parked.leave(CloseReason.FINISHED);
            }
        }
    }

    int hopefulCount() {
        return (int) hopeful(Job.SIZE_UNKNOWN).count();
    }

    /** It did not answer, or broke off. */
    void fail(Source source, String trouble) {
        source.trouble = trouble;
        source.isBusy = false;
        source.failures++;
        if (source.failures >= limits.failures()) {
            source.isGone = true;
        }
        long pause = (long) context.config.retryMillis() << Math.min(source.failures - 1, 20);
        double jitter = 1 + JITTER * (2 * context.random().nextDouble() - 1);
        source.notBefore = context.now() + (long) (Math.min(pause, limits.retryMillisMax()) * jitter);
    }

    /** It told us to ask again after {@code millis}. */
    void putOff(Source source, long millis) {
        source.trouble = "is busy";
        source.isBusy = true;
        source.failures = 0;
        source.notBefore = context.now() + Math.min(millis, limits.retryMillisMax());
    }

    /** Nothing is to be had from it. */
    void drop(Source source, String trouble) {
        source.trouble = trouble;
        source.isBusy = false;
        source.isGone = true;
        source.notBefore = context.now() + context.config.retryMillis();
    }

    /** It gave a whole file of wrong bytes. */
    void ban(Source source) {
        drop(source, "gives wrong bytes");
        source.isBanned = true;
    }

    /** It gave bytes. That is no progress when it begins at the first one each time. */
    void gave(Source source) {
        source.isBusy = false;
        if (source.canGoOn) {
            source.failures = 0;
        }
    }

    /** What went wrong, for the user: the first few sources, each with its trouble. */
    String troubles() {
        List<String> lines = sources.values().stream()
                .filter(source -> source.trouble != null)
                .map(source -> source.endpoint + " " + source.trouble)
                .toList();
        String shown = String.join("; ", lines.subList(0, Math.min(lines.size(), TROUBLES_SHOWN)));
        return lines.size() > TROUBLES_SHOWN ? shown + "; and " + (lines.size() - TROUBLES_SHOWN) + " more" : shown;
    }

    private Stream<Source> hopeful(long size) {
        return sources.values().stream().filter(source -> !source.isGone && source.agreesTo(size));
    }

    /** Those that must stay alone come last: only when nobody else may give anything. */
    private Stream<Source> eligible(long size) {
        boolean someMix = hopeful(size).anyMatch(source -> !source.isAlone);
        return hopeful(size).filter(source -> !source.isAlone || !someMix);
    }

    private void revive(Source source) {
        if (source.isGone && !source.isBanned && source.notBefore <= context.now()) {
            source.isGone = false;
            source.failures = 0;
        }
    }

    /**
     * Who told a private address, and whether that was his to tell, is judged where hits arrive (C11). One that calls
     * us may be anywhere.
     */
    private boolean isUsable(Endpoint endpoint) {
        TransferConfig config = context.config;
        return calls.isCaller(endpoint) || config.profile().addresses().isUsable(endpoint, endpoint, config.self());
    }

    private void insert(Endpoint endpoint) {
        if (sources.size() >= limits.sources() && !forgetOneGone()) {
            context.limitHits.hit("limits.download.sources");
            return;
        }
        sources.put(endpoint, new Source(endpoint));
    }

    private boolean forgetOneGone() {
        Optional<Source> gone = sources.values().stream()
                .filter(source -> source.isGone && !source.isBanned)
                .findFirst();
        gone.ifPresent(source -> sources.remove(source.endpoint));
        return gone.isPresent();
    }
}
