package praline.lab.failover;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import praline.lab.sim.VirtualNode;
import praline.node.overlay.OverlayEngine;
import praline.node.overlay.OverlayListener;
import praline.node.overlay.OverlayStatus;
import praline.node.overlay.Role;
import praline.node.overlay.Search;
import praline.protocol.Endpoint;
import praline.protocol.gnutella.QueryHit;

/** One node of a {@link TierWorld}, and what became of its links and searches. */
final class Member implements OverlayListener {

    final int number;
    final VirtualNode node;
    /** When it lost a supernode and when it had a new one, in ms; in pairs while it keeps up what it wants. */
    final List<Long> gaps = new ArrayList<>();

    final Set<Long> answered = new LinkedHashSet<>();
    int roleChanges;
    private int arrivals;
    private OverlayEngine engine;
    private long lostAt = -1;

    Member(int number, VirtualNode node) {
        this.number = number;
        this.node = node;
    }

    void drive(OverlayEngine newEngine) {
        engine = newEngine;
    }

    OverlayEngine engine() {
        return engine;
    }

    boolean isAlive() {
        return node.isRunning() && !isAway;
    }

    /** Whether it is frozen, as those around it see it: gone. */
    boolean isAway;

    void freeze() {
        isAway = true;
        node.freeze();
    }

    void thaw() {
        isAway = false;
        node.thaw();
    }

    OverlayStatus status() {
        return engine.status();
    }

    Role role() {
        return status().role();
    }

    long links(Role role) {
        return status().links().stream().filter(link -> link.role() == role).count();
    }

    boolean isLinkedWith(Endpoint other) {
        return status().links().stream().anyMatch(link -> link.contact().equals(other));
    }

    long search(String words) {
        long[] ticket = {0};
        node.run(() -> ticket[0] = engine.search(new Search(words, null, 4, Search.Spread.FLOOD)));
        return ticket[0];
    }

    /** How many links joined since this was asked last. */
    int takeArrivals() {
        int taken = arrivals;
        arrivals = 0;
        return taken;
    }

    @Override
    public void onHit(long search, QueryHit hit) {
        answered.add(search);
    }

    @Override
    public void onRole(Role role) {
        roleChanges++;
    }

    @Override
    public void onJoined(Endpoint remote, Role role) {
        arrivals++;
        if (lostAt >= 0 && role == Role.SUPERNODE) {
            gaps.add(clock() - lostAt);
            lostAt = -1;
        }
    }

    @Override
    public void onLeft(Endpoint remote, Role role) {
        if (role == Role.SUPERNODE && lostAt < 0) {
            lostAt = clock();
        }
    }

    private long clock() {
        return node.now();
    }

    @Override
    public String toString() {
        return "member " + number;
    }
}
