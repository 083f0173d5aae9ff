package praline.node.engine;

/** A participant in a protocol: plain state, one thread, no I/O. Each method is one event and runs to its end. */
public interface Engine {

    /** The first event, once, before any other. */
    void onStart();

    /** The answer to {@link Host#submit}. */
    void onJobDone(long ticket, JobResult result);

    /** The clock stands at or after {@link #nextWake}; harmless when early. Leaves no due deadline in place. */
    void onWake();

    /**
     * When to call {@link #onWake}, in the host's milliseconds; {@link Long#MAX_VALUE} for never. The host reads it of
     * all engines of a node after every entry.
     */
    long nextWake();
}
