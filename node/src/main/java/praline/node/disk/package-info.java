/**
 * Files, as engines ask for them: downloads that grow in the state folder until their hash is right and they get their
 * final name, and shared files that are read for others. Everything here blocks; a host runs it by its workers.
 *
 * <p>Use: open a {@link praline.node.disk.Disk}, give it each {@link praline.node.engine.Job} of a transfer engine, and
 * read shared files through it.
 *
 * <p>Invariant: what a record says is on the disk was forced there before the record was written; no file that existed
 * is ever overwritten; and a stranger's name is never used as a path.
 */
@NullMarked
package praline.node.disk;

import org.jspecify.annotations.NullMarked;
