package praline.node.overlay;

import praline.protocol.Endpoint;

/**
 * A host that one run of a node hands on to the next.
 *
 * @param isProven whether it was seen to live, and not to fail since
 */
public record KnownHost(Endpoint host, boolean isProven) {}
