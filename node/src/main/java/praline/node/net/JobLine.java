package praline.node.net;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The jobs about one download or torrent, in the order of asking: each alone, but for those that stand for themselves,
 * two of which run side by side when they follow each other.
 */
final class JobLine {

    /** As many as there are workers; the rest waits here, so that one busy torrent does not fill the workers' queue. */
    private static final int BESIDE_MAX = 2;

    private final Queue<Waiting> waiting = new ArrayDeque<>(4);
    private int running;
    private boolean runsApart;

    private record Waiting(Runnable start, boolean isApart) {}

    /** {@code start} runs at once or when its turn has come. */
    void add(Runnable start, boolean isApart) {
        waiting.add(new Waiting(start, isApart));
        startNext();
    }

    /** One of the running jobs is done. True: it was the last one, and nothing waits. */
    boolean endOne() {
        running--;
        startNext();
        return running == 0;
    }

    private void startNext() {
        for (Waiting next = waiting.peek(); next != null && mayStart(next); next = waiting.peek()) {
            waiting.remove();
            running++;
            runsApart = next.isApart();
            next.start().run();
        }
    }

    private boolean mayStart(Waiting next) {
        return running == 0 || (runsApart && next.isApart() && running < BESIDE_MAX);
    }
}
