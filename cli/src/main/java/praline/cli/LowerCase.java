package praline.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import praline.lab.experiment.World;
import praline.node.engine.Profile;

/** Enumerations as people type them. */
abstract class LowerCase<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {

    private final List<E> values;

    private LowerCase(List<E> values) {
        this.values = values;
    }

    @Override
    public E convert(String text) {
        return values.stream()
                .filter(value -> name(value).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("\"" + text + "\" is none of "
                        + String.join(", ", values.stream().map(LowerCase::name).toList())));
    }

    @Override
    public Iterator<String> iterator() {
        return values.stream().map(LowerCase::name).iterator();
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
