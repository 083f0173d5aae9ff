package praline.node.net;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.shareddata.LocalMap;
import java.net.ConnectException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import praline.node.engine.DialFailure;
import praline.node.engine.Profile;
import praline.protocol.AddressRules;
import praline.protocol.Endpoint;
import praline.protocol.UserError;

/**
 * The sockets of one node: where it accepts, and the one client from which it dials. Dials leave from the address that
 * the node listens on, so that the other end sees the node and not just its machine.
 */
final class Sockets {

    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);
    private static final int BACKLOG = 4_096;

    /** Vert.x lets two servers of one process share a port; for us that is a port that is taken. */
    private static final String TAKEN_HERE = "praline.node.net.listening";

    private final HostConfig config;
    private final Vertx vertx;
    // An unreferenced client is closed by the garbage collector, with all its sockets.
    private final NetClient client;
    private final LocalMap<String, Boolean> takenHere;
    private final Promise<Void> ended = Promise.promise();
    private @Nullable NetServer server;
    private @Nullable Endpoint listening;

    Sockets(Vertx vertx, HostConfig config) {
        this.vertx = vertx;
        this.config = config;
        Endpoint listen = config.listen();
        NetClientOptions dialling = new NetClientOptions()
                .setConnectTimeout(config.limits().net().dialMillis())
                .setTcpKeepAlive(true);
        if (!isAnyAddress(listen)) {
            dialling.setLocalAddress(listen.host());
        }
        this.client = vertx.createNetClient(dialling);
        this.takenHere = vertx.sharedData().getLocalMap(TAKEN_HERE);
    }

    Future<Endpoint> listen(Consumer<NetSocket> onArrival) {
        Endpoint where = config.listen();
        if (config.profile() == Profile.LAB && !AddressRules.isLoopback(where)) {
            return Future.failedFuture(refused("a node of profile lab listens on loopback only", where));
        }
        if (where.port() != 0 && takenHere.putIfAbsent(where.toString(), true) != null) {
            return Future.failedFuture(refused("the port is taken", where));
        }
        NetServer opening = vertx.createNetServer(new NetServerOptions()
                .setHost(where.host())
                .setPort(where.port())
                .setAcceptBacklog(BACKLOG)
                .setTcpKeepAlive(true));
        server = opening;
        // Paused until somebody listens to it, so that no byte is lost.
        opening.connectHandler(socket -> onArrival.accept(socket.pause()));
        return opening.listen()
                .map(bound -> {
                    Endpoint here = where.withPort(bound.actualPort());
                    takenHere.put(here.toString(), true);
                    listening = here;
                    return here;
                })
                .recover(why -> {
                    takenHere.remove(where.toString());
                    return Future.failedFuture(refused(reason(why), where));
                });
    }

    Endpoint listening() {
        if (listening == null) {
            throw new IllegalStateException("not listening yet");
        }
        return listening;
    }

    Future<NetSocket> connect(Endpoint to) {
        return client.connect(SocketAddress.inetSocketAddress(to.port(), to.host()));
    }

    /** Listens no more, but goes on to say where it has listened. */
    void refuseArrivals() {
        Endpoint known = listening;
        stopListening().onFailure(why -> LOG.warn("{} is still open", known, why));
        listening = known;
    }

    /** Gives the port back. */
    Future<Void> stopListening() {
        NetServer closing = server;
        if (listening != null) {
            takenHere.remove(listening.toString());
        }
        server = null;
        listening = null;
        return closing == null ? Future.succeededFuture() : closing.close();
    }

    void close(Future<?> others) {
        Endpoint known = listening;
        Future<Void> stopped = stopListening();
        listening = known;
        Future.join(stopped, client.close(), others).<Void>mapEmpty().onComplete(ended);
    }

    /** Completes when {@link #close} is through. */
    Future<Void> ended() {
        return ended.future();
    }

    /**
     * Closes {@code socket} whatever is still queued on it. {@code NetSocket.close} writes that first, which a peer
     * that does not read puts off for ever, and no public method does it otherwise.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the close handler is called in any case
    static void cut(NetSocket socket) {
        ((NetSocketInternal) socket).channelHandlerContext().close();
    }

    static Endpoint endpoint(SocketAddress address) {
        String host = address.hostAddress();
        String bracketed = host.indexOf(':') < 0 ? host : "[" + host.replaceFirst("%.*", "") + "]";
        return Endpoint.parse(bracketed + ":" + address.port())
                .orElseThrow(() -> new IllegalStateException("no endpoint: " + address));
    }

    static DialFailure failure(Throwable why) {
        if (why instanceof ConnectTimeoutException) {
            return DialFailure.TIMED_OUT;
        }
        return why instanceof ConnectException ? DialFailure.REFUSED : DialFailure.UNREACHABLE;
    }

    private static UserError refused(String what, Endpoint where) {
        return new UserError(UserError.Kind.NETWORK, what, where.toString());
    }

    /** What the system's words mean for the user. */
    private static String reason(Throwable why) {
        String words = String.valueOf(why.getMessage());
        if (words.contains("in use")) {
            return "the port is taken";
        }
        if (words.contains("Cannot assign")) {
            return "this machine has no such address";
        }
        if (words.contains("ermission denied")) {
            return "ports below 1024 need special rights";
        }
        return "cannot listen (" + words + ")";
    }

    static boolean isAnyAddress(Endpoint endpoint) {
        return endpoint.isIpv4() ? endpoint.ipv4() == 0 : endpoint.high() == 0 && endpoint.low() == 0;
    }
}
