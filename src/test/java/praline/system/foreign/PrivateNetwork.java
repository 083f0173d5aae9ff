package praline.system.foreign;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import praline.system.Program;

/**
 * A network of this test's own: a Linux network namespace whose only device is loopback, with many addresses that are
 * not loopback addresses. Transmission dials no others, and it and libtorrent take one connection per address
 * (spec/bittorrent.md section 13). Ports are free there, whatever runs beside.
 */
final class PrivateNetwork implements AutoCloseable {

    private static final int ADDRESSES_MAX = 254;

    private final String name;
    private final AtomicInteger addressCount = new AtomicInteger();

    private PrivateNetwork(String name) {
        this.name = name;
    }

    /** Makes one; throws {@link AssertionError} where the user may not, or iproute2 is missing. */
    static PrivateNetwork make() {
        PrivateNetwork network =
                new PrivateNetwork("praline-" + ProcessHandle.current().pid());
        succeed(ImmutableList.of("ip", "netns", "add", network.name));
        try {
            succeed(network.inside("ip", "link", "set", "lo", "up"));
        } catch (AssertionError e) {
            network.close();
            throw e;
        }
        return network;
    }

    /** An address that nobody else in it has. */
    String newAddress() {
        int number = addressCount.incrementAndGet();
        if (number > ADDRESSES_MAX) {
            throw new IllegalStateException("there are " + ADDRESSES_MAX + " addresses");
        }
        String address = "10.9.0." + number;
        succeed(inside("ip", "address", "add", address + "/24", "dev", "lo"));
        return address;
    }

    /** The command that runs this one in it. The process that it starts becomes the command. */
    ImmutableList<String> inside(List<String> command) {
        return ImmutableList.<String>builder()
                .add("ip", "netns", "exec", name)
                .addAll(command)
                .build();
    }

    ImmutableList<String> inside(String... command) {
        return inside(ImmutableList.copyOf(command));
    }

    @Override
    public void close() {
        succeed(ImmutableList.of("ip", "netns", "delete", name));
    }

    private static void succeed(ImmutableList<String> command) {
        Program.Outcome outcome = Program.run(command);
        if (outcome.exitCode() != 0) {
            throw new AssertionError(
                    String.join(" ", command) + ": " + outcome.err().strip());
        }
    }
}
