package praline.node;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import praline.node.overlay.Role;
import praline.node.overlay.Search;
import praline.protocol.Endpoint;

/** Deploys nodes on free ports of loopback, and ends them all. */
final class NodeRig implements AutoCloseable {

    /** 127.2.0.0 */
    private static final int NETWORK = 0x7F020000;

    private static final int PATIENCE_SECONDS = 30;

    final Vertx vertx = Vertx.vertx();
    private int lastNumber;

    /** A flat peer with an address of its own that knows {@code seeds}, for a test to add to. */
    NodeConfig.Builder flat(Endpoint... seeds) {
        int number = ++lastNumber;
        return NodeConfig.builder(Role.FLAT, Endpoint.ofIpv4(NETWORK + number, 0))
                .seeds(List.of(seeds))
                .seed(number);
    }

    NodeControl start(NodeConfig.Builder config) {
        return deploy(new PeerVerticle(config.build())).control();
    }

    PeerVerticle deploy(PeerVerticle verticle) {
        await(vertx.deployVerticle(verticle));
        return verticle;
    }

    static Search words(String words) {
        return new Search(words, null, 7, Search.Spread.FLOOD);
    }

    /** A folder of small files with these names. */
    static Path folder(Path parent, String... names) throws IOException {
        Path folder = Files.createTempDirectory(parent, "share");
        for (String name : names) {
            Files.writeString(folder.resolve(name), "This is " + name);
        }
        return folder;
    }

    static NodeStatus status(NodeControl node) {
        return await(Future.fromCompletionStage(node.status()));
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE_SECONDS, SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("nothing within " + PATIENCE_SECONDS + " s", late);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
