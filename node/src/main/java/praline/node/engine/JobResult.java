package praline.node.engine;

/** How slow work ended. */
public sealed interface JobResult {

    /** The download stands ready; its first {@code present} bytes are on the disk already. */
    record Opened(long present) implements JobResult {}

    /** {@code size} bytes are on the disk. */
    record Stored(int size) implements JobResult {}

    /** The bytes are right, and the file stands at {@code path}. */
    record Finished(String path) implements JobResult {}

    /** It did not work; {@code detail} says to the user what and where. */
    record Failed(Problem problem, String detail) implements JobResult {}

    /** What kind of failure it was. */
    enum Problem {
        DISK_FULL,
        WRONG_HASH,
        IO_ERROR
    }
}
