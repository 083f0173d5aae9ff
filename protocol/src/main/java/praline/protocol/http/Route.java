package praline.protocol.http;

import com.google.errorprone.annotations.Immutable;
import java.util.Optional;
import praline.protocol.Urn;
import praline.protocol.text.RemoteText;

/**
 * What a request is about: an exact table of paths, never a path of a file system (spec/praline.md section 5). Only the
 * variable parts are percent-decoded, and once.
 */
@Immutable
public sealed interface Route {

    /** {@code /uri-res/N2R?urn:sha1:…}: a file by its content. */
    record ByUrn(Urn urn) implements Route {}

    /**
     * {@code /get/INDEX/NAME}: a file as a hit named it.
     *
     * @param index 0..2^32-1
     * @param name decoded; to be compared, nothing else
     */
    record ByIndex(long index, RemoteText name) implements Route {}

    /** {@code /announce?…}: to the tracker. */
    record Announce(String rawQuery) implements Route {}

    /** {@code /scrape?…}: to the tracker. */
    record Scrape(String rawQuery) implements Route {}

    /** {@code /gnutella/push-proxy?…}: pass a push on to a leaf; {@link PushProxyAsk} reads what stands there. */
    record PushProxy(String rawQuery) implements Route {}

    /** Anything else: there is nothing here. */
    record Nowhere() implements Route {}

    /** Reads the target of a request; never throws. */
    static Route of(String target) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question + 1);
        return switch (path) {
            case "/uri-res/N2R" -> byUrn(query);
            case "/announce" -> new Announce(query);
            case "/scrape" -> new Scrape(query);
            case "/gnutella/push-proxy", "/gnutella/pushproxy", "/gnet/push-proxy" -> new PushProxy(query);
            default -> question < 0 ? byIndex(path) : new Nowhere();
        };
    }

    private static Route byUrn(String query) {
        Optional<Route> route = PercentCode.decode(query).flatMap(Urn::parse).map(ByUrn::new);
        return route.orElseGet(Nowhere::new);
    }

    private static Route byIndex(String path) {
        String prefix = "/get/";
        int slash = path.indexOf('/', prefix.length());
        if (!path.startsWith(prefix) || slash < 0) {
            return new Nowhere();
        }
        long index = index(path.substring(prefix.length(), slash));
        Optional<String> name = PercentCode.decode(path.substring(slash + 1));
        return index < 0 || name.isEmpty() ? new Nowhere() : new ByIndex(index, RemoteText.of(name.get()));
    }

    /** 0..2^32-1, or -1 for what is no such number. */
    private static long index(String digits) {
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
            if (value > 0xFFFF_FFFFL) {
                return -1;
            }
        }
        return digits.isEmpty() ? -1 : value;
    }
}
