package praline.cli.control;

import org.jspecify.annotations.Nullable;

/**
 * One file that a search found, as {@code --json} prints it.
 *
 * @param name a stranger's text
 * @param size bytes
 * @param sha1 32 characters of base 32; null when the sharer did not say
 * @param host where the file is
 * @param port as it is reached there
 * @param servent the sharer's GUID in hexadecimal
 * @param hops from there to here, 0 for the node that was asked itself
 * @param ms from the question to this answer
 */
public record HitLine(
        String name, long size, @Nullable String sha1, String host, int port, String servent, int hops, long ms) {}
