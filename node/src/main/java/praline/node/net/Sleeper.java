package praline.node.net;

/** The place of an engine, as the host's one timer sees it. */
interface Sleeper {

    /** When its engine wants to be woken; {@link Long#MAX_VALUE}: never. */
    long nextWake();

    /** Wakes its engine if that is not before {@code now}. */
    void wakeIfDue(long now);
}
