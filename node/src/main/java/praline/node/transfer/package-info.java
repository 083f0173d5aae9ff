/**
 * The transfer engine: gives shared files to others and fetches theirs by HTTP/1.1, as Gnutella does
 * (spec/gnutella-download.md), without I/O.
 *
 * <p>Use: build a {@link praline.node.transfer.TransferEngine} with what is shared, run it by a host, enter by
 * {@code fetch} and {@code addSources}, and hear of progress by the listener.
 *
 * <p>Invariant: no byte of a file passes through the engine. What arrives is a block that goes on to the disk, what is
 * sent is named by coordinates; and a download is done only when the SHA-1 of the whole file is right.
 */
@NullMarked
package praline.node.transfer;

import org.jspecify.annotations.NullMarked;
