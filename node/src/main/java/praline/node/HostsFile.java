package praline.node;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import praline.node.overlay.KnownHost;
import praline.node.state.StateFile;
import praline.protocol.Endpoint;

/**
 * The hosts that a node knew when it ran last, so that it finds its network again without being told any
 * (spec/gnutella.md section 15). A line with the time of writing, then one line for each host, best first: whether it
 * was seen to live ("+") or just told ("-"), a space, its address.
 */
final class HostsFile {

    private static final Logger LOG = LoggerFactory.getLogger(HostsFile.class);
    /** Hosts kept; the host cache holds no more (spec/hardening.md section 14). */
    private static final int HOSTS_MAX = 2_000;
    /** What was seen to live longer ago is not known to live (spec/hardening.md F9). */
    private static final long FRESH_MILLIS = 30L * 24 * 60 * 60 * 1_000;

    private static final String LIVED = "+ ";
    private static final String TOLD = "- ";

    private final StateFile file;

    HostsFile(StateFile file) {
        this.file = file;
    }

    /** What was written last; of nobody it is known that he lives if that was in the future or long ago. */
    ImmutableList<KnownHost> read(long wallMillis) {
        try {
            return file.read().map(bytes -> decoded(bytes, wallMillis)).orElse(ImmutableList.of());
        } catch (IOException e) {
            LOG.warn("the hosts of the last run cannot be read", e);
            return ImmutableList.of();
        }
    }

    void write(List<KnownHost> hosts, long wallMillis) {
        try {
            file.write(encoded(hosts, wallMillis));
        } catch (IOException e) {
            LOG.warn("the known hosts cannot be kept for the next run", e);
        }
    }

    static byte[] encoded(List<KnownHost> hosts, long wallMillis) {
        String lines = hosts.stream()
                .limit(HOSTS_MAX)
                .map(known -> (known.isProven() ? LIVED : TOLD) + known.host() + "\n")
                .collect(Collectors.joining());
        return (wallMillis + "\n" + lines).getBytes(StandardCharsets.UTF_8);
    }

    /** Lines that are none of ours are passed over: the file is the user's to touch. */
    static ImmutableList<KnownHost> decoded(byte[] bytes, long wallMillis) {
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        long age = lines.isEmpty() ? -1 : wallMillis - millis(lines.get(0));
        boolean isFresh = age >= 0 && age <= FRESH_MILLIS;
        return lines.stream()
                .skip(1)
                .limit(HOSTS_MAX)
                .flatMap(line -> host(line, isFresh).stream())
                .collect(ImmutableList.toImmutableList());
    }

    private static long millis(String line) {
        boolean isNumber =
                !line.isEmpty() && line.length() <= 18 && line.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Long.parseLong(line) : Long.MAX_VALUE;
    }

    private static Optional<KnownHost> host(String line, boolean isFresh) {
        boolean hasLived = line.startsWith(LIVED);
        return hasLived || line.startsWith(TOLD)
                ? Endpoint.parse(line.substring(LIVED.length())).map(host -> new KnownHost(host, hasLived && isFresh))
                : Optional.empty();
    }
}
