package praline.node.transfer;

import com.google.common.collect.ImmutableList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;

/**
 * Who else has contents that this node has to do with (spec/gnutella-download.md section 5). What others tell is
 * hearsay, which anybody may have made up; it is told on only when we have seen for ourselves that the host gives the
 * content. Bounded in contents, hosts and reporters: what was told first is forgotten first.
 */
final class Alternates {

    /** How many hosts one answer names. */
    static final int TOLD_MAX = 10;

    /** So many nodes must say that a host is bad before it is one, as in gtk-gnutella. */
    private static final int REPORTS = 3;

    private final TransferLimits.Alternates limits;
    private final Map<Sha1, Map<Endpoint, Alternate>> contents = new LinkedHashMap<>(0);

    Alternates(TransferLimits.Alternates limits) {
        this.limits = limits;
    }

    private static final class Alternate {
        private boolean isVerified;
        private boolean isBeingVerified;
        /** Who said that it is bad. */
        private @Nullable Set<Endpoint> reporters;
    }

    /** A host that should have a content, as somebody said. */
    record Hearsay(Sha1 content, Endpoint host) {}

    /** Somebody says that {@code hosts} have {@code content}. */
    void heard(Sha1 content, List<Endpoint> hosts) {
        for (Endpoint host : hosts) {
            alternate(content, host);
        }
    }

    /** {@code reporter} says that {@code hosts} do not give {@code content}. */
    void reported(Sha1 content, List<Endpoint> hosts, Endpoint reporter) {
        Map<Endpoint, Alternate> known = contents.get(content);
        if (known == null) {
            return;
        }
        for (Endpoint host : hosts) {
            Alternate alternate = known.get(host);
            if (alternate != null && isBad(alternate, reporter.withPort(0))) {
                known.remove(host);
            }
        }
    }

    /** We have seen that {@code host} gives {@code content}. */
    void verified(Sha1 content, Endpoint host) {
        Alternate alternate = alternate(content, host);
        alternate.isVerified = true;
        alternate.isBeingVerified = false;
        alternate.reporters = null;
    }

    /** {@code host} does not give {@code content}. */
    void failed(Sha1 content, Endpoint host) {
        Map<Endpoint, Alternate> known = contents.get(content);
        if (known != null) {
            known.remove(host);
        }
    }

    /** Hosts that give {@code content}, for {@code asker}, the latest first. */
    ImmutableList<Endpoint> verified(Sha1 content, Endpoint asker, int max) {
        Map<Endpoint, Alternate> known = contents.get(content);
        if (known == null) {
            return ImmutableList.of();
        }
        ImmutableList<Endpoint> verified = known.entrySet().stream()
                .filter(one -> one.getValue().isVerified && !one.getKey().sameAddress(asker))
                .map(Map.Entry::getKey)
                .collect(ImmutableList.toImmutableList());
        return verified.subList(Math.max(0, verified.size() - max), verified.size())
                .reverse();
    }

    /** Hearsay to look into next; it counts as being looked into from here on. */
    Optional<Hearsay> nextToVerify() {
        for (Map.Entry<Sha1, Map<Endpoint, Alternate>> content : contents.entrySet()) {
            for (Map.Entry<Endpoint, Alternate> host : content.getValue().entrySet()) {
                Alternate alternate = host.getValue();
                if (!alternate.isVerified && !alternate.isBeingVerified) {
                    alternate.isBeingVerified = true;
                    return Optional.of(new Hearsay(content.getKey(), host.getKey()));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isBad(Alternate alternate, Endpoint reporter) {
        Set<Endpoint> reporters = alternate.reporters == null ? new LinkedHashSet<>(4) : alternate.reporters;
        alternate.reporters = reporters;
        reporters.add(reporter);
        return reporters.size() >= REPORTS;
    }

    private Alternate alternate(Sha1 content, Endpoint host) {
        Map<Endpoint, Alternate> hosts = contents.get(content);
        if (hosts == null) {
            makeRoom(contents, limits.contents());
            hosts = new LinkedHashMap<>(2);
            contents.put(content, hosts);
        }
        Alternate known = hosts.get(host);
        if (known == null) {
            makeRoom(hosts, limits.hosts());
            known = new Alternate();
            hosts.put(host, known);
        }
        return known;
    }

    private static void makeRoom(Map<?, ?> table, int sizeMax) {
        if (table.size() >= sizeMax) {
            Iterator<?> oldest = table.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
