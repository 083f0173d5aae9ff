package praline.node.disk;

/** Hears how much of some data was hashed. Called by one thread at a time, though not always by the same. */
@FunctionalInterface
public interface HashingProgress {

    /** {@code done} of {@code total} bytes. */
    void on(long done, long total);
}
