package praline.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import praline.node.NodeConfig;
import praline.node.engine.Profile;
import praline.node.swarm.TorrentOrder;
import praline.protocol.AddressRules;
import praline.protocol.Endpoint;
import praline.protocol.bittorrent.TrackerUrl;

/**
 * Where a node listens that takes part in one torrent, and how careful it is: as the addresses say that it was given.
 * What stays on this machine is not open to others.
 */
record SwarmPlace(Endpoint listen, Profile profile) {

    private static final Endpoint LOOPBACK = Endpoint.ofIpv4(0x7F000001, 0);
    private static final Endpoint ANYWHERE = Endpoint.ofIpv4(0, 0);
    /** For a tracker whose name may mean any machine. */
    private static final Endpoint SOMEWHERE = Endpoint.ofIpv4(0x08080808, 0);

    /** {@code listen} and {@code profile} are what the user said; null: nothing. */
    static SwarmPlace of(@Nullable Endpoint listen, @Nullable Profile profile, TorrentOrder order) {
        List<Endpoint> others = new ArrayList<>(order.peers());
        order.trackers().forEach(tier -> tier.forEach(url -> others.add(tracker(url))));
        boolean isHere = others.stream().allMatch(AddressRules::isLoopback);
        Endpoint where = listen != null ? listen : isHere ? LOOPBACK : ANYWHERE;
        return new SwarmPlace(where, profile != null ? profile : profile(where, others));
    }

    /** Who listens everywhere cannot be of the laboratory, which is on loopback alone. */
    private static Profile profile(Endpoint where, List<Endpoint> others) {
        if (!where.sameAddress(ANYWHERE)) {
            return NodeConfig.profileOf(
                    ImmutableList.<Endpoint>builder().addAll(others).add(where).build());
        }
        Profile theirs = NodeConfig.profileOf(others);
        return others.isEmpty() ? Profile.INTERNET : theirs == Profile.LAB ? Profile.LAN : theirs;
    }

    private static Endpoint tracker(String url) {
        Optional<String> host = TrackerUrl.parse(url).map(TrackerUrl::host);
        if (host.isEmpty() || host.get().equalsIgnoreCase("localhost")) {
            return LOOPBACK;
        }
        return InetAddresses.isInetAddress(host.get())
                ? Endpoint.of(InetAddresses.forString(host.get()).getAddress(), 0)
                : SOMEWHERE;
    }
}
