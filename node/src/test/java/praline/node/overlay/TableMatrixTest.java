package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import praline.protocol.Sha1;
import praline.protocol.gnutella.QrpHash;
import praline.protocol.gnutella.QrpTable;
import praline.protocol.gnutella.QrpWords;
import praline.protocol.gnutella.QueryTerms;
import praline.protocol.testing.Seeds;

/** Many tables tested at once say what each of them says alone. */
class TableMatrixTest {

    private static final List<String> WORDS =
            List.of("ab", "praline", "sonata", "zanzibar", "quagmire", "bin", "one", "two", "three", "four");

    @Test
    void allTablesTogetherMatchAsEachDoesAlone() {
        Seeds.check(300, random -> {
            TableMatrix matrix = new TableMatrix();
            List<QrpTable> tables = new ArrayList<>();
            int count = 1 + random.nextInt(150);
            for (int column = 0; column < count; column++) {
                QrpTable table = table(random);
                tables.add(table);
                matrix.put(column, table);
            }
            for (int change = random.nextInt(5); change > 0; change--) {
                int column = random.nextInt(count);
                tables.set(column, change == 1 ? QrpTable.empty(8) : table(random));
                if (change == 1) {
                    matrix.clear(column);
                } else {
                    matrix.put(column, tables.get(column));
                }
            }
            check(random, matrix, tables);
        });
    }

    @Test
    void aColumnIsReadAsItWasWritten() {
        TableMatrix matrix = new TableMatrix();
        QrpTable small = QrpTable.builder(8).addSlot(3).addSlot(255).build();
        QrpTable large = QrpTable.builder(12).addSlot(17).build();
        matrix.put(70, small);
        assertThat(matrix.get(70)).isEqualTo(small);
        matrix.put(2, large);
        assertThat(matrix.get(2)).isEqualTo(large);
        assertThat(matrix.get(70)).isEqualTo(small.scaledTo(12));
        assertThat(matrix.capacity()).isEqualTo(128);
    }

    @Test
    void theSumOfSomeColumnsHasWhatTheyHave() {
        TableMatrix matrix = new TableMatrix();
        matrix.put(0, QrpTable.builder(8).addSlot(1).build());
        matrix.put(65, QrpTable.builder(8).addSlot(2).build());
        matrix.put(66, QrpTable.builder(8).addSlot(3).build());
        QrpTable.Builder sum = QrpTable.builder(8).addSlot(9);
        matrix.addTo(sum, new long[] {1, 2});
        assertThat(sum.build())
                .isEqualTo(QrpTable.builder(8).addSlot(1).addSlot(2).addSlot(9).build());
    }

    /** gtk-gnutella's rule of spec/gnutella.md 9.4: all of two, two of three, three of four, four of five. */
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "2, 2", "3, 2", "4, 3", "5, 4", "6, 4", "9, 6", "10, 7"})
    void twoThirdsOfThreeOrMoreWordsAreEnough(int words, int needed) {
        ImmutableList<String> asked =
                ImmutableList.copyOf(List.of("aaa", "bbb", "ccc", "ddd", "eee", "fff", "ggg", "hhh", "iii", "jjj")
                        .subList(0, words));
        LookUp lookUp = LookUp.of(new QueryTerms(asked, null));
        assertThat(lookUp.wordCount()).isEqualTo(words);
        assertThat(lookUp.wordsNeeded()).isEqualTo(needed);
    }

    @Test
    void wordsOfOneOrTwoBytesDoNotCount() {
        LookUp lookUp = LookUp.of(new QueryTerms(ImmutableList.of("a", "ab", "abc", "\u03B5\u03BB", "\u65E5"), null));
        assertThat(lookUp.wordCount()).as("bytes of UTF-8 count").isEqualTo(3);
    }

    private static void check(RandomGenerator random, TableMatrix matrix, List<QrpTable> tables) {
        for (int i = 0; i < 10; i++) {
            LookUp lookUp = lookUp(random);
            long[] matching = new long[matrix.capacity() / 64];
            boolean any = matrix.match(lookUp, matching);
            boolean expectedAny = false;
            for (int column = 0; column < tables.size(); column++) {
                boolean expected = matchesAlone(tables.get(column), lookUp);
                expectedAny |= expected;
                assertThat((matching[column / 64] & 1L << column) != 0).isEqualTo(expected);
                assertThat(matrix.matches(column, lookUp)).isEqualTo(expected);
            }
            assertThat(any).isEqualTo(expectedAny);
        }
    }

    private static boolean matchesAlone(QrpTable table, LookUp lookUp) {
        int found = 0;
        for (int i = 0; i < lookUp.wordCount(); i++) {
            found += table.has(lookUp.word(i)) ? 1 : 0;
        }
        boolean hasWords = lookUp.wordCount() < 3
                ? lookUp.wordCount() > 0 && found == lookUp.wordCount()
                : 3 * found / lookUp.wordCount() >= 2;
        return hasWords || (lookUp.hasContent() && table.has(lookUp.content()));
    }

    private static QrpTable table(RandomGenerator random) {
        QrpTable.Builder table = QrpTable.builder(6 + random.nextInt(7));
        for (String word : WORDS) {
            if (random.nextInt(3) > 0) {
                table.addHash(QrpHash.of(word));
            }
        }
        if (random.nextInt(4) == 0) {
            table.addHash(QrpWords.hashOf(content(random.nextInt(3))));
        }
        return table.build();
    }

    private static LookUp lookUp(RandomGenerator random) {
        ImmutableList.Builder<String> words = ImmutableList.builder();
        for (int i = random.nextInt(11); i > 0; i--) {
            words.add(WORDS.get(random.nextInt(WORDS.size())));
        }
        return LookUp.of(new QueryTerms(words.build(), random.nextInt(3) == 0 ? content(random.nextInt(3)) : null));
    }

    private static Sha1 content(int number) {
        return new Sha1(number * 77_777_777_777L, number, number);
    }
}
