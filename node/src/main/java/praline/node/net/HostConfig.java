package praline.node.net;

import praline.node.engine.Profile;
import praline.protocol.Endpoint;
import praline.protocol.WireLimits;

/**
 * What a host needs to know.
 *
 * @param listen where it accepts connections; port 0 takes any that is free
 * @param profile how careful it is with addresses and rates
 * @param limits its own bounds
 * @param wire the bounds of what it decodes
 * @param seed from which the engines' streams of chance are made: a secret in production, a given number in a test
 */
public record HostConfig(Endpoint listen, Profile profile, NetLimits limits, WireLimits wire, long seed) {}
