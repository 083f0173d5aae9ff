package praline.node.net;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.Optional;
import java.util.function.Consumer;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.engine.JobResult.Announced;
import praline.node.engine.JobResult.Failed;
import praline.node.engine.JobResult.Problem;
import praline.node.engine.Profile;
import praline.protocol.AddressRules;
import praline.protocol.Endpoint;
import praline.protocol.bittorrent.TrackerReply;
import praline.protocol.bittorrent.TrackerUrl;

/**
 * Carries announces to trackers and their answers back, so many at a time. Policy, which tracker and when, is the
 * engine's. A tracker is a stranger whom a file names: where it is decides whether it is asked at all.
 */
final class Trackers {

    /** No node has this endpoint, so that none is refused for being our own: we may be the tracker. */
    private static final Endpoint NOBODY = Endpoint.ofIpv4(0, 0);

    /** Of all that a machine may serve to itself, no more than this is asked by a stranger's file (W15). */
    private static final String LOOPBACK_PATH = "/announce";

    private final TcpHost host;
    private final VertxInternal vertx;
    private final Profile profile;
    private final HttpAnnounces http;
    private final UdpAnnounces udp;
    private int underWay;

    Trackers(TcpHost host, Vertx vertx, HostConfig config, Datagrams datagrams) {
        this.host = host;
        this.vertx = (VertxInternal) vertx;
        this.profile = config.profile();
        this.http = new HttpAnnounces(host, this, vertx, config);
        this.udp = new UdpAnnounces(host, this, config, datagrams);
    }

    /** How far from everybody else an address is; in the order of their trust. */
    private enum Reach {
        PUBLIC,
        PRIVATE,
        LOOPBACK
    }

    /** {@code answer} is entered once, later. */
    void announce(Job.Announce job, Consumer<JobResult> answer) {
        Optional<TrackerUrl> url = TrackerUrl.parse(job.url());
        if (url.isEmpty()) {
            host.later(() -> answer.accept(failed("no tracker's address: " + job.url())));
            return;
        }
        if (underWay >= host.limits().announces()) {
            host.hits().hit("limits.net.announces");
            host.later(() -> answer.accept(failed("too many trackers are being asked already")));
            return;
        }
        underWay++;
        Consumer<JobResult> once = result -> {
            underWay--;
            answer.accept(result);
        };
        host.later(() -> {
            if (url.get().scheme() == TrackerUrl.Scheme.UDP) {
                udp.announce(url.get(), job.request(), once);
            } else {
                http.announce(url.get(), job.request(), once);
            }
        });
    }

    boolean isIdle() {
        return underWay == 0;
    }

    Future<?> close() {
        return http.close();
    }

    /** Where {@code url} leads; enters with a refusal, for the user, if it leads nowhere. */
    void locate(TrackerUrl url, Consumer<Endpoint> found, Consumer<String> refused) {
        vertx.nameResolver()
                .resolve(url.host())
                .onComplete(answer -> host.run(() -> {
                    if (answer.succeeded()) {
                        found.accept(Endpoint.of(answer.result().getAddress(), url.port()));
                    } else {
                        refused.accept("no address is known for " + url.host());
                    }
                }));
    }

    /** Whether a tracker at {@code there} may be asked. */
    boolean mayAsk(TrackerUrl url, Endpoint there) {
        Optional<Reach> reach = reach(there);
        boolean isLocal = reach.equals(Optional.of(Reach.LOOPBACK));
        if (profile == Profile.LAB && !isLocal) {
            return false;
        }
        boolean isHttp = url.scheme() != TrackerUrl.Scheme.UDP;
        return reach.isPresent() && (!isLocal || !isHttp || path(url).equals(LOOPBACK_PATH));
    }

    /** Whether a tracker at {@code from} may send us on to {@code to}: never to where it could not go itself (W15). */
    boolean mayRedirect(Endpoint from, Endpoint to) {
        Optional<Reach> before = reach(from);
        Optional<Reach> after = reach(to);
        return before.isPresent() && after.isPresent() && after.get().compareTo(before.get()) <= 0;
    }

    static JobResult result(TrackerReply reply) {
        if (reply instanceof TrackerReply.Accepted accepted) {
            return new Announced(accepted.reply());
        }
        return failed(((TrackerReply.Refused) reply).reason().toString());
    }

    static JobResult failed(String why) {
        return new Failed(Problem.TRACKER, why);
    }

    /** Empty: nobody can be reached there, or nobody whom a stranger's file may name. */
    private static Optional<Reach> reach(Endpoint endpoint) {
        if (AddressRules.isLoopback(endpoint)) {
            return Optional.of(Reach.LOOPBACK);
        }
        if (AddressRules.isPrivate(endpoint)) {
            return Optional.of(Reach.PRIVATE);
        }
        return AddressRules.LAN.isUsable(endpoint, null, NOBODY) ? Optional.of(Reach.PUBLIC) : Optional.empty();
    }

    private static String path(TrackerUrl url) {
        int query = url.target().indexOf('?');
        return query < 0 ? url.target() : url.target().substring(0, query);
    }
}
