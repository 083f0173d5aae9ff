package praline.node.overlay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import praline.node.engine.CloseReason;
import praline.node.engine.Profile;
import praline.protocol.Endpoint;
import praline.protocol.Guid;

/**
 * Adds up what each neighbour does wrong, and shows out who goes too far: a Bye with the reason, and a ban that grows
 * with each relapse (spec/hardening.md C14). Points fade, one a minute, so that honest faults never add up. What a
 * relay cannot know to be bad has no points. In an experiment nobody is blamed: its neighbours do what the scenario
 * says.
 */
final class Discipline {

    private static final int POINTS_MAX = 100;
    private static final long FADE_MILLIS = 60_000;
    private static final long BAN_MILLIS = 300_000;
    private static final long BAN_MILLIS_MAX = 86_400_000;
    private static final int BANS_MAX = 10_000;
    /** By how much chance prolongs a ban, in percent, so that those who were banned together do not return together. */
    private static final int CHANCE_PERCENT = 51;

    /** Duplicates are blamed from so many on, if so many in a thousand messages are, and others link us. */
    private static final int DUPLICATES_MIN = 5;

    private static final int DUPLICATES_PER_MILLE = 15;
    private static final int LINKS_MIN = 2;

    /** A ban that runs, or ran; it is kept to know a relapse. */
    private record Ban(long until, long millis) {}

    private final Context context;
    /** By whom: the longest untouched first. */
    private final Map<Guid, Ban> bans = new LinkedHashMap<>(0);

    Discipline(Context context) {
        this.context = context;
    }

    /** {@code from} did this; it may be gone afterwards. */
    void blame(LinkState from, Misdeed misdeed) {
        if (context.config.profile() == Profile.EXPERIMENT || !from.isJoined()) {
            return;
        }
        Conduct conduct = from.conduct();
        if (misdeed == Misdeed.DUPLICATE && !isTooOften(conduct)) {
            return;
        }
        long now = context.host.now();
        long faded = (now - conduct.blamedAt) / FADE_MILLIS;
        conduct.points = (int) Math.max(0, conduct.points - faded) + misdeed.points;
        conduct.blamedAt = now;
        if (conduct.points >= POINTS_MAX) {
            context.limitHits.hit("banned");
            ban(keyOf(from.link.remote(), from.peer().servent()), now);
            context.bye(from, misdeed.byeCode, misdeed.reason, CloseReason.BYE);
        }
    }

    /** Whether a servent at {@code remote} that calls itself {@code servent} is kept out at the moment. */
    boolean isBanned(Endpoint remote, Guid servent) {
        Ban ban = bans.get(keyOf(remote, servent));
        return ban != null && context.host.now() < ban.until;
    }

    private boolean isTooOften(Conduct conduct) {
        conduct.duplicates++;
        return conduct.duplicates >= DUPLICATES_MIN
                && 1_000L * conduct.duplicates >= (long) DUPLICATES_PER_MILLE * conduct.messages
                && context.links.countIf(LinkState::isJoined) >= LINKS_MIN;
    }

    private void ban(Guid key, long now) {
        Ban before = bans.remove(key);
        long usual = before == null ? BAN_MILLIS : Math.min(2 * before.millis, BAN_MILLIS_MAX);
        if (bans.size() >= BANS_MAX) {
            bans.remove(bans.keySet().iterator().next());
        }
        RandomGenerator random = context.host.random();
        bans.put(key, new Ban(now + usual + usual * random.nextInt(CHANCE_PERCENT) / 100, usual));
    }

    /** An address; on one machine all share a few, so there it is the GUID. */
    private Guid keyOf(Endpoint remote, Guid servent) {
        return context.config.profile() == Profile.LAB ? servent : new Guid(remote.high(), remote.low());
    }
}
