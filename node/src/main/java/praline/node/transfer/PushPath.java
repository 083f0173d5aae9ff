package praline.node.transfer;

import com.google.common.collect.ImmutableList;
import praline.protocol.Endpoint;
import praline.protocol.Guid;

/**
 * How a source that cannot be dialled is asked to dial us, as its hit says (spec/gnutella.md section 16).
 *
 * @param sharer its GUID
 * @param index its number of the file, 0..2^32-1
 * @param ttl for a push along the way that the hit came
 * @param proxies who pass pushes on to it
 */
public record PushPath(Guid sharer, long index, int ttl, ImmutableList<Endpoint> proxies) {}
