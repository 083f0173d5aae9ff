package praline.node.transfer;

import praline.node.engine.Job;
import praline.protocol.Sha1;
import praline.protocol.text.RemoteText;

/**
 * A file that the user wants.
 *
 * @param sha1 of its content: what decides whether the right bytes came
 * @param size bytes as the hits say, or {@link Job#SIZE_UNKNOWN}; a first guess, because hits can lie
 * @param name as the hits say; made safe where it becomes a file name
 * @param waits whether the download goes on waiting when no source is left, until somebody adds one; else it fails
 */
public record Wanted(Sha1 sha1, long size, RemoteText name, boolean waits) {}
