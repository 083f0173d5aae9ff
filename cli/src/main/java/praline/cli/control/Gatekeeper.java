package praline.cli.control;

import com.google.common.collect.ImmutableSet;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every request before anything else does: whom it names, from where it comes, whether it may, whether it is
 * of a form that no web page can send unasked (spec/hardening.md A2 to A5). A refusal never repeats what was asked.
 */
final class Gatekeeper implements Handler<RoutingContext> {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;
    private static final int MISDIRECTED = 421;
    private static final int TOO_MANY = 429;

    private static final int FAILURES_MAX = 5;
    private static final long FAILURES_KEPT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final ImmutableSet<String> LOCAL_NAMES = ImmutableSet.of("localhost", "[::1]", "::1");

    private final ControlToken token;
    private int failures;
    private long failuresSince = System.nanoTime();

    Gatekeeper(ControlToken token) {
        this.token = token;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!isOurs(request.authority())) {
            Replies.refuse(
                    context, MISDIRECTED, "this is the control API of a node on this machine, under its own name");
        } else if (isFromElsewhere(request)) {
            Replies.refuse(context, FORBIDDEN, "requests of other pages are not answered");
        } else if (!hasToken(request)) {
            refuseStranger(context);
        } else if (changesState(request) && !isJson(request.getHeader("Content-Type"))) {
            Replies.refuse(context, UNSUPPORTED_MEDIA_TYPE, "the content type is application/json");
        } else {
            context.next();
        }
    }

    /** An address of this machine's own, or its local name: another name may be one that was rebound to us (A3). */
    private static boolean isOurs(@Nullable HostAndPort named) {
        if (named == null) {
            return false;
        }
        String host = named.host();
        return LOCAL_NAMES.contains(host) || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    private static boolean isFromElsewhere(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        String site = request.getHeader("Sec-Fetch-Site");
        boolean isOtherOrigin = origin != null && !origin.equals("http://" + request.getHeader("Host"));
        return isOtherOrigin || "cross-site".equals(site);
    }

    private boolean hasToken(HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        return authorization != null && token.isIn(authorization);
    }

    private static boolean changesState(HttpServerRequest request) {
        return !request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD);
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null && contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }

    /** All callers share one address, loopback, so they are counted together; who has the token is never locked out. */
    private void refuseStranger(RoutingContext context) {
        long now = System.nanoTime();
        if (now - failuresSince >= FAILURES_KEPT_NANOS) {
            failures = 0;
            failuresSince = now;
        }
        if (++failures > FAILURES_MAX) {
            Replies.refuse(context, TOO_MANY, "too many wrong tokens; wait a minute");
        } else {
            Replies.refuse(context, UNAUTHORIZED, "the token of the state folder is needed");
        }
    }
}
