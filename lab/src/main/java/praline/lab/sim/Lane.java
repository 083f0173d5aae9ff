package praline.lab.sim;

/** One direction of a link, as the {@link Pipe} at one of its ends sees it. */
final class Lane {

    final Pipe pipe;

    /** How far in the pipe's own measure of time this lane has been served, all that waits included. */
    long tag;
    /** What waits. */
    int waiting;
    /** Whether what waits is lost. */
    boolean isCut;

    Lane(Pipe pipe) {
        this.pipe = pipe;
    }
}
