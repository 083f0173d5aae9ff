package praline.protocol.bittorrent;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Longs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.Urn;
import praline.protocol.WireLimits;
import praline.protocol.http.PercentCode;
import praline.protocol.text.RemoteText;

/**
 * Takes a magnet link apart, with the traps of spec/bittorrent.md section 4: empty parts, encoded URNs, either case,
 * plus signs that are blanks only in names, and keys with a number behind them.
 *
 * <p>A numbered topic ({@code xt.2}) is a link of its own within the link. The first one that is of use is taken, the
 * unnumbered before all others; what is numbered without a topic of the same number belongs to every one.
 */
final class MagnetReader {

    private static final String SCHEME = "magnet:?";
    private static final String BTIH = "urn:btih:";
    private static final String BTMH = "urn:btmh:";
    private static final String NO_NUMBER = "";

    /** One {@code key.number=value}, the key in lower case, the value decoded. */
    private record Entry(String key, String number, String value) {}

    private final WireLimits limits;
    private final TorrentUrls urls;

    MagnetReader(WireLimits limits) {
        this.limits = limits;
        this.urls = new TorrentUrls(limits);
    }

    Magnet read(String link) throws Unusable {
        if (!startsWith(link, SCHEME)) {
            throw new Unusable("this is no magnet link");
        }
        if (link.length() > limits.torrent().magnet()) {
            throw new Unusable("it has more than " + limits.torrent().magnet() + " characters");
        }
        List<Entry> all = entries(link.substring(SCHEME.length()));
        List<Entry> chosen = ofOneTopic(all);
        Magnet magnet = new Magnet(
                firstHash(chosen, MagnetReader::infohash),
                firstHash(chosen, MagnetReader::content),
                RemoteText.of(first(chosen, "dn").orElse("")),
                size(chosen),
                list(chosen, urls::isTracker, "tr"),
                peers(chosen),
                list(chosen, urls::isSource, "xs", "as", "ws"));
        if (magnet.infohash() == null
                && magnet.content() == null
                && magnet.sources().isEmpty()) {
            throw new Unusable(reasonOfNothing(all));
        }
        return magnet;
    }

    private static List<Entry> entries(String query) {
        List<Entry> entries = new ArrayList<>();
        for (String part : Splitter.on('&').omitEmptyStrings().split(query)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                String key = Ascii.toLowerCase(part.substring(0, equals));
                int dot = key.lastIndexOf('.');
                boolean isNumbered = dot > 0
                        && dot < key.length() - 1
                        && CharMatcher.inRange('0', '9').matchesAllOf(key.substring(dot + 1));
                String name = isNumbered ? key.substring(0, dot) : key;
                String number = isNumbered ? key.substring(dot + 1) : NO_NUMBER;
                String value = part.substring(equals + 1);
                PercentCode.decode(name.equals("dn") ? value.replace('+', ' ') : value)
                        .ifPresent(decoded -> entries.add(new Entry(name, number, decoded)));
            }
        }
        return entries;
    }

    private static List<Entry> ofOneTopic(List<Entry> entries) {
        List<String> numbers = entries.stream()
                .filter(MagnetReader::isTopic)
                .map(Entry::number)
                .distinct()
                .toList();
        String chosen = numbers.isEmpty() || numbers.contains(NO_NUMBER) ? NO_NUMBER : numbers.get(0);
        return entries.stream()
                .filter(entry -> entry.number().equals(chosen) || !numbers.contains(entry.number()))
                .toList();
    }

    private static boolean isTopic(Entry entry) {
        return infohash(entry).isPresent() || content(entry).isPresent();
    }

    private static Optional<Sha1> infohash(Entry entry) {
        if (!entry.key().equals("xt") || !startsWith(entry.value(), BTIH)) {
            return Optional.empty();
        }
        String hash = entry.value().substring(BTIH.length());
        return Sha1.parseHex(hash).or(() -> Sha1.parseBase32(hash));
    }

    private static Optional<Sha1> content(Entry entry) {
        return entry.key().equals("xt")
                ? Urn.parse(entry.value())
                        .filter(urn -> urn.kind() == Urn.Kind.SHA1)
                        .map(Urn::hash)
                : Optional.empty();
    }

    /** What a hash is looked for in. */
    private interface Topic {
        Optional<Sha1> of(Entry entry);
    }

    private static @Nullable Sha1 firstHash(List<Entry> entries, Topic topic) {
        return entries.stream()
                .flatMap(entry -> topic.of(entry).stream())
                .findFirst()
                .orElse(null);
    }

    private static Optional<String> first(List<Entry> entries, String key) {
        return entries.stream()
                .filter(entry -> entry.key().equals(key))
                .map(Entry::value)
                .findFirst();
    }

    private OptionalLong size(List<Entry> entries) {
        Long size = first(entries, "xl").map(Longs::tryParse).orElse(null);
        return size == null || size < 0 || size > limits.torrent().size()
                ? OptionalLong.empty()
                : OptionalLong.of(size);
    }

    private ImmutableList<String> list(List<Entry> entries, Predicate<String> isUsable, String... keys) {
        return entries.stream()
                .filter(entry -> List.of(keys).contains(entry.key()))
                .map(Entry::value)
                .filter(isUsable)
                .distinct()
                .limit(limits.torrent().addresses())
                .collect(ImmutableList.toImmutableList());
    }

    private ImmutableList<Endpoint> peers(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.key().equals("x.pe"))
                .flatMap(entry -> Endpoint.parse(entry.value()).stream())
                .filter(peer -> peer.port() > 0)
                .distinct()
                .limit(limits.torrent().addresses())
                .collect(ImmutableList.toImmutableList());
    }

    /** Why there is nothing to fetch, as exactly as the topics tell. */
    private static String reasonOfNothing(List<Entry> entries) {
        List<String> topics = entries.stream()
                .filter(entry -> entry.key().equals("xt"))
                .map(Entry::value)
                .toList();
        if (topics.stream().anyMatch(topic -> startsWith(topic, BTIH))) {
            return "its infohash is neither 40 hexadecimal digits nor 32 characters of base 32";
        }
        if (topics.stream().anyMatch(topic -> startsWith(topic, BTMH))) {
            return "this is the link of a version 2 torrent; only version 1 is supported";
        }
        return "it names neither a torrent nor a content";
    }

    private static boolean startsWith(String text, String prefix) {
        return text.length() >= prefix.length() && Ascii.equalsIgnoreCase(text.substring(0, prefix.length()), prefix);
    }
}
