package praline.cli;

import java.util.concurrent.TimeUnit;
import praline.node.disk.HashingProgress;

/** Shows a person how much of some data was hashed, a few times a second. */
final class HashingLine implements HashingProgress {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Output output;
    private final String verb;
    private long shownAt = System.nanoTime();

    /** {@code verb} says what is being done: {@code "verifying"}. */
    HashingLine(String verb, Output output) {
        this.verb = verb;
        this.output = output;
    }

    @Override
    public void on(long done, long total) {
        long now = System.nanoTime();
        if (now - shownAt >= PAUSE_NANOS) {
            shownAt = now;
            output.progress(verb + " " + Bar.of(done, total) + " of " + Sizes.shown(total));
        }
    }
}
