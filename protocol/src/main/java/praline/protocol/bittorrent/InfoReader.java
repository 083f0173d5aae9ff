package praline.protocol.bittorrent;

import com.google.common.collect.ImmutableList;
import java.util.OptionalLong;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.Bencode.ByteString;
import praline.protocol.bittorrent.Bencode.Dictionary;
import praline.protocol.bittorrent.Bencode.Items;
import praline.protocol.text.RemoteText;

/**
 * Takes an info dictionary apart and checks it (spec/bittorrent.md 2.2, 2.3; spec/hardening.md W12). Names stay as a
 * stranger wrote them: what becomes a path on disk is made safe there.
 *
 * <p>A hybrid torrent is taken by its version 1 half, which is complete in itself: its filling is files like the
 * others, marked. A torrent of version 2 alone is refused.
 */
final class InfoReader {

    private static final int VERSION_MAX = 2;

    /** How an old client names its filling, which has no attribute. */
    private static final String OLD_PADDING = "_____padding_file_";

    private final Bytes info;
    private final WireLimits limits;

    InfoReader(Bytes info, WireLimits limits) {
        this.info = info;
        this.limits = limits;
    }

    TorrentInfo read() throws Unusable {
        if (info.size() > limits.torrent().file()) {
            throw new Unusable(
                    "its info dictionary has more than " + limits.torrent().file() + " bytes");
        }
        Bencode decoded = Bencode.decodeAll(info, BencodeRules.torrent(limits))
                .orElseThrow(() -> new Unusable("its info is no bencoding, or deeper or larger than is read"));
        if (!(decoded instanceof Dictionary dictionary)) {
            throw new Unusable("its info is no dictionary");
        }
        checkVersion(dictionary);
        int pieceLength = pieceLength(dictionary);
        ImmutableList<TorrentFile> files = files(dictionary);
        TorrentFile last = files.get(files.size() - 1);
        long size = last.offset() + last.length();
        return new TorrentInfo(
                Sha1.digestOf(info.toArray()),
                info,
                name(dictionary),
                pieceLength,
                size,
                hashes(dictionary, pieceLength, size),
                files,
                dictionary.integer("private").orElse(0) == 1);
    }

    private static void checkVersion(Dictionary info) throws Unusable {
        long version = info.integer("meta version").orElse(1);
        if (version > VERSION_MAX) {
            throw new Unusable("this is a version " + version + " torrent, which is newer than this program");
        }
        if (info.get("pieces") == null && (version == VERSION_MAX || info.get("file tree") != null)) {
            throw new Unusable("this is a version 2 torrent; only version 1 is supported");
        }
    }

    private static RemoteText name(Dictionary info) throws Unusable {
        Bytes name =
                info.bytes("name.utf-8").or(() -> info.bytes("name")).orElseThrow(() -> new Unusable("it has no name"));
        return RemoteText.of(name);
    }

    private int pieceLength(Dictionary info) throws Unusable {
        long length = info.integer("piece length").orElseThrow(() -> new Unusable("it has no piece length"));
        if (length < 1 || length > limits.torrent().pieceLength()) {
            throw new Unusable("its piece length is " + length + ", not in 1.."
                    + limits.torrent().pieceLength());
        }
        return (int) length;
    }

    private Bytes hashes(Dictionary info, int pieceLength, long size) throws Unusable {
        if (size == 0) {
            throw new Unusable("it has no content");
        }
        Bytes hashes = info.bytes("pieces").orElseThrow(() -> new Unusable("it has no piece hashes"));
        long count = (size - 1) / pieceLength + 1;
        if (count > limits.torrent().pieces()) {
            throw new Unusable(
                    "it has " + count + " pieces, more than " + limits.torrent().pieces());
        }
        if (hashes.size() != Math.multiplyExact(count, Sha1.SIZE)) {
            throw new Unusable("it has " + hashes.size() + " bytes of piece hashes, not the " + Sha1.SIZE * count
                    + " of its size");
        }
        return hashes;
    }

    private ImmutableList<TorrentFile> files(Dictionary info) throws Unusable {
        boolean hasLength = info.get("length") != null;
        boolean hasFiles = info.get("files") != null;
        if (hasLength == hasFiles) {
            throw new Unusable(hasLength ? "it is both one file and many" : "it has no files");
        }
        return hasLength
                ? ImmutableList.of(new TorrentFile(ImmutableList.of(), 0, length(info, 0), false))
                : manyFiles(info.list("files"));
    }

    private ImmutableList<TorrentFile> manyFiles(ImmutableList<Bencode> entries) throws Unusable {
        if (entries.isEmpty()) {
            throw new Unusable("it has no files");
        }
        if (entries.size() > limits.torrent().files()) {
            throw new Unusable("it has " + entries.size() + " files, more than "
                    + limits.torrent().files());
        }
        ImmutableList.Builder<TorrentFile> files = ImmutableList.builderWithExpectedSize(entries.size());
        long offset = 0;
        for (Bencode entry : entries) {
            if (!(entry instanceof Dictionary dictionary)) {
                throw new Unusable("one of its files is no dictionary");
            }
            TorrentFile file = file(dictionary, offset);
            files.add(file);
            offset += file.length();
        }
        return files.build();
    }

    private TorrentFile file(Dictionary file, long offset) throws Unusable {
        long length = length(file, offset);
        ImmutableList<RemoteText> path = path(file);
        boolean isPadding = file.bytes("attr").orElse(Bytes.EMPTY).indexOf('p', 0) >= 0
                || path.stream().anyMatch(name -> name.tainted().contains(OLD_PADDING));
        if (path.isEmpty() && isPadding) {
            path = ImmutableList.of(RemoteText.of(".pad"), RemoteText.of(Long.toString(length)));
        } else if (path.isEmpty()) {
            throw new Unusable("one of its files has no path");
        }
        return new TorrentFile(path, offset, length, isPadding);
    }

    /** A length that, together with the {@code before} of the files in front, stays within the bound of a torrent. */
    private long length(Dictionary file, long before) throws Unusable {
        OptionalLong length = file.integer("length");
        if (length.isEmpty() || length.getAsLong() < 0) {
            throw new Unusable("one of its files has no length");
        }
        if (length.getAsLong() > limits.torrent().size() - before) {
            throw new Unusable("it has more than " + limits.torrent().size() + " bytes");
        }
        return length.getAsLong();
    }

    private ImmutableList<RemoteText> path(Dictionary file) throws Unusable {
        ImmutableList<Bencode> elements =
                file.get("path.utf-8") instanceof Items preferred ? preferred.items() : file.list("path");
        if (elements.size() > limits.torrent().pathDepth()) {
            throw new Unusable(
                    "one of its files lies more than " + limits.torrent().pathDepth() + " folders deep");
        }
        ImmutableList.Builder<RemoteText> path = ImmutableList.builderWithExpectedSize(elements.size());
        for (Bencode element : elements) {
            if (!(element instanceof ByteString string)) {
                throw new Unusable("one of its files has a path that is no text");
            }
            path.add(RemoteText.of(string.bytes()));
        }
        return path.build();
    }
}
