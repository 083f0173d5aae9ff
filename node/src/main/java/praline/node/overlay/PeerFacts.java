package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.gnutella.Headers;

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

    static final String LISTEN_IP = "Listen-IP";

    /** Where servents say where they listen: we and LimeWire, gtk-gnutella, older ones. */
    private static final ImmutableList<String> CONTACTS =
            ImmutableList.of(LISTEN_IP, "Node", "X-My-Address", "My-Address");

    /** One for all links to nodes like us. */
    private static final Bytes OUR_AGENT = Bytes.ofUtf8(Greeter.AGENT);

    /**
     * Reads a block of the other end.
     *
     * @param dialled where we dialled it; null when it dialled us
     */
    static PeerFacts read(Headers headers, Endpoint remote, @Nullable Endpoint dialled) {
        Role role = headers.says(Greeter.MODE, Greeter.FLAT)
                ? Role.FLAT
                : headers.says(Greeter.ULTRAPEER, Greeter.TRUE) ? Role.SUPERNODE : Role.LEAF;
        int port = CONTACTS.stream()
                .flatMap(name -> headers.get(name).stream())
                .flatMap(contact -> Endpoint.parse(contact).stream())
                .mapToInt(Endpoint::port)
                .findFirst()
                .orElse(dialled == null ? 0 : dialled.port());
        return new PeerFacts(
                role,
                headers.get(Greeter.GUID).flatMap(PeerFacts::guid).orElse(Guid.ZERO),
                port == remote.port() ? remote : remote.withPort(port),
                headers.says("User-Agent", Greeter.AGENT)
                        ? OUR_AGENT
                        : Bytes.ofUtf8(headers.get("User-Agent").orElse("")),
                headers.get(Greeter.INDEX).isPresent(),
                headers.get(Greeter.VENDOR_MESSAGE).isPresent(),
                Abilities.read(headers));
    }

    static PeerFacts unknown(Endpoint remote) {
        return new PeerFacts(Role.FLAT, Guid.ZERO, remote.withPort(0), Bytes.EMPTY, false, false, Abilities.NONE);
    }

    /** A peer whose handshake the laboratory gives: only its role is known. */
    static PeerFacts given(Endpoint remote, Role role) {
        return new PeerFacts(role, Guid.ZERO, remote, Bytes.EMPTY, false, false, Abilities.NONE);
    }

    /** A supernode that has {@code degree} links to others, and may be probed. */
    static PeerFacts givenSupernode(Endpoint remote, int degree) {
        Abilities abilities = new Abilities(degree, Abilities.NONE.ttlMax(), false, false, true, true, false, true);
        return new PeerFacts(Role.SUPERNODE, Guid.ZERO, remote, Bytes.EMPTY, false, false, abilities);
    }

    /** The same servent, which has become a leaf. */
    PeerFacts asLeaf() {
        return new PeerFacts(Role.LEAF, servent, contact, agent, false, speaksVendor, abilities);
    }

    /** Whether both are one servent: they say one GUID, or they listen at one place. */
    boolean isSameServent(PeerFacts other) {
        boolean hasGuid = !servent.equals(Guid.ZERO);
        boolean listens = contact.port() != 0;
        return (hasGuid && servent.equals(other.servent)) || (listens && contact.equals(other.contact));
    }

    private static Optional<Guid> guid(String hex) {
        boolean isHex = hex.length() == 2 * Guid.SIZE && hex.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        return isHex ? Optional.of(Guid.ofHex(hex)) : Optional.empty();
    }
}
