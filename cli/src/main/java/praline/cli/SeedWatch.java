package praline.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import praline.node.NodeListener;
import praline.node.engine.DialFailure;
import praline.node.overlay.Role;
import praline.protocol.Endpoint;
import praline.protocol.UserError;

/** Waits for a network to take us, or for the last of its seeds to fail. */
final class SeedWatch implements NodeListener {

    /** For a seed that neither takes nor refuses us. */
    private static final long JOIN_SECONDS = 15;
    /** Who refuses us names others, which are tried; if that brings nothing by then, we give up. */
    private static final long OTHERS_SECONDS = 3;

    private final List<Endpoint> seeds;
    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();

    SeedWatch(List<Endpoint> seeds) {
        this.seeds = seeds;
    }

    /** {@code failure} is null when {@code remote} took us. */
    private record News(Endpoint remote, @Nullable String failure, boolean isFlat, boolean mayKnowOthers) {}

    @Override
    public void onJoined(Endpoint remote, Role role) {
        news.add(new News(remote, null, false, false));
    }

    @Override
    public void onUnreachable(Endpoint remote, DialFailure why) {
        news.add(new News(remote, inWords(why), false, false));
    }

    @Override
    public void onRefused(Endpoint remote, int status, String reason, boolean flat) {
        news.add(new News(remote, "it refused: " + status + " " + reason, flat, true));
    }

    /**
     * Blocks until somebody took us.
     *
     * @throws FlatNetwork if a flat network refused a leaf
     * @throws UserError if nobody took us; it names what each seed said
     */
    void awaitJoin() throws InterruptedException {
        Map<Endpoint, String> failures = new LinkedHashMap<>();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(JOIN_SECONDS);
        while (true) {
            News latest = news.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (latest == null) {
                seeds.forEach(seed -> failures.putIfAbsent(seed, "it does not answer"));
                throw unreachable(failures);
            }
            if (latest.failure() == null) {
                return;
            }
            if (latest.isFlat()) {
                throw new FlatNetwork();
            }
            failures.put(latest.remote(), latest.failure());
            if (failures.keySet().containsAll(seeds)) {
                if (!latest.mayKnowOthers()) {
                    throw unreachable(failures);
                }
                deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(OTHERS_SECONDS);
            }
        }
    }

    static String inWords(DialFailure why) {
        return switch (why) {
            case REFUSED -> "nobody listens there";
            case TIMED_OUT -> "it does not answer";
            case UNREACHABLE -> "there is no way to it";
            case FORBIDDEN -> "the profile does not allow this address";
            case OVER_LIMIT -> "too many dials are under way";
        };
    }

    private static UserError unreachable(Map<Endpoint, String> failures) {
        StringBuilder where = new StringBuilder();
        failures.forEach((endpoint, failure) -> where.append(where.length() == 0 ? "" : ", ")
                .append(endpoint)
                .append(" (")
                .append(failure)
                .append(')'));
        return new UserError(UserError.Kind.NETWORK, "no node took us", where.toString());
    }
}
