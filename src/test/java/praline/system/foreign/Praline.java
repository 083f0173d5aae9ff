package praline.system.foreign;

import com.google.common.collect.ImmutableList;
import java.io.IOException;

/** Ours, from the packaged jar. */
final class Praline implements Participant {

    private final ImmutableList<String> options;

    /** With more options for {@code praline get}. */
    Praline(String... options) {
        this.options = ImmutableList.copyOf(options);
    }

    @Override
    public Running join(Place place, String what) throws IOException {
        return run(
                place,
                ImmutableList.<String>builder()
                        .add("get", what, "--out", place.data().toString(), "--listen", place.endpoint(), "--stay")
                        .addAll(options)
                        .build());
    }

    /** Starts any of its commands. */
    static Running run(Place place, ImmutableList<String> arguments) throws IOException {
        ImmutableList<String> command = ImmutableList.<String>builder()
                .add(System.getProperty("java.home") + "/bin/java")
                .add("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m")
                .add("-jar", System.getProperty("praline.jar"))
                .addAll(arguments)
                .build();
        return Running.start(place.network().inside(command), place.log());
    }

    @Override
    public String toString() {
        return "Praline";
    }
}
