package praline.node.transfer;

import praline.node.engine.Place;
import praline.protocol.Bytes;
import praline.protocol.Sha1;

/**
 * A file that this node gives to others.
 *
 * @param sha1 of its content
 * @param size bytes
 * @param name the base name, without a path, in UTF-8
 * @param place where the host finds the bytes
 */
public record SharedFile(Sha1 sha1, long size, Bytes name, Place place) {}
