/**
 * Strangers' text where it leaves the wire: shown to people, written as a file name, split into the words of a search.
 *
 * <p>Use: keep it as {@link praline.protocol.text.RemoteText}; show it with {@link praline.protocol.text.Printable},
 * write it with {@link praline.protocol.text.SafeName}, search it with {@link praline.protocol.text.Keywords}.
 *
 * <p>Invariant: every function here is total and idempotent, so that nobody needs to know whether it was applied
 * before.
 */
@NullMarked
package praline.protocol.text;

import org.jspecify.annotations.NullMarked;
