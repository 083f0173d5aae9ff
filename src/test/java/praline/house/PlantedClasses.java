package praline.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** Classes that break a rule on purpose, compiled from text so that the violation can be read beside its test. */
final class PlantedClasses {
    private PlantedClasses() {}

    /** Compiles these classes, bodies by full name, and returns the folder that then holds nothing but them. */
    static Path compile(Path folder, ImmutableMap<String, String> bodies) {
        try {
            Path own = Files.createTempDirectory(folder, "planted");
            Path classes = Files.createDirectory(own.resolve("classes"));
            List<String> arguments =
                    new ArrayList<>(List.of("-proc:none", "-cp", classPath(), "-d", classes.toString()));
            for (String fullName : bodies.keySet()) {
                Path source = own.resolve(fullName.replace('.', '/') + ".java");
                Files.createDirectories(source.getParent());
                Files.writeString(source, text(fullName, bodies.get(fullName)));
                arguments.add(source.toString());
            }
            int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
            assertThat(result).as("compiling %s", bodies).isZero();
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String fullName, String body) {
        int dot = fullName.lastIndexOf('.');
        return "package " + fullName.substring(0, dot) + "; public class " + fullName.substring(dot + 1) + " { " + body
                + " }";
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
