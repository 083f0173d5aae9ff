package praline.node.net;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientConfig;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import praline.node.engine.JobResult;
import praline.protocol.Bytes;
import praline.protocol.Endpoint;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.AnnounceRequest;
import praline.protocol.bittorrent.HttpTracker;
import praline.protocol.bittorrent.TrackerUrl;

/**
 * Announces over HTTP and HTTPS (spec/bittorrent.md 8.1, 8.2). The answer has a bound in bytes, packed and unpacked,
 * one for each pause and one for the whole; a tracker may send us elsewhere a few times, but not further inside than it
 * is itself (spec/hardening.md W15).
 */
final class HttpAnnounces {

    private static final String AGENT = "Praline/0.1";
    private static final int OK = 200;
    private static final int REDIRECT_MIN = 300;
    private static final int REDIRECT_MAX = 399;

    private final TcpHost host;
    private final Trackers trackers;
    private final Vertx vertx;
    private final HostConfig config;
    private final WireLimits wire;
    /** Most nodes announce nothing over HTTP. */
    private @Nullable HttpClient client;

    HttpAnnounces(TcpHost host, Trackers trackers, Vertx vertx, HostConfig config) {
        this.host = host;
        this.trackers = trackers;
        this.vertx = vertx;
        this.config = config;
        this.wire = config.wire();
    }

    void announce(TrackerUrl url, AnnounceRequest request, Consumer<JobResult> answer) {
        String target = url.targetWith(HttpTracker.announceQuery(request));
        new Asking(answer).ask(new TrackerUrl(url.scheme(), url.host(), url.port(), target), null);
    }

    Future<?> close() {
        return client == null ? Future.succeededFuture() : client.close();
    }

    private HttpClient client() {
        if (client == null) {
            HttpClientOptions options = new HttpClientOptions().setKeepAlive(false);
            HttpClientConfig http = new HttpClientConfig(options);
            if (!Sockets.isAnyAddress(config.listen())) {
                // Trackers take where we come from for where we listen. The options' own setLocalAddress has no effect.
                http.getTcpConfig()
                        .setLocalAddress(SocketAddress.inetSocketAddress(
                                0, config.listen().host()));
            }
            client = vertx.createHttpClient(http, options.getSslOptions());
        }
        return client;
    }

    /** One announce on its way, over all its redirects. */
    private final class Asking {

        private final Consumer<JobResult> answer;
        private final Buffer body = Buffer.buffer();
        private final long timer;
        private int redirects;
        private boolean isOver;
        private @Nullable HttpClientRequest sent;

        Asking(Consumer<JobResult> answer) {
            this.answer = answer;
            this.timer = host.after(host.limits().trackerMillis(), () -> {
                host.hits().hit("limits.net.trackerMillis");
                fail("the tracker takes too long");
            });
        }

        /** {@code from}: the tracker that sends us to {@code url}; null: the torrent does. */
        void ask(TrackerUrl url, @Nullable Endpoint from) {
            trackers.locate(
                    url,
                    there -> {
                        boolean isAllowed =
                                trackers.mayAsk(url, there) && (from == null || trackers.mayRedirect(from, there));
                        if (isOver) {
                            return;
                        }
                        if (isAllowed) {
                            connect(url, there);
                        } else {
                            fail("a tracker at " + there + " is not asked");
                        }
                    },
                    this::fail);
        }

        private void connect(TrackerUrl url, Endpoint there) {
            RequestOptions options = new RequestOptions()
                    .setMethod(HttpMethod.GET)
                    .setServer(SocketAddress.inetSocketAddress(there.port(), there.host()))
                    .setHost(url.host())
                    .setPort(url.port())
                    .setSsl(url.scheme() == TrackerUrl.Scheme.HTTPS)
                    .setURI(url.target())
                    .setConnectTimeout(host.limits().dialMillis())
                    .setIdleTimeout(host.limits().trackerIdleMillis())
                    .putHeader(HttpHeaders.USER_AGENT, AGENT)
                    .putHeader(HttpHeaders.ACCEPT_ENCODING, "gzip");
            client().request(options)
                    .compose(request -> {
                        sent = request;
                        return request.send();
                    })
                    .onComplete(answered -> host.run(() -> {
                        if (isOver) {
                            reset();
                        } else if (answered.succeeded()) {
                            onHead(url, there, answered.result());
                        } else {
                            fail("the tracker cannot be reached: "
                                    + answered.cause().getMessage());
                        }
                    }));
        }

        private void onHead(TrackerUrl url, Endpoint there, HttpClientResponse response) {
            HttpClientRequest asked = sent;
            response.exceptionHandler(lost -> host.run(() -> {
                if (sent == asked) {
                    fail("the tracker breaks off");
                }
            }));
            int status = response.statusCode();
            if (status >= REDIRECT_MIN && status <= REDIRECT_MAX) {
                redirect(url, there, response.getHeader(HttpHeaders.LOCATION));
                return;
            }
            if (status != OK) {
                fail("the tracker answers " + status);
                return;
            }
            String coding = response.getHeader(HttpHeaders.CONTENT_ENCODING);
            response.handler(part -> host.run(() -> onPart(part)));
            response.endHandler(end -> host.run(() -> onEnd(coding)));
        }

        private void redirect(TrackerUrl url, Endpoint there, @Nullable String location) {
            redirects++;
            if (redirects > host.limits().trackerRedirects()) {
                host.hits().hit("limits.net.trackerRedirects");
                fail("the tracker sends us around");
                return;
            }
            Optional<TrackerUrl> next = location == null ? Optional.empty() : resolved(url, location);
            reset();
            if (next.isPresent() && next.get().scheme() != TrackerUrl.Scheme.UDP) {
                ask(next.get(), there);
            } else {
                fail("the tracker sends us nowhere");
            }
        }

        private void onPart(Buffer part) {
            if (isOver) {
                return;
            }
            if (body.length() + part.length() > wire.tracker().reply()) {
                host.hits().hit("limits.tracker.reply");
                fail("the tracker's answer is too long");
                return;
            }
            body.appendBuffer(part);
        }

        private void onEnd(@Nullable String coding) {
            if (isOver) {
                return;
            }
            sent = null;
            Optional<Bytes> plain = plain(coding);
            if (plain.isPresent()) {
                end(Trackers.result(HttpTracker.decodeReply(plain.get(), wire)));
            } else {
                fail("the tracker's answer is packed in a way that cannot be read");
            }
        }

        /** What was packed, at most one byte more than an answer may have. */
        private Optional<Bytes> plain(@Nullable String coding) {
            if (coding == null || coding.equalsIgnoreCase("identity")) {
                return Optional.of(Bytes.copyOf(body.getBytes()));
            }
            if (!coding.equalsIgnoreCase("gzip") && !coding.equalsIgnoreCase("x-gzip")) {
                return Optional.empty();
            }
            try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(body.getBytes()))) {
                return Optional.of(
                        Bytes.copyOf(unpacked.readNBytes(wire.tracker().reply() + 1)));
            } catch (IOException damaged) {
                return Optional.empty();
            }
        }

        private void fail(String why) {
            if (!isOver) {
                end(Trackers.failed(why));
            }
        }

        private void end(JobResult result) {
            isOver = true;
            host.cancelled(timer);
            reset();
            answer.accept(result);
        }

        /** Closes the connection, if there is one still, and hears no more of it. */
        private void reset() {
            HttpClientRequest open = sent;
            sent = null;
            if (open != null) {
                open.reset();
            }
        }
    }

    private static Optional<TrackerUrl> resolved(TrackerUrl base, String location) {
        try {
            String host = base.host().indexOf(':') < 0 ? base.host() : "[" + base.host() + "]";
            String scheme = base.scheme() == TrackerUrl.Scheme.HTTPS ? "https://" : "http://";
            URI from = URI.create(scheme + host + ":" + base.port() + base.target());
            return TrackerUrl.parse(from.resolve(location).toString());
        } catch (IllegalArgumentException noUri) {
            return Optional.empty();
        }
    }
}
