package praline.lab.failover;

import java.util.List;
import praline.node.overlay.KnownHost;
import praline.node.overlay.Role;
import praline.node.overlay.RolePolicy;

/**
 * Members die without a word after exponential sessions, and for each that dies another one comes, that knows what the
 * dead one knew.
 */
final class Churn {

    private final TierWorld world;
    private final long meanSessionMillis;
    private final boolean keepsRoles;
    private int deaths;
    private boolean isOver;

    /** All may choose their role. */
    Churn(TierWorld world, long meanSessionMillis) {
        this(world, meanSessionMillis, false);
    }

    /** @param keepsRoles whether a newcomer is what the dead one was, and stays it */
    Churn(TierWorld world, long meanSessionMillis, boolean keepsRoles) {
        this.world = world;
        this.meanSessionMillis = meanSessionMillis;
        this.keepsRoles = keepsRoles;
        world.members.forEach(this::mayDie);
    }

    /** Lets time pass; afterwards nobody dies any more. */
    void run(long millis) {
        world.sim.runUntil(world.sim.now() + millis);
        end();
    }

    /** From here on nobody dies. */
    void end() {
        isOver = true;
    }

    int deaths() {
        return deaths;
    }

    private void mayDie(Member member) {
        double session = -meanSessionMillis * StrictMath.log(1 - world.random.unit());
        world.sim.at(world.sim.now() + (long) session, () -> die(member));
    }

    private void die(Member member) {
        if (isOver || !member.isAlive()) {
            return;
        }
        deaths++;
        Role role = member.role();
        List<KnownHost> known = member.engine().knownHosts();
        member.node.kill();
        Member newcomer = keepsRoles ? world.add(role, RolePolicy.FIXED, 1) : world.add(Role.LEAF, RolePolicy.AUTO, 1);
        world.restart(newcomer, known);
        mayDie(newcomer);
    }
}
