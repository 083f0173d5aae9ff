package praline.protocol.bittorrent;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.Bencode.Dictionary;
import praline.protocol.bittorrent.Bencode.Items;
import praline.protocol.text.RemoteText;

/**
 * What a torrent is: its info dictionary, taken apart and checked. Whoever makes one has validated it
 * (spec/bittorrent.md 2.3): the files lie one behind another without a gap, {@code size} is 1 or more unless there are
 * no pieces, and there are as many hashes as pieces.
 *
 * @param infohash SHA-1 of {@code info}
 * @param info the raw bytes of the dictionary, as they came
 * @param name of the file or of the folder, as a stranger wrote it
 * @param pieceLength bytes of each piece but the last, 1..64 MiB
 * @param size bytes in all
 * @param hashes SHA-1 of each piece, 20 bytes each
 * @param files in their order; one whose path is empty when the torrent is a single file
 * @param isPrivate whether peers may come from its trackers only (BEP 27)
 */
@Immutable
public record TorrentInfo(
        Sha1 infohash,
        Bytes info,
        RemoteText name,
        int pieceLength,
        long size,
        Bytes hashes,
        ImmutableList<TorrentFile> files,
        boolean isPrivate) {

    /** The torrent that follows from a content. */
    public static TorrentInfo of(ContentTorrent content) {
        Bytes info = content.info();
        return new TorrentInfo(
                Sha1.digestOf(info.toArray()),
                info,
                RemoteText.of(content.sha1().base32()),
                ContentTorrent.pieceLength(content.size()),
                content.size(),
                content.pieces(),
                ImmutableList.of(new TorrentFile(ImmutableList.of(), 0, content.size(), false)),
                false);
    }

    /**
     * Takes raw bytes apart that are said to be an info dictionary, all of them and nothing more: out of a torrent
     * file, or put together from a peer's metadata. Whether the infohash is the one wanted is for the caller to
     * compare.
     */
    public static Parsed<TorrentInfo> parse(Bytes info, WireLimits limits) {
        try {
            return new Parsed.Valid<>(new InfoReader(info, limits).read());
        } catch (Unusable e) {
            return new Parsed.Invalid<>(e.reason);
        }
    }

    /**
     * A torrent that we make. The dictionary is canonical and says {@code private} only where it is so: with the key at
     * 0 it would be another swarm (spec/bittorrent.md 2.3).
     *
     * @param files in their order; one whose path is empty for a single file, which is then called {@code name}
     * @throws IllegalArgumentException if no reader would take it: no content, hashes that do not fit
     */
    public static TorrentInfo create(
            String name, int pieceLength, Bytes hashes, ImmutableList<TorrentFile> files, boolean isPrivate) {
        Dictionary.Builder info = new Dictionary.Builder();
        if (files.size() == 1 && files.get(0).path().isEmpty()) {
            info.put("length", files.get(0).length());
        } else {
            info.put(
                    "files",
                    new Items(files.stream().map(TorrentFile::toBencode).collect(ImmutableList.toImmutableList())));
        }
        info.put("name", name).put("piece length", pieceLength).put("pieces", hashes);
        if (isPrivate) {
            info.put("private", 1);
        }
        Parsed<TorrentInfo> made = parse(info.build().encode(), WireLimits.STANDARD);
        if (made instanceof Parsed.Valid<TorrentInfo> valid) {
            return valid.value();
        }
        throw new IllegalArgumentException("no torrent can be made of this: " + made);
    }

    public int pieceCount() {
        return hashes.size() / Sha1.SIZE;
    }

    /** Bytes of {@code piece}, 0..{@link #pieceCount} - 1. */
    public int pieceSize(int piece) {
        return (int) Math.min(pieceLength, size - (long) piece * pieceLength);
    }

    /** Blocks of {@code piece}; the last one may be short. */
    public int blockCount(int piece) {
        return (pieceSize(piece) + PeerMessage.BLOCK - 1) / PeerMessage.BLOCK;
    }

    /** Where {@code piece} begins in the torrent's string of bytes. */
    public long pieceOffset(int piece) {
        return (long) piece * pieceLength;
    }

    /** The SHA-1 that {@code piece} must have. */
    public Sha1 hash(int piece) {
        return Sha1.of(hashes.slice(piece * Sha1.SIZE, (piece + 1) * Sha1.SIZE).toArray());
    }

    /** Whether this is one file and no folder. */
    public boolean isSingleFile() {
        return files.size() == 1 && files.get(0).path().isEmpty();
    }
}
