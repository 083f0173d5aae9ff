package praline.protocol.bittorrent;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.net.HostAndPort;
import com.google.errorprone.annotations.Immutable;
import java.util.Optional;

/**
 * Where a tracker is.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param port 1..65535
 * @param target path and query as they came, beginning with a slash; of no meaning to UDP
 */
@Immutable
public record TrackerUrl(Scheme scheme, String host, int port, String target) {

    /** How it is spoken to. */
    public enum Scheme {
        HTTP(80),
        HTTPS(443),
        /** BEP 15; its URLs always name a port. */
        UDP(0);

        private final int defaultPort;

        Scheme(int defaultPort) {
            this.defaultPort = defaultPort;
        }
    }

    private static final CharMatcher VISIBLE = CharMatcher.inRange('!', '~');
    private static final CharMatcher HOST = CharMatcher.inRange('a', 'z')
            .or(CharMatcher.inRange('A', 'Z'))
            .or(CharMatcher.inRange('0', '9'))
            .or(CharMatcher.anyOf(".:-_"));
    private static final int HOST_LENGTH_MAX = 253;
    private static final String ANNOUNCE = "announce";

    /** Reads an absolute URL; empty for any other scheme, for one with a user in it, and for what is none. */
    public static Optional<TrackerUrl> parse(String url) {
        int schemeEnd = url.indexOf("://");
        if (schemeEnd < 0 || !VISIBLE.matchesAllOf(url)) {
            return Optional.empty();
        }
        Optional<Scheme> scheme = schemeOf(url.substring(0, schemeEnd));
        String rest = withoutFragment(url.substring(schemeEnd + 3));
        int hostEnd = CharMatcher.anyOf("/?").indexIn(rest);
        String authority = hostEnd < 0 ? rest : rest.substring(0, hostEnd);
        String target = hostEnd < 0 ? "" : rest.substring(hostEnd);
        return scheme.flatMap(known -> of(known, authority, target.startsWith("/") ? target : "/" + target));
    }

    /**
     * Where the tracker tells about torrents without an announce: of HTTP, the URL with {@code scrape} for
     * {@code announce} at the start of its last path element (BEP 48), which many trackers do not have.
     */
    public Optional<TrackerUrl> scrape() {
        if (scheme == Scheme.UDP) {
            return Optional.of(this);
        }
        int pathEnd = target.indexOf('?') < 0 ? target.length() : target.indexOf('?');
        int from = target.lastIndexOf('/', pathEnd - 1) + 1;
        return target.startsWith(ANNOUNCE, from)
                ? Optional.of(new TrackerUrl(
                        scheme,
                        host,
                        port,
                        target.substring(0, from) + "scrape" + target.substring(from + ANNOUNCE.length())))
                : Optional.empty();
    }

    /** The target with {@code query} behind what query it has already. */
    public String targetWith(String query) {
        return target + (target.indexOf('?') < 0 ? '?' : '&') + query;
    }

    /** Whether {@code text} may be a name or an address: what is shown and looked up is of harmless characters. */
    static boolean isHost(String text) {
        return !text.isEmpty() && text.length() <= HOST_LENGTH_MAX && HOST.matchesAllOf(text);
    }

    private static Optional<Scheme> schemeOf(String name) {
        for (Scheme scheme : Scheme.values()) {
            if (Ascii.equalsIgnoreCase(scheme.name(), name)) {
                return Optional.of(scheme);
            }
        }
        return Optional.empty();
    }

    private static String withoutFragment(String text) {
        int hash = text.indexOf('#');
        return hash < 0 ? text : text.substring(0, hash);
    }

    private static Optional<TrackerUrl> of(Scheme scheme, String authority, String target) {
        HostAndPort parts;
        try {
            parts = HostAndPort.fromString(authority);
        } catch (IllegalArgumentException notAnAuthority) {
            return Optional.empty();
        }
        int port = parts.getPortOrDefault(scheme.defaultPort);
        return isHost(parts.getHost()) && port > 0
                ? Optional.of(new TrackerUrl(scheme, parts.getHost(), port, target))
                : Optional.empty();
    }
}
