package praline.node;

/** A search under way, in the hands of who began it. From any thread. */
public interface RunningSearch {

    /** Ends it: the listener hears nothing more, but for what is under way to it already. */
    void end();
}
