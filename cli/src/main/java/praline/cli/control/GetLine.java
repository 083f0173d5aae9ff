package praline.cli.control;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * One line of the answer to a request to fetch a file. The last one is {@code DONE} or {@code FAILED}.
 *
 * @param state how it stands
 * @param stored bytes that are on the disk
 * @param size bytes of the whole file, -1 while nobody has told
 * @param sources nodes that have the file, as far as we know
 * @param name the file's name, a stranger's text; null until a source told it
 * @param path where the file stands in the node's folder; null until it is done
 * @param text why it stands still or failed; null otherwise
 * @param exitCode what a command that ends here ends with, 0 until it failed
 */
public record GetLine(
        State state,
        long stored,
        long size,
        int sources,
        @Nullable String name,
        @Nullable String path,
        @Nullable String text,
        int exitCode) {

    /** Whether nothing more comes. */
    @JsonIgnore
    public boolean isLast() {
        return state == State.DONE || state == State.FAILED;
    }

    /** How a download stands. */
    public enum State {
        SEARCHING,
        FETCHING,
        WAITING,
        DONE,
        FAILED
    }
}
