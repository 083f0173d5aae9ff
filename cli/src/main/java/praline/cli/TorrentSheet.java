package praline.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.common.collect.ImmutableList;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.Urn;
import praline.protocol.bittorrent.Magnet;
import praline.protocol.bittorrent.Metainfo;
import praline.protocol.bittorrent.TorrentFile;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/**
 * What is said of a torrent, for a person or, as one JSON object, for a program. What a magnet link does not say is
 * null there, and has no line here.
 *
 * @param infohash in hexadecimal, as BitTorrent programs write it
 * @param btih the infohash as a URN of Gnutella, in base 32
 * @param content {@code urn:sha1} of the only file
 * @param pieceLength bytes of each piece but the last
 * @param trackers tiers of URLs
 * @param created seconds since 1970
 * @param sources URLs that have the content
 * @param peers who takes part
 */
record TorrentSheet(
        @Nullable String name,
        @Nullable String infohash,
        @Nullable String btih,
        @Nullable String content,
        @Nullable Long size,
        @Nullable Integer pieceLength,
        @Nullable Integer pieces,
        @JsonProperty("private") @Nullable Boolean isPrivate,
        ImmutableList<ImmutableList<String>> trackers,
        ImmutableList<String> sources,
        ImmutableList<String> peers,
        @Nullable String comment,
        @Nullable String createdBy,
        @Nullable Long created,
        @Nullable ImmutableList<File> files,
        String magnet) {

    private static final int LABEL_COLUMNS = 12;
    private static final int SIZE_COLUMNS = 10;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** One file, by its path below the torrent's folder; of a torrent that is one file, by its name. */
    record File(ImmutableList<String> path, long size) {}

    static TorrentSheet of(TorrentInput input) {
        return input instanceof TorrentInput.File file ? of(file.metainfo()) : of(((TorrentInput.Link) input).magnet());
    }

    static TorrentSheet of(Metainfo metainfo) {
        TorrentInfo info = metainfo.info();
        return new TorrentSheet(
                info.name().tainted(),
                info.infohash().hex(),
                Urn.btih(info.infohash()).toString(),
                null,
                info.size(),
                info.pieceLength(),
                info.pieceCount(),
                info.isPrivate(),
                metainfo.trackers(),
                metainfo.webSeeds(),
                ImmutableList.of(),
                textOrNull(metainfo.comment()),
                textOrNull(metainfo.createdBy()),
                boxed(metainfo.creationSeconds()),
                files(info),
                magnetOf(metainfo).link());
    }

    static TorrentSheet of(Magnet magnet) {
        Sha1 infohash = magnet.infohash();
        Sha1 content = magnet.content();
        return new TorrentSheet(
                textOrNull(magnet.name()),
                infohash == null ? null : infohash.hex(),
                infohash == null ? null : Urn.btih(infohash).toString(),
                content == null ? null : Urn.sha1(content).toString(),
                boxed(magnet.size()),
                null,
                null,
                null,
                magnet.trackers().stream().map(ImmutableList::of).collect(ImmutableList.toImmutableList()),
                magnet.sources(),
                magnet.peers().stream().map(Endpoint::toString).collect(ImmutableList.toImmutableList()),
                null,
                null,
                null,
                null,
                magnet.link());
    }

    void print(Output output) {
        if (output.isJson()) {
            output.json(this);
            return;
        }
        label("name", name, output);
        printIdentity(output);
        label("private", isPrivate == null ? null : isPrivate ? "yes" : "no", output);
        for (int tier = 0; tier < trackers.size(); tier++) {
            labels(trackers.size() == 1 ? "tracker" : "tracker " + (tier + 1), trackers.get(tier), output);
        }
        labels("sources", sources, output);
        labels("peers", peers, output);
        label("comment", comment, output);
        label("created by", createdBy, output);
        label("created", created == null ? null : shownDate(created), output);
        label("magnet", magnet, output);
        if (files != null) {
            print(files, output);
        }
    }

    /** The lines that tell one torrent from another. */
    void printIdentity(Output output) {
        label("infohash", infohash, output);
        label("", btih, output);
        label("content", content, output);
        label("size", size == null ? null : Sizes.exact(size), output);
        label("pieces", pieces == null ? null : shownPieces(), output);
    }

    private String shownPieces() {
        return String.format(Locale.ROOT, "%,d of %s", pieces, pieceLength == null ? "?" : Sizes.shown(pieceLength));
    }

    /** A date that no calendar has stays a number. */
    private static String shownDate(long seconds) {
        try {
            return DATE.format(Instant.ofEpochSecond(seconds));
        } catch (DateTimeException e) {
            return seconds + " s after 1970";
        }
    }

    private static void label(String label, @Nullable String value, Output output) {
        if (value != null) {
            output.line(String.format(Locale.ROOT, "%-" + LABEL_COLUMNS + "s%s", label, value));
        }
    }

    private static void labels(String label, List<String> values, Output output) {
        for (int i = 0; i < values.size(); i++) {
            label(i == 0 ? label : "", values.get(i), output);
        }
    }

    private static void print(ImmutableList<File> files, Output output) {
        output.heading(String.format(Locale.ROOT, "%" + SIZE_COLUMNS + "s  %s", "SIZE", "FILE"));
        for (File file : files) {
            output.line(String.format(
                    Locale.ROOT,
                    "%" + SIZE_COLUMNS + "s  %s",
                    Sizes.shown(file.size()),
                    String.join("/", file.path())));
        }
    }

    /** Filling between files is nothing that anybody sees. */
    private static ImmutableList<File> files(TorrentInfo info) {
        return info.files().stream()
                .filter(file -> !file.isPadding())
                .map(file -> new File(path(info, file), file.length()))
                .collect(ImmutableList.toImmutableList());
    }

    private static ImmutableList<String> path(TorrentInfo info, TorrentFile file) {
        return file.path().isEmpty()
                ? ImmutableList.of(info.name().tainted())
                : file.path().stream().map(RemoteText::tainted).collect(ImmutableList.toImmutableList());
    }

    private static Magnet magnetOf(Metainfo metainfo) {
        TorrentInfo info = metainfo.info();
        return new Magnet(
                info.infohash(),
                null,
                info.name(),
                OptionalLong.of(info.size()),
                metainfo.trackers().stream().flatMap(List::stream).collect(ImmutableList.toImmutableList()),
                ImmutableList.of(),
                ImmutableList.of());
    }

    private static @Nullable String textOrNull(RemoteText text) {
        return text.isEmpty() ? null : text.tainted();
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
