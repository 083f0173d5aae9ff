package praline.lab.experiment;

import java.util.Locale;
import praline.lab.experiment.PlannedQuery.Phase;
import praline.lab.report.Numbers;
import praline.node.overlay.Role;
import praline.node.overlay.Search;
import praline.protocol.Sha1;
import praline.protocol.Urn;

/** What things are called in tables and sentences. */
final class Words {

    private Words() {}

    static String of(Role role) {
        return role == Role.FLAT ? "peer" : role.name().toLowerCase(Locale.ROOT);
    }

    static boolean isLeader(Role role) {
        return role == Role.SUPERNODE;
    }

    static String of(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    /** What was looked for. */
    static String of(Search search) {
        Sha1 sha1 = search.sha1();
        return sha1 == null ? search.words() : Urn.sha1(sha1).toString();
    }

    /** Small numbers as a word. */
    static String spelled(int number) {
        return switch (number) {
            case 2 -> "two";
            case 3 -> "three";
            case 4 -> "four";
            case 5 -> "five";
            default -> Integer.toString(number);
        };
    }

    /** {@code text} as the beginning of a sentence. */
    static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** {@code 1 leaf}, {@code 2 leaves}. */
    static String count(long number, String one, String many) {
        return Numbers.of(number) + " " + (number == 1 ? one : many);
    }
}
