package praline.node.engine;

/** How slow work ended. */
public sealed interface JobResult {

    /**
     * The download stands ready; its first {@code present} bytes are on the disk already. {@code size} is what an
     * earlier run knew, or else what was asked for: with {@link Job#SIZE_UNKNOWN} nothing was made yet.
     */
    record Opened(long present, long size) implements JobResult {}

    /** {@code size} bytes are written. */
    record Stored(int size) implements JobResult {}

    /** The bytes are right, and the file stands at {@code path}. */
    record Finished(String path) implements JobResult {}

    /** The download is not open any more. */
    record Closed() implements JobResult {}

    /** The shared file is what it was. */
    record Unchanged() implements JobResult {}

    /** It did not work; {@code detail} says to the user what and where. */
    record Failed(Problem problem, String detail) implements JobResult {}

    /** What kind of failure it was. */
    enum Problem {
        DISK_FULL,
        WRONG_HASH,
        IO_ERROR,
        /** A shared file is gone, or is not what was hashed. */
        CHANGED
    }
}
