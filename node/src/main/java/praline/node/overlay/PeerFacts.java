package praline.node.overlay;

import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;

/**
 * What a handshake says of the other end. Nothing in it is proven but the address.
 *
 * @param role what it claims to be
 * @param servent its GUID; {@link Guid#ZERO} when it sent none
 * @param contact its observed address with the port that it says it listens on; port 0 when it said none
 * @param agent its user agent, a stranger's text in UTF-8
 * @param takesIndex whether it takes index publications
 * @param speaksVendor whether it understands vendor messages
 * @param abilities what else it says that it can do
 */
record PeerFacts(
        Role role,
        Guid servent,
        Endpoint contact,
        Bytes agent,
        boolean takesIndex,
        boolean speaksVendor,
        Abilities abilities) {

    static PeerFacts unknown(Endpoint remote) {
        return new PeerFacts(Role.FLAT, Guid.ZERO, remote.withPort(0), Bytes.EMPTY, false, false, Abilities.NONE);
    }

    /** A peer whose handshake the laboratory gives: only its role is known. */
    static PeerFacts given(Endpoint remote, Role role) {
        return new PeerFacts(role, Guid.ZERO, remote, Bytes.EMPTY, false, false, Abilities.NONE);
    }
}
