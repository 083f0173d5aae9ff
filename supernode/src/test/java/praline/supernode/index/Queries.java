package praline.supernode.index;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import praline.node.overlay.LeafIndex;
import praline.node.overlay.Question;
import praline.protocol.Bytes;
import praline.protocol.Guid;
import praline.protocol.Sha1;
import praline.protocol.SplitMix64;
import praline.protocol.Urn;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.Query;

/** Queries of a test, and what comes out of an index for them. */
final class Queries {

    private Queries() {}

    static Query words(String text) {
        return query(text, Bytes.EMPTY, 0, 1);
    }

    static Query hash(Sha1 sha1) {
        return query("\\", Bytes.ofUtf8(Urn.sha1(sha1).toString()), 0, 1);
    }

    static Query either(String text, Sha1 sha1) {
        return query(text, Bytes.ofUtf8(Urn.sha1(sha1).toString()), 0, 1);
    }

    static Query query(String text, Bytes extensions, int hops, long guidSeed) {
        RandomGenerator random = new SplitMix64(guidSeed);
        return new Query(Guid.random(random), 1, hops, 0x8000, Bytes.ofUtf8(text), extensions);
    }

    /** The names that answer, each with its leaf: {@code "0 song.mp3"}. */
    static List<String> names(LeafIndex index, Query query) {
        List<String> names = new ArrayList<>();
        for (LeafIndex.Match match : index.match(new Question(query), Integer.MAX_VALUE, LeafIndex.NO_LEAF)) {
            for (HitRecord record : match.records()) {
                names.add(match.leaf() + " " + record.name().utf8());
            }
        }
        return names;
    }

    static int count(ImmutableList<LeafIndex.Match> matches) {
        return matches.stream().mapToInt(match -> match.records().size()).sum();
    }
}
