package praline.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A place in a queue, with what gtk-gnutella says as the pattern. */
class QueuePlaceTest {

    private static final String ID = "c46592a93512a67b385b3da6575be434";

    @Test
    void whatGtkGnutellaSaysIsReadAndWrittenAlike() {
        String said = "ID=" + ID + "; position=1; lifetime=90; length=2; ETA=0";

        QueuePlace place = QueuePlace.parse(said).orElseThrow();

        assertThat(place).isEqualTo(new QueuePlace(ID, 1, 2, 90));
        assertThat(place).hasToString(said);
        assertThat(place.reminder()).isEqualTo("position=1; ID=" + ID);
    }

    @Test
    void orderAndCaseMeanNothing() {
        assertThat(QueuePlace.parse("position=5;id=ab;LENGTH=7")).contains(new QueuePlace("ab", 5, 7, 0));
    }

    @Test
    void withoutIdOrPositionThereIsNoPlace() {
        for (String text : new String[] {
            "",
            ";;;",
            "ID=" + ID,
            "position=1",
            "ID=; position=1",
            "ID=a b; position=1",
            "ID=x; position=0",
            "ID=x; position=-1",
            "ID=x; position=99999999999",
            "ID=" + "a".repeat(65) + "; position=1"
        }) {
            assertThat(QueuePlace.parse(text)).as(text).isEmpty();
        }
    }
}
