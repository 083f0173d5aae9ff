package praline.cli;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import praline.node.disk.Allocation;
import praline.node.disk.DiskChoices;
import praline.node.swarm.SwarmConfig;
import praline.protocol.Endpoint;

/** How {@code get} takes part in a swarm. */
final class SwarmOptions {

    @Option(
            names = "--listen",
            paramLabel = "IP:PORT",
            converter = EndpointConverter.class,
            description = "Where others may connect to us, and from where we connect (default: any port).")
    private @Nullable Endpoint listen;

    @Option(
            names = "--peer",
            paramLabel = "IP:PORT",
            split = ",",
            converter = EndpointConverter.class,
            description = "Somebody who takes part; may be given several times.")
    private List<Endpoint> peers = List.of();

    @Option(
            names = "--stay",
            arity = "0..1",
            paramLabel = "SECONDS|ratio:R",
            fallbackValue = Stay.FOREVER,
            converter = Stay.Converter.class,
            preprocessor = Stay.Optionally.class,
            description = "Give to others when all is had: until interrupted, for seconds, or until R times the size.")
    private @Nullable Stay stay;

    @Option(
            names = "--up",
            paramLabel = "RATE",
            converter = Quantity.Rate.class,
            description = "Bytes a second that we give at most; 1M is 1,000,000.")
    private @Nullable Long up;

    @Option(
            names = "--down",
            paramLabel = "RATE",
            converter = Quantity.Rate.class,
            description = "Bytes a second that we take at most.")
    private @Nullable Long down;

    @Option(names = "--sequential", description = "Fetch from the first byte to the last, to look at it meanwhile.")
    private boolean isSequential;

    @Option(names = "--preallocate", description = "Take the room on the disk before the first byte comes.")
    private boolean isPreallocated;

    @Option(names = "--gun", description = "Get ready, print armed, and join when a line comes on standard input.")
    private boolean hasGun;

    @Nullable
    Endpoint listen() {
        return listen;
    }

    ImmutableList<Endpoint> peers() {
        return ImmutableList.copyOf(peers);
    }

    Stay stay() {
        return stay == null ? Stay.NOT : stay;
    }

    boolean hasGun() {
        return hasGun;
    }

    /** {@code standard} with what was asked for. */
    SwarmConfig applyTo(SwarmConfig standard) {
        SwarmConfig config = standard.withRates(
                up == null ? SwarmConfig.UNLIMITED : up, down == null ? SwarmConfig.UNLIMITED : down);
        return isSequential ? config.withPicker(SwarmConfig.Picking.SEQUENTIAL) : config;
    }

    /** Nothing but the files stays in the user's folder; so a later run hashes them again. */
    DiskChoices disk() {
        return new DiskChoices(isPreallocated ? Allocation.FULL : Allocation.SPARSE, false);
    }
}
