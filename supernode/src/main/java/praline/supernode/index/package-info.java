/**
 * The leader's index: the files that its leaves have published, by keyword and by hash.
 *
 * <p>Use: give a {@link praline.supernode.index.KeywordIndex} to the overlay engine of a supernode. Most of it is
 * packed into runs of bytes, because a million files in 128 MiB leave no room for objects:
 * {@link praline.supernode.index.RecordPage} holds records, {@link praline.supernode.index.WordEntry} a word and its
 * documents.
 *
 * <p>Invariant: an answer names only records that their leaf has published and not taken back, of leaves that are open;
 * and what is held for a leaf is what its batches say, applied in order, each whole or not at all.
 */
@NullMarked
package praline.supernode.index;

import org.jspecify.annotations.NullMarked;
