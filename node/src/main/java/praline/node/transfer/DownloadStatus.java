package praline.node.transfer;

import org.jspecify.annotations.Nullable;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.text.RemoteText;

/**
 * How a download stands.
 *
 * @param name as the hits said
 * @param stored bytes that are in the file
 * @param size bytes of the whole file, or {@link praline.node.engine.Job#SIZE_UNKNOWN}
 * @param sources how many sources may still give something
 * @param from the source that gives now
 */
public record DownloadStatus(
        Sha1 sha1,
        RemoteText name,
        long stored,
        long size,
        int sources,
        @Nullable Endpoint from) {}
