package praline.protocol.gnutella;

import praline.protocol.Guid;

/** The header of a descriptor as it was read, without the length. */
record Header(MessageType type, int code, Guid guid, int ttl, int hops) {}
