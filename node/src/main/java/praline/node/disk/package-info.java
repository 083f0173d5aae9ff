/**
 * Files, as engines ask for them: downloads and torrents that grow in the state folder until they are right and get
 * their final names, and finished and shared files that are read for others. Everything here blocks; a host runs it by
 * its workers.
 *
 * <p>Use: open a {@link praline.node.disk.Disk}, give it each {@link praline.node.engine.Job} of the engines, and read
 * shared files and blocks of torrents through it. {@link praline.node.disk.TorrentMaker} and
 * {@link praline.node.disk.Verification} are for users who make torrents and compare data with them.
 *
 * <p>Invariant: what a record says is on the disk was forced there before the record was written; no file that existed
 * is ever overwritten; and a stranger's name is never used as a path before it was made safe.
 */
@NullMarked
package praline.node.disk;

import org.jspecify.annotations.NullMarked;
