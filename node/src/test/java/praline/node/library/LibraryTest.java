package praline.node.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import praline.node.overlay.Question;
import praline.protocol.Bytes;
import praline.protocol.Guid;
import praline.protocol.Sha1;
import praline.protocol.Urn;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.gnutella.Query;
import praline.protocol.testing.Seeds;
import praline.protocol.text.Keywords;

/** What a node answers from its own files, and what it tells its supernodes of them. */
class LibraryTest {

    private final Library library = new Library(WireLimits.STANDARD);

    @Test
    void everyWordOfTheQueryMustBeginAWordOfTheName() {
        add("Praline-test_File one.txt", "Übung macht den Meister.pdf");

        assertThat(names("pral TEST")).containsExactly("Praline-test_File one.txt");
        assertThat(names("ubung")).containsExactly("Übung macht den Meister.pdf");
        assertThat(names("raline")).isEmpty();
        assertThat(names("praline meister")).isEmpty();
        assertThat(names("a")).isEmpty();
        assertThat(names("\\")).isEmpty();
    }

    @Test
    void aWordGivenTwiceMustBeThereTwice() {
        add("duran duran.mp3", "duran.mp3");

        assertThat(names("duran duran")).containsExactly("duran duran.mp3");
        assertThat(names("duran")).hasSize(2);
    }

    @Test
    void hashOrWordsAnswerInOrderOfTheirNumbers() {
        add("one.txt", "two.doc", "three.txt");

        assertThat(shown(query("txt", sha1("two.doc")))).containsExactly("one.txt", "two.doc", "three.txt");
        assertThat(shown(query("\\", sha1("two.doc")))).containsExactly("two.doc");
        assertThat(shown(query("\\", sha1("nobody's")))).isEmpty();
    }

    @Test
    void oneContentIsNamedOnceHoweverManyFilesHaveIt() {
        apply(List.of(), shared("first copy.txt", "same"), shared("second copy.txt", "same"));

        assertThat(names("copy")).containsExactly("first copy.txt");
        assertThat(names("second")).containsExactly("second copy.txt");
        assertThat(library.find(sha1("same")).orElseThrow().name().utf8()).isEqualTo("first copy.txt");

        apply(List.of("first copy.txt"));
        assertThat(names("copy")).containsExactly("second copy.txt");
        assertThat(library.find(sha1("same")).orElseThrow().name().utf8()).isEqualTo("second copy.txt");
    }

    @Test
    void whatIsOnItsWayHereAnswersButIsNotGivenAsAFile() {
        ComingFile coming = new ComingFile(sha1("film"), sha1("torrent"), 7, Bytes.ofUtf8("a film.bin"));

        assertThat(library.begin(coming))
                .containsExactly(new IndexRecord.Add(1, 7, coming.sha1(), coming.infohash(), true, coming.name()));

        assertThat(library.begin(coming)).isEmpty();
        assertThat(names("film")).containsExactly("a film.bin");
        assertThat(shown(query("\\", coming.sha1()))).containsExactly("a film.bin");
        assertThat(library.published()).hasSize(1);
        assertThat(library.isComing(coming.sha1())).isTrue();
        assertThat(library.find(coming.sha1())).isEmpty();
        assertThat(library.findTorrent(coming.infohash())).isEmpty();
        assertThat(library.fileCount()).isZero();
        assertThat(library.kibibytes()).isZero();
    }

    @Test
    void whatHasComeTakesThePlaceOfWhatWasOnItsWay() {
        library.begin(new ComingFile(sha1("film"), sha1("torrent"), 7, Bytes.ofUtf8("a film.bin")));
        apply(List.of(), shared("a film.bin", "film"));

        assertThat(library.isComing(sha1("film"))).isFalse();
        assertThat(library.end(sha1("film"))).containsExactly(new IndexRecord.Remove(1));

        assertThat(library.end(sha1("film"))).isEmpty();
        assertThat(names("film")).containsExactly("a film.bin");
        assertThat(library.find(sha1("film"))).isPresent();
        assertThat(library.published()).hasSize(1).noneMatch(IndexRecord.Add::partial);
    }

    @Test
    void anAnswerStopsAtItsLimit() {
        add("a song.mp3", "b song.mp3", "c song.mp3");

        assertThat(library.match(new Question(query("song", null)), 2)).hasSize(2);
    }

    @Test
    void aHitCarriesTheBaseNameAndHashesAndNoPath() {
        apply(List.of(), shared("a song.mp3", "content"));

        HitRecord hit = Iterables.getOnlyElement(library.match(new Question(query("song", null)), 10));

        assertThat(hit.name().utf8()).isEqualTo("a song.mp3");
        assertThat(hit.size()).isEqualTo(7);
        assertThat(hit.extensions().utf8())
                .isEqualTo("urn:sha1:" + sha1("content").base32() + "\u001curn:btih:"
                        + sha1("i content").base32());
        assertThat(library.at(hit.index())).map(SharedFile::sha1).hasValue(sha1("content"));
    }

    @Test
    void changesAreTranslatedForTheSupernodes() {
        ImmutableList<IndexRecord> added = apply(List.of(), shared("one", "1"), shared("two", "2"));
        assertThat(added).isEqualTo(library.published()).hasSize(2);

        ImmutableList<IndexRecord> changed =
                apply(List.of("one", "unknown"), shared("two", "2 new"), shared("three", "3"));

        assertThat(changed).hasSize(3);
        assertThat(changed.get(0)).isEqualTo(new IndexRecord.Remove(added.get(0).index()));
        assertThat(changed.get(1).index())
                .as("the same file")
                .isEqualTo(added.get(1).index());
        assertThat(changed.subList(1, 3)).isEqualTo(library.published());
        assertThat(library.published().get(0).sha1()).isEqualTo(sha1("2 new"));
    }

    @Test
    void aNumberIsNotGivenToAnotherFile() {
        add("one");
        long number = library.published().get(0).index();
        apply(List.of("one"));

        add("two", "one");

        assertThat(library.published()).extracting(IndexRecord.Add::index).doesNotContain(number);
        assertThat(library.at(number)).isEmpty();
    }

    @Test
    void filesAndKibibytesAreCounted() {
        assertThat(library.kibibytes()).isZero();
        apply(List.of(), shared("one", "1"), shared("two", "2".repeat(1_024)));

        assertThat(library.fileCount()).isEqualTo(2);
        assertThat(library.kibibytes()).isEqualTo(2);

        apply(List.of("two"));
        assertThat(library.fileCount()).isEqualTo(1);
        assertThat(library.kibibytes()).isEqualTo(1);
    }

    /**
     * Against a list of files that is gone through from end to end; a supernode that applies all changes holds the
     * same.
     */
    @Test
    void afterAnyChangesItAnswersWhatALookAtEveryFileAnswers() {
        Seeds.check(300, random -> {
            Library own = new Library(WireLimits.STANDARD);
            Map<Long, IndexRecord.Add> told = new TreeMap<>();
            for (int step = 0; step < 40; step++) {
                LibraryChange change = randomChange(random);
                for (IndexRecord record : own.apply(change)) {
                    if (record instanceof IndexRecord.Add add) {
                        told.put(add.index(), add);
                    } else {
                        told.remove(record.index());
                    }
                }
                assertThat(own.published()).isEqualTo(List.copyOf(told.values()));
                Query query = query(randomName(random), random.nextInt(3) == 0 ? sha1("" + random.nextInt(8)) : null);
                assertThat(own.match(new Question(query), 1_000).stream()
                                .map(HitRecord::index)
                                .toList())
                        .as(query.text().utf8())
                        .isEqualTo(matching(told, query));
            }
        });
    }

    private static List<Long> matching(Map<Long, IndexRecord.Add> files, Query query) {
        List<String> words = Keywords.of(query.text().utf8());
        boolean isTelling = words.stream().anyMatch(word -> word.length() > 1);
        String extensions = query.extensions().utf8();
        Map<Sha1, Long> byContent = new LinkedHashMap<>();
        files.forEach((index, file) -> {
            List<String> name = Keywords.of(file.name().utf8());
            boolean hasWords = isTelling
                    && words.stream()
                            .allMatch(word -> name.stream()
                                            .filter(held -> held.startsWith(word))
                                            .count()
                                    >= words.stream().filter(word::equals).count());
            if (hasWords || extensions.equals(Urn.sha1(file.sha1()).toString())) {
                byContent.putIfAbsent(file.sha1(), index);
            }
        });
        return List.copyOf(byContent.values());
    }

    private static LibraryChange randomChange(RandomGenerator random) {
        List<Path> gone = new ArrayList<>();
        Set<SharedFile> present = new LinkedHashSet<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            gone.add(Path.of("/shelf/" + randomName(random)));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            present.add(shared(randomName(random), "" + random.nextInt(8)));
        }
        return new LibraryChange(ImmutableList.copyOf(gone), ImmutableList.copyOf(present));
    }

    private static String randomName(RandomGenerator random) {
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            name.append(i == 0 ? "" : "b".repeat(random.nextInt(2))).append("ab a".charAt(random.nextInt(4)));
        }
        return name.append(random.nextInt(2) == 0 ? "a" : "b").toString();
    }

    private void add(String... names) {
        for (String name : names) {
            apply(List.of(), shared(name, name));
        }
    }

    private ImmutableList<IndexRecord> apply(List<String> gone, SharedFile... present) {
        return library.apply(new LibraryChange(
                gone.stream().map(name -> Path.of("/shelf", name)).collect(ImmutableList.toImmutableList()),
                ImmutableList.copyOf(present)));
    }

    private static SharedFile shared(String name, String content) {
        FoundFile file = new FoundFile(Path.of("/shelf", name), content.length(), 0);
        return SharedFile.of(file, sha1(content), sha1("i " + content));
    }

    private static Sha1 sha1(String content) {
        return Sha1.digestOf(Bytes.ofUtf8(content).toArray());
    }

    private List<String> names(String text) {
        return shown(query(text, null));
    }

    private List<String> shown(Query query) {
        return library.match(new Question(query), 1_000).stream()
                .map(hit -> hit.name().utf8())
                .toList();
    }

    private static Query query(String text, Sha1 sha1) {
        Bytes extensions =
                sha1 == null ? Bytes.EMPTY : Bytes.ofUtf8(Urn.sha1(sha1).toString());
        return new Query(Guid.ZERO, 1, 0, 0x8000, Bytes.ofUtf8(text), extensions);
    }
}
