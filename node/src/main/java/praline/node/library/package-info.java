/**
 * What a node shares: finding files in the share folders, hashing them, remembering the hashes, and answering queries.
 *
 * <p>Use: a worker calls {@link praline.node.library.LibraryScanner#scan}, which blocks, and posts each
 * {@link praline.node.library.LibraryChange} to the event loop; there the {@link praline.node.library.Library}, which
 * never blocks, takes it over and answers the overlay engine. Whoever owns the worker asks
 * {@link praline.node.library.LibraryScanner#hasNews} now and then, and {@link praline.node.library.ScanTimes} when to
 * scan again.
 *
 * <p>Invariant: only regular files that lie under a share folder and are not hidden are ever opened, and nothing but
 * their base names, sizes and hashes leaves the node.
 */
@NullMarked
package praline.node.library;

import org.jspecify.annotations.NullMarked;
