package praline.cli.control;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import praline.node.NodeControl;
import praline.node.NodeStatus;
import praline.node.overlay.OverlayStatus.JoinedLink;

/**
 * How one node stands, as {@code GET /api/v1/status} says it.
 *
 * @param role what it is at present: {@code flat}, {@code leaf} or {@code supernode}
 * @param address where it listens
 * @param servent its GUID in hexadecimal
 * @param links neighbours, leaves included
 * @param filesShared its own
 * @param recordsHeld of its leaves
 * @param hostsKnown addresses that it could dial
 * @param scanning whether its share folders are being looked through
 * @param engineBugs how often it failed inside; anything but 0 is a bug of Praline
 * @param traffic what it sent and received, by cause
 * @param limitHits how often each limit acted
 */
public record NodeAnswer(
        String role,
        String address,
        String servent,
        List<LinkAnswer> links,
        int filesShared,
        int recordsHeld,
        int hostsKnown,
        boolean scanning,
        long engineBugs,
        Traffic traffic,
        Map<String, Long> limitHits) {

    /**
     * One link.
     *
     * @param address where the other end listens; port 0 when it did not say
     * @param role what the other end is
     * @param agent its program: a stranger's text
     * @param dialled whether we dialled it
     */
    public record LinkAnswer(String address, String role, String agent, boolean dialled) {
        static LinkAnswer of(JoinedLink link) {
            return new LinkAnswer(
                    link.contact().toString(),
                    inLowerCase(link.role()),
                    link.agent().utf8(),
                    link.dialled());
        }
    }

    static NodeAnswer of(NodeControl node, NodeStatus status) {
        return new NodeAnswer(
                inLowerCase(status.overlay().role()),
                node.endpoint().toString(),
                node.servent().toString(),
                status.overlay().links().stream().map(LinkAnswer::of).toList(),
                status.overlay().filesShared(),
                status.overlay().recordsHeld(),
                status.overlay().hostsKnown(),
                status.scanning(),
                status.host().engineBugs(),
                Traffic.of(status.traffic()).plus(Traffic.of(status.transfers())),
                status.limitHits());
    }

    static String inLowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
