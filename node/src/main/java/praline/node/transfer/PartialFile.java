package praline.node.transfer;

import praline.protocol.http.AvailableRanges;

/**
 * A file of which this node has some parts and gives them.
 *
 * @param file as it will be when it is whole
 * @param available the parts that are here and right
 */
public record PartialFile(SharedFile file, AvailableRanges available) {}
