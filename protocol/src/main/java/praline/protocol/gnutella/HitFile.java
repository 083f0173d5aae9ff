package praline.protocol.gnutella;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.Urn;
import praline.protocol.WireLimits;

/**
 * One file of a hit in plain values: what its {@link HitRecord} says, extensions included (spec/gnutella.md section 7,
 * spec/praline.md section 3).
 *
 * @param index the sharer's number for the file, 0..2^32-1
 * @param size bytes, 0..2^63-1
 * @param name as the sharer wrote it: a stranger's text
 * @param sha1 of the content, when the hit tells
 * @param infohash of the torrent that follows from the content, when the hit tells
 */
@Immutable
public record HitFile(
        long index,
        long size,
        Bytes name,
        @Nullable Sha1 sha1,
        @Nullable Sha1 infohash) {

    /** In the size field: the true size is in GGEP {@code LF}. */
    private static final long LARGE = 0xFFFF_FFFFL;

    private static final long LARGE_FROM = 1L << 31;
    private static final String LARGE_FILE = "LF";

    /** All files of {@code hit}; never throws. */
    public static ImmutableList<HitFile> of(QueryHit hit, WireLimits limits) {
        GgepReader reader = new GgepReader(limits);
        ImmutableList.Builder<HitFile> files =
                ImmutableList.builderWithExpectedSize(hit.records().size());
        for (HitRecord record : hit.records()) {
            files.add(of(record, reader));
        }
        return files.build();
    }

    private static HitFile of(HitRecord record, GgepReader reader) {
        Huge huge = Huge.read(record.extensions(), reader);
        long size = huge.ggep()
                .get(LARGE_FILE)
                .map(data -> Ggep.number(data).orElse(record.size()))
                .orElse(record.size());
        return new HitFile(
                record.index(),
                size,
                record.name(),
                huge.sha1().orElse(null),
                huge.infohash().orElse(null));
    }

    /** The record that says this, {@code urn:sha1} first. */
    public HitRecord toRecord() {
        ImmutableList.Builder<Urn> urns = ImmutableList.builderWithExpectedSize(2);
        if (sha1 != null) {
            urns.add(Urn.sha1(sha1));
        }
        if (infohash != null) {
            urns.add(Urn.btih(infohash));
        }
        if (size < LARGE_FROM) {
            return new HitRecord(index, size, name, Huge.area(urns.build(), Bytes.EMPTY));
        }
        Bytes large = GgepWriter.zeroFree().add(LARGE_FILE, Ggep.number(size)).toBytes();
        return new HitRecord(index, LARGE, name, Huge.area(urns.build(), large));
    }
}
