package praline.lab.failover;

/**
 * Members search for what others share, each at moments of its own, as often as people do (spec/experiments.md section
 * 3). What is searched for is there when the search begins.
 */
final class Searching {

    /** After which a search has failed. */
    static final long PATIENCE_MILLIS = 30_000;

    /** Of one who is online. */
    private static final double SEARCHES_PER_SECOND = 9.26e-3;

    private final TierWorld world;
    private final double meanPauseMillis;
    private int found;
    private int failed;
    private boolean isOver;

    /** @param online how many members live at any time */
    Searching(TierWorld world, int online) {
        this.world = world;
        this.meanPauseMillis = 1_000 / (SEARCHES_PER_SECOND * online);
        searchLater();
    }

    /** From here on no search begins. */
    void end() {
        isOver = true;
    }

    /** Searches whose end is known: those who died waiting do not count. */
    int count() {
        return found + failed;
    }

    double successPercent() {
        return 100.0 * found / count();
    }

    private void searchLater() {
        double pause = -meanPauseMillis * StrictMath.log(1 - world.random.unit());
        world.sim.at(world.sim.now() + Math.round(pause), this::search);
    }

    private void search() {
        if (isOver) {
            return;
        }
        Member asker = world.anyLiving();
        Member target = world.anyLiving();
        if (asker != target) {
            long ticket = asker.search(OneFile.wordOf(target.number));
            world.sim.at(world.sim.now() + PATIENCE_MILLIS, () -> judge(asker, ticket));
        }
        searchLater();
    }

    private void judge(Member asker, long ticket) {
        if (asker.answered.contains(ticket)) {
            found++;
        } else if (asker.isAlive()) {
            failed++;
        }
    }
}
