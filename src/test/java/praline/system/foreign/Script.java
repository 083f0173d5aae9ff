package praline.system.foreign;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** The Python scripts beside these tests. */
final class Script {

    private Script() {}

    static String path(String name) {
        URL resource = Objects.requireNonNull(Script.class.getResource(name), name);
        try {
            return Path.of(resource.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
