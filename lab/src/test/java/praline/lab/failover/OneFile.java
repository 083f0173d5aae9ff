package praline.lab.failover;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import praline.node.overlay.Question;
import praline.node.overlay.SharedFiles;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.IndexRecord;

/** What one member shares: files that bear its number, so that it is known who has to answer. */
record OneFile(int number, int count) implements SharedFiles {

    /** What finds the files of member {@code number} and no others. */
    static String wordOf(int number) {
        return "member" + number;
    }

    @Override
    public ImmutableList<HitRecord> match(Question question, int limit) {
        boolean isAskedFor = question.query().text().utf8().equals(wordOf(number));
        return isAskedFor
                ? ImmutableList.of(new HitRecord(1, 1_000, Bytes.ofUtf8(name(1)), Bytes.EMPTY))
                : ImmutableList.of();
    }

    @Override
    public ImmutableList<IndexRecord.Add> published() {
        return IntStream.rangeClosed(1, count)
                .mapToObj(file -> {
                    Sha1 sha1 = Sha1.digestOf(name(file).getBytes(StandardCharsets.UTF_8));
                    return new IndexRecord.Add(file, 1_000, sha1, null, false, Bytes.ofUtf8(name(file)));
                })
                .collect(ImmutableList.toImmutableList());
    }

    @Override
    public int fileCount() {
        return count;
    }

    @Override
    public long kibibytes() {
        return count;
    }

    private String name(int file) {
        return wordOf(number) + " file" + file + ".txt";
    }
}
