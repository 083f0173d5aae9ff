/**
 * The HTTP of Gnutella's transfers on the data port: heads of requests and answers, byte ranges, and the line that
 * opens a pushed connection (spec/gnutella-download.md).
 *
 * <p>Use: {@link praline.protocol.http.HeadCodec} between heads and bytes, {@link praline.protocol.http.Route} for what
 * a request asks. Bodies are not looked at.
 *
 * <p>Invariant: a head that two readers could take apart differently is refused (spec/hardening.md W10).
 */
@NullMarked
package praline.protocol.http;

import org.jspecify.annotations.NullMarked;
