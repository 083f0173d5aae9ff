package praline.protocol.bittorrent;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import praline.protocol.Bytes;
import praline.protocol.text.RemoteText;

/**
 * One file of a torrent, at its place in the torrent's one string of bytes.
 *
 * @param path of a torrent with many files: folders and name below the torrent's own folder, as a stranger wrote them;
 *     empty for the only file of a torrent, whose name is the torrent's
 * @param offset of its first byte, 0 or more
 * @param length bytes, 0 or more
 * @param isPadding whether it is filling that is never written (BEP 47): zeros
 */
@Immutable
public record TorrentFile(ImmutableList<RemoteText> path, long offset, long length, boolean isPadding) {

    /** Its entry in an info dictionary. */
    Bencode toBencode() {
        Bencode.Dictionary.Builder entry = new Bencode.Dictionary.Builder();
        if (isPadding) {
            entry.put("attr", "p");
        }
        return entry.put("length", length)
                .put(
                        "path",
                        new Bencode.Items(path.stream()
                                .map(name -> new Bencode.ByteString(Bytes.ofUtf8(name.tainted())))
                                .collect(ImmutableList.toImmutableList())))
                .build();
    }
}
