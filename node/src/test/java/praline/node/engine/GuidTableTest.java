package praline.node.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import praline.protocol.Guid;
import praline.protocol.testing.Seeds;

/** The memory of GUIDs against a map, and what it forgets when it is full (spec/hardening.md R1, R2). */
class GuidTableTest {

    @Test
    void itKnowsWhatAMapKnows() {
        Seeds.check(200, random -> {
            GuidTable table = new GuidTable(random.nextLong(), 1_000);
            Map<Guid, Integer> model = new LinkedHashMap<>();
            Map<Guid, Integer> notes = new LinkedHashMap<>();
            Map<Guid, Integer> marks = new LinkedHashMap<>();
            for (int step = 0; step < 300; step++) {
                Guid guid = new Guid(random.nextInt(200), 0);
                int owner = 1 + random.nextInt(5);
                int note = random.nextInt(GuidTable.NOTE_MAX + 1);
                assertThat(table.add(guid, owner, note)).isEqualTo(!model.containsKey(guid));
                model.putIfAbsent(guid, owner);
                notes.putIfAbsent(guid, note);
                marks.putIfAbsent(guid, table.newest());
                if (random.nextInt(10) == 0) {
                    table.set(guid, owner, note);
                    model.put(guid, owner);
                    notes.put(guid, note);
                }
                if (random.nextInt(50) == 0) {
                    int mark = table.newest() - random.nextInt(300);
                    table.forgetBefore(mark);
                    model.keySet().removeIf(known -> marks.get(known) <= mark);
                    marks.keySet().retainAll(model.keySet());
                    notes.keySet().retainAll(model.keySet());
                }
                if (random.nextInt(80) == 0) {
                    int gone = 1 + random.nextInt(5);
                    table.forgetOwners(candidate -> candidate == gone);
                    model.values().removeIf(candidate -> candidate == gone);
                    marks.keySet().retainAll(model.keySet());
                    notes.keySet().retainAll(model.keySet());
                }
            }
            assertThat(table.size()).isEqualTo(model.size());
            model.forEach((guid, owner) -> assertThat(table.owner(guid)).isEqualTo(owner));
            notes.forEach((guid, note) -> assertThat(table.note(guid)).isEqualTo(note));
            marks.forEach((guid, mark) -> assertThat(table.sequence(guid)).isEqualTo(mark));
        });
    }

    @Test
    void aFloodingOwnerPushesOutItsOwnEntries() {
        GuidTable table = new GuidTable(1, 1_000);
        List<Guid> honest = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Guid guid = new Guid(i, 1);
            honest.add(guid);
            table.add(guid, 1, 0);
        }
        for (int i = 0; i < 100_000; i++) {
            table.add(new Guid(i, 2), 2, 0);
        }
        assertThat(table.size()).isLessThanOrEqualTo(1_000);
        assertThat(honest).allSatisfy(guid -> assertThat(table.owner(guid)).isEqualTo(1));
        assertThat(table.owner(new Guid(99_999, 2))).as("the youngest stays").isEqualTo(2);
        assertThat(table.owner(new Guid(0, 2))).as("the oldest went").isEqualTo(GuidTable.UNKNOWN);
    }

    @Test
    void anEmptyTableHoldsNoArray() {
        GuidTable table = new GuidTable(1, 1_000);
        assertThat(table.owner(new Guid(1, 1))).isEqualTo(GuidTable.UNKNOWN);
        assertThat(table.sequence(new Guid(1, 1))).isZero();
        assertThat(table.note(new Guid(1, 1))).isZero();
    }
}
