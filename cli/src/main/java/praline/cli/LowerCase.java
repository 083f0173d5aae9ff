package praline.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import praline.lab.experiment.World;
import praline.node.engine.Profile;
import praline.node.overlay.SearchMode;

/** Enumerations as people type them. */
abstract class LowerCase<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {

    private final List<E> values;
    private final Function<? super E, String> naming;

    private LowerCase(List<E> values) {
        this(values, LowerCase::name);
    }

    private LowerCase(List<E> values, Function<? super E, String> naming) {
        this.values = values;
        this.naming = naming;
    }

    @Override
    public E convert(String text) {
        return values.stream()
                .filter(value -> naming.apply(value).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("\"" + text + "\" is none of "
                        + String.join(", ", values.stream().map(naming).toList())));
    }

    @Override
    public Iterator<String> iterator() {
        return values.stream().map(naming).iterator();
    }

    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** What a node is in its network. */
    static final class Roles extends LowerCase<RoleChoice> {
        Roles() {
            super(Arrays.asList(RoleChoice.values()));
        }
    }

    /** How leaves' files are found. */
    static final class Modes extends LowerCase<SearchMode> {
        Modes() {
            super(Arrays.asList(SearchMode.values()), SearchMode::id);
        }
    }

    /** What the nodes of a cluster may be told to be, all of them. */
    static final class ChosenRoles extends LowerCase<RoleChoice> {
        ChosenRoles() {
            super(List.of(RoleChoice.AUTO));
        }
    }

    /** How careful a node is; the fourth profile belongs to the laboratory. */
    static final class Profiles extends LowerCase<Profile> {
        Profiles() {
            super(List.of(Profile.INTERNET, Profile.LAN, Profile.LAB));
        }
    }

    /** Where a comparison runs. */
    static final class Worlds extends LowerCase<World> {
        Worlds() {
            super(Arrays.asList(World.values()));
        }
    }
}
