package praline.lab.sim;

/** Something other than a message that waits in the queue. */
interface Occurrence {

    void happen();

    /** Equal for what must keep its order when the order of one instant is permuted: what goes one way on one link. */
    long tieKey();
}
